import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { TrackedKind } from '../keepalived/election/contender.ts';
import type { NodeConfiguration, VrrpScript } from '../keepalived/node-configuration.ts';
import type { BfdInstance, TrackedFile, TrackedProcess } from '../keepalived/tracked-objects.ts';
import { type CoveredChecks, nothingCovered } from './covered-checks.ts';
import { attributeName, type ElementIds } from './element-ids.ts';
import { linkNodes } from './link-checks.ts';
import type { ManagedChecks } from './managed-checks.ts';
import type { MovingGroup } from './moving-group.ts';
import { type NotifiedServices, noNotifiedServices } from './notified-services.ts';
import { type TrackEffect, trackingOf } from './tracking.ts';

/** Something tracked by its name: the agents that watch it and the node attribute that they keep. */
export interface ObjectCheck<Definition> {
  readonly name: string;
  readonly attribute: string;
  /** One agent for all nodes whose definition is the same. */
  readonly variants: readonly Variant<Definition>[];
  /** Groups that have it counted by a service of the companion file, and not by its weight. */
  readonly notCountedBy?: ReadonlySet<string>;
}

export interface Variant<Definition> {
  /** Id of the agent. */
  readonly id: string;
  readonly definition: Definition;
  /** Where each of the nodes that have a file says so. */
  readonly directives: readonly BoundDirective[];
  readonly nodes: readonly string[];
  /** Where it keeps an attribute of its own: pcs refuses two ocf:pacemaker:ping with one. */
  readonly attribute?: string;
}

/** A file has an attribute for each weight that it is tracked with, since the value times the weight is the score. */
export interface FileCheck extends ObjectCheck<TrackedFile> {
  readonly weight: number;
  readonly reverse: boolean;
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
  readonly scripts: readonly ObjectCheck<VrrpScript>[];
  readonly links: readonly LinkCheck[];
  readonly files: readonly FileCheck[];
  readonly processes: readonly ObjectCheck<TrackedProcess>[];
  readonly sessions: readonly ObjectCheck<BfdInstance>[];
  /** What the cluster replaces by the thing itself; nothing of it is among the others. */
  readonly managed: ManagedChecks;
  /** What services of the companion file say of checks. */
  readonly covered: CoveredChecks;
  /** Services that it runs in a group in place of notify scripts. */
  readonly notified: NotifiedServices;
}

/** Names the checks that the groups need, in order of first use. */
export function nameChecks(
  cluster: FailoverCluster,
  groups: readonly MovingGroup[],
  ids: ElementIds,
): Checks {
  const names = new CheckNames(cluster, ids);
  const effects = groups.flatMap((group) => trackingOf(group.source).effects);
  const named = (kind: TrackedKind) =>
    distinct(effects.filter((effect) => effect.kind === kind && !effect.isDead).map(({ name }) => name));
  const checksOf = <Definition extends Named>(kind: TrackedKind, definitions: DefinitionKind<Definition>) => {
    const defined = definedOnNodes(cluster, definitions);
    return named(kind).map((name) => names.check(name, defined));
  };
  const scripts = checksOf('script', scriptDefinitions);
  const links = [...linkNodes(groups, effects)].map(([name, nodes]): LinkCheck => {
    return {
      interface: name,
      id: ids.take(`link-${name}`),
      attribute: names.attribute('kp_link', name),
      nodes: [...nodes],
    };
  });
  return {
    scripts,
    links,
    files: fileChecks(effects, names, definedOnNodes(cluster, fileDefinitions)),
    processes: checksOf('process', processDefinitions),
    sessions: checksOf('bfd', sessionDefinitions),
    managed: { services: [], pings: [], left: [] },
    covered: nothingCovered,
    notified: noNotifiedServices,
  };
}

function fileChecks(
  effects: readonly TrackEffect[],
  names: CheckNames,
  defined: Defined<TrackedFile>,
): FileCheck[] {
  // By node, so that names do not hang on the order in which the nodes are given.
  const tracked = effects
    .filter(({ kind }) => kind === 'file')
    .sort((one, other) => byName(one.node, other.node));
  const byWeight = new Map<string, TrackEffect[]>();
  for (const effect of tracked) {
    const key = JSON.stringify([effect.name, effect.weight, effect.reverse]);
    const known = byWeight.get(key);
    if (known) known.push(effect);
    else byWeight.set(key, [effect]);
  }
  return [...byWeight.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { name, weight, reverse } = first;
    const nodes = new Set(own.map(({ node }) => node));
    return [{ ...names.check(name, defined, nodes), weight, reverse }];
  });
}

/** Where a kind of definition is found, what it and its attribute are called, and what two nodes must have in common. */
interface DefinitionKind<Definition> {
  readonly id: string;
  readonly attribute: string;
  of(configuration: NodeConfiguration): readonly Definition[];
  sameness(definition: Definition): unknown;
  /** Each agent keeps another attribute. */
  readonly ownAttributes?: true;
}

