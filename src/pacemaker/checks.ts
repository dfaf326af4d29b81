import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { VrrpScript } from '../keepalived/node-configuration.ts';
import { attributeName, type ElementIds } from './element-ids.ts';
import type { MovingGroup } from './moving-group.ts';
import { type TrackEffect, trackingOf } from './tracking.ts';

/** A tracked script: the agents that run it and the node attribute that they keep. */
export interface ScriptCheck {
  readonly name: string;
  readonly attribute: string;
  /** One agent for all nodes whose definition is the same. */
  readonly variants: readonly {
    readonly id: string;
    readonly script: VrrpScript;
    readonly nodes: readonly string[];
  }[];
}

/** An interface whose link is watched. */
export interface LinkCheck {
  readonly interface: string;
  readonly id: string;
  readonly attribute: string;
  /** Nodes on which a group uses or tracks the interface. */
  readonly nodes: readonly string[];
}

export interface Checks {
  readonly scripts: readonly ScriptCheck[];
  readonly links: readonly LinkCheck[];
}

/** Names the checks that the groups need, in order of first use. */
export function nameChecks(
  cluster: FailoverCluster,
  groups: readonly MovingGroup[],
  ids: ElementIds,
): Checks {
  const attributes = new Map<string, number>();
  const nameAttribute = (prefix: string, name: string): string => {
    const base = attributeName(prefix, name);
    let attribute = base;
    let number = attributes.get(base) ?? 1;
    while (attributes.has(attribute)) attribute = `${base}_${++number}`;
    attributes.set(base, number);
    attributes.set(attribute, attribute === base ? number : 1);
    return attribute;
  };
  const effects = groups.flatMap((group) => trackingOf(group.source).effects);
  const scriptNames = new Set(effects.filter(({ kind }) => kind === 'script').map(({ name }) => name));
  const defined = cluster.configurations.map(({ node, scripts }) => ({
    node,
    scripts: new Map(scripts.map((script) => [script.name, script])),
  }));
  const undescribed = cluster.nodes.filter(({ file }) => file === undefined).map(({ name }) => name);
  const scripts = [...scriptNames].map((name): ScriptCheck => {
    const variants = variantsOf(defined, undescribed, name).map((variant, index) => ({
      ...variant,
      id: ids.take(index === 0 ? `check-${name}` : `check-${name}-${variant.nodes[0]}`),
    }));
    return { name, attribute: nameAttribute('kp_check', name), variants };
  });
  const links = [...linkNodes(groups, effects)].map(([name, nodes]): LinkCheck => {
    return {
      interface: name,
      id: ids.take(`link-${name}`),
      attribute: nameAttribute('kp_link', name),
      nodes: [...nodes],
    };
  });
  return { scripts, links };
}

/** Nodes with the same command, timing and user share a variant; peers without a file run the first. */
function variantsOf(
  defined: readonly { readonly node: string; readonly scripts: ReadonlyMap<string, VrrpScript> }[],
  undescribed: readonly string[],
  name: string,
): { script: VrrpScript; nodes: string[] }[] {
  const variants: { key: string; script: VrrpScript; nodes: string[] }[] = [];
  for (const { node, scripts } of defined) {
    const script = scripts.get(name);
    if (!script) continue;
    const { argv, intervalMs, timeoutMs, rise, fall, user } = script;
    const key = JSON.stringify([argv, intervalMs, timeoutMs, rise, fall, user]);
    const known = variants.find((variant) => variant.key === key);
    if (known) known.nodes.push(node);
    else variants.push({ key, script, nodes: [node] });
  }
  variants[0]?.nodes.push(...undescribed);
  return variants;
}

/**
 * Interfaces that the daemon watches for a group, each with the nodes on which it does: the instance's own unless
 * dont_track_primary, those of its addresses unless no_track, and those of track_interface.
 */
function linkNodes(
  groups: readonly MovingGroup[],
  effects: readonly TrackEffect[],
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (name: string, nodes: readonly string[]) => {
    const known = found.get(name) ?? new Set();
    for (const node of nodes) known.add(node);
    found.set(name, known);
  };
  for (const group of groups) for (const { name, node } of hardLinks(group)) add(name, [node]);
  for (const { kind, name, node } of effects) if (kind === 'interface') add(name, [node]);
  const undescribed =
    groups[0]?.nodes.filter(
      (node) =>
        !groups[0]?.source.instances.some(({ members }) => members.some((member) => member.node === node)),
    ) ?? [];
  for (const name of found.keys()) add(name, undescribed);
  return found;
}

/** An interface that the daemon watches on a node, and the lines that name the interfaces of the instances that use it. */
export interface HardLink {
  readonly name: string;
  readonly node: string;
  readonly from: readonly BoundDirective[];
}

/** The interfaces whose loss puts the group's instance into FAULT on a node, without any track_interface. */
export function hardLinks(group: MovingGroup): readonly HardLink[] {
  const links = new Map<string, { name: string; node: string; from: BoundDirective[] }>();
  for (const { members } of group.source.instances) {
    for (const { node, configured } of members) {
      const own = configured.tracksOwnInterface.value ? [configured.interface.value] : [];
      const devices = configured.addresses.filter(({ noTrack }) => !noTrack).map(({ device }) => device);
      const line = configured.interface.from ?? configured.directive;
      for (const name of new Set([...own, ...devices])) {
        // The loopback interface never loses its link.
        if (name === undefined || name === 'lo') continue;
        const key = `${node} ${name}`;
        const known = links.get(key);
        if (known) known.from.push(line);
        else links.set(key, { name, node, from: [line] });
      }
    }
  }
  return [...links.values()];
}
