import type { MovingGroup } from './moving-group.ts';
import { highestAdjustment, lowestAdjustment } from './track-scores.ts';
import { trackingOf } from './tracking.ts';

/** Whether the group stays where it is when a better node returns, as far as one number for all nodes can tell. */
export function stays(group: MovingGroup): { readonly sticky: boolean; readonly exact: boolean } {
  const { effects } = trackingOf(group.source);
  const members = group.source.instances.flatMap((instance) => instance.members);
  const highest = Math.max(...members.map(({ configured }) => configured.priority.value));
  const bases = new Map<string, number>();
  for (const { node, configured } of members)
    bases.set(node, Math.min(bases.get(node) ?? 255, configured.priority.value));
  const nodes = [...bases].map(([node, base]) => ({
    node,
    lowest: base + lowestAdjustment(effects, node),
    raise: highestAdjustment(effects, node),
  }));
  const raises = new Map(nodes.map(({ node, raise }) => [node, raise]));
  // Only a node that could come to stand above another one ever preempts: without weights, the lowest does not.
  const able = members.filter(({ node, configured }) => {
    const reached = configured.priority.value + (raises.get(node) ?? 0);
    return nodes.some((other) => other.node !== node && reached > other.lowest);
  });
  const candidates = able.length > 0 ? able : members;
  const holding = candidates.filter(({ configured }) => !configured.preempts.value);
  const sticky = candidates.some(
    ({ configured }) => !configured.preempts.value && configured.priority.value === highest,
  );
  return { sticky, exact: holding.length === 0 || holding.length === candidates.length };
}

/** How long each node of the group waits before it takes the group back. */
export interface Wait {
  readonly node: string;
  /** 0: it does not. */
  readonly delayS: number;
}

/**
 * Empty where no node waits, or where the group never goes back by itself. The members of a sync group move together, so
 * the longest of their delays counts.
 */
export function waitsOf(group: MovingGroup): Wait[] {
  if (stays(group).sticky) return [];
  const members = group.source.instances.flatMap((instance) => instance.members);
  const waits = group.nodes.map((node) => {
    const own = members.filter((member) => member.node === node);
    // A peer of which nothing is known is taken to wait as the others do.
    const delays = (own.length > 0 ? own : members).map(({ configured }) => configured.preemptDelayMs.value);
    return { node, delayS: Math.ceil(Math.max(0, ...delays) / 1000) };
  });
  return waits.some(({ delayS }) => delayS > 0) ? waits : [];
}

/**
 * How much less a waiting node counts: more than any difference between nodes, so that it takes the group from none, and
 * not -INFINITY, so that it serves where no other can. Whole thousands, so that the priorities can still be read. 0 where
 * no node waits.
 */
export function waitingLoss(group: MovingGroup, lowest: number, highest: number): number {
  if (waitsOf(group).length === 0) return 0;
  return Math.ceil((highest - lowest + 1) / 1000) * 1000;
}
