import type { BoundDirective } from '../keepalived/bound-directive.ts';
import { dependedLinks } from '../keepalived/depended-links.ts';
import type { MovingGroup } from './moving-group.ts';
import type { TrackEffect } from './tracking.ts';

/**
 * Interfaces that the daemon watches for a group, each with the nodes on which it does: the instance's own unless
 * dont_track_primary, those of its addresses unless no_track, and those of track_interface.
 */
export function linkNodes(
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
      const devices = dependedLinks(configured).map(({ name }) => name);
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