const scriptDefinitions: DefinitionKind<VrrpScript> = {
  id: 'check',
  attribute: 'kp_check',
  of: ({ scripts }) => scripts,
  sameness: ({ argv, intervalMs, timeoutMs, rise, fall, user }) => [
    argv,
    intervalMs,
    timeoutMs,
    rise,
    fall,
    user,
  ],
};

const fileDefinitions: DefinitionKind<TrackedFile> = {
  id: 'file',
  attribute: 'kp_file',
  of: ({ trackFiles }) => trackFiles,
  sameness: ({ path, initial }) => [path, initial],
};

const processDefinitions: DefinitionKind<TrackedProcess> = {
  id: 'process',
  attribute: 'kp_process',
  of: ({ trackProcesses }) => trackProcesses,
  sameness: ({ name: _, directive: __, weight: ___, reverse: ____, ...rest }) => rest,
};

const sessionDefinitions: DefinitionKind<BfdInstance> = {
  id: 'bfd',
  attribute: 'kp_bfd',
  of: ({ bfdInstances }) => bfdInstances.filter(({ session }) => session),
  sameness: ({ session }) => [session?.neighbor.text, session?.source?.text],
  ownAttributes: true,
};

/** What the nodes define of one kind, by name: there may be thousands. */
interface Defined<Definition> {
  readonly kind: DefinitionKind<Definition>;
  readonly onNodes: readonly { readonly node: string; readonly byName: ReadonlyMap<string, Definition> }[];
}

interface Named {
  readonly name: string;
  readonly directive: BoundDirective;
}

function definedOnNodes<Definition extends Named>(
  { configurations }: FailoverCluster,
  kind: DefinitionKind<Definition>,
): Defined<Definition> {
  const onNodes = configurations.map((configuration) => ({
    node: configuration.node,
    byName: new Map(kind.of(configuration).map((one) => [one.name, one])),
  }));
  return { kind, onNodes };
}

/** Gives checks their attributes and agents, each a name of its own. */
class CheckNames {
  private readonly cluster: FailoverCluster;
  private readonly ids: ElementIds;
  private readonly attributes = new Map<string, number>();

  constructor(cluster: FailoverCluster, ids: ElementIds) {
    this.cluster = cluster;
    this.ids = ids;
  }

  attribute(prefix: string, name: string): string {
    const base = attributeName(prefix, name);
    let attribute = base;
    let number = this.attributes.get(base) ?? 1;
    while (this.attributes.has(attribute)) attribute = `${base}_${++number}`;
    this.attributes.set(base, number);
    this.attributes.set(attribute, attribute === base ? number : 1);
    return attribute;
  }

  /** @param nodes those that need it; all that define it if not said */
  check<Definition extends Named>(
    name: string,
    defined: Defined<Definition>,
    nodes?: ReadonlySet<string>,
  ): ObjectCheck<Definition> {
    const { id, attribute: prefix, ownAttributes } = defined.kind;
    const attribute = this.attribute(prefix, name);
    const variants = this.variants(name, defined, nodes).map((variant, index) => ({
      ...variant,
      id: this.ids.take(index === 0 ? `${id}-${name}` : `${id}-${name}-${variant.nodes[0]}`),
      ...(ownAttributes && { attribute: index === 0 ? attribute : this.attribute(prefix, name) }),
    }));
    return { name, attribute, variants };
  }

  /** Nodes that say the same share a variant; peers without a file run the first. */
  private variants<Definition extends Named>(
    name: string,
    { kind, onNodes }: Defined<Definition>,
    needing?: ReadonlySet<string>,
  ): { definition: Definition; directives: BoundDirective[]; nodes: string[] }[] {
    const variants = new Map<string, { definitions: [Definition, ...Definition[]]; nodes: string[] }>();
    for (const { node, byName } of onNodes) {
      const definition = byName.get(name);
      if (!definition || needing?.has(node) === false) continue;
      const key = JSON.stringify(kind.sameness(definition));
      const known = variants.get(key);
      if (known) {
        known.nodes.push(node);
        known.definitions.push(definition);
      } else variants.set(key, { definitions: [definition], nodes: [node] });
    }
    // By node, so that the plain name does not hang on the order in which the nodes are given.
    const found = [...variants.values()]
      .map(({ definitions, nodes }) => ({
        definition: definitions[0],
        directives: definitions.map(({ directive }) => directive),
        nodes: nodes.sort(byName),
      }))
      .sort(({ nodes: [one = ''] }, { nodes: [other = ''] }) => byName(one, other));
    const undescribed = this.cluster.nodes.filter(({ file }) => file === undefined);
    found[0]?.nodes.push(...undescribed.map((node) => node.name));
    return found;
  }
}

const byName = (one: string, other: string) => (one < other ? -1 : Number(one > other));

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)];
}
