import { hardLinks } from './hard-links.ts';
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
  for (const group of groups) for (const { name, node } of hardLinks(group.source)) add(name, [node]);
  for (const { kind, name, node } of effects) if (kind === 'interface') add(name, [node]);
  const undescribed =
    groups[0]?.nodes.filter(
      (node) =>
        !groups[0]?.source.instances.some(({ members }) => members.some((member) => member.node === node)),
    ) ?? [];
  for (const name of found.keys()) add(name, undescribed);
  return found;
}
