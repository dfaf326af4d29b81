import type { FailoverGroup } from '../cluster/failover-cluster.ts';
import type { VrrpInstance } from '../keepalived/node-configuration.ts';
import type { MovingGroup } from './moving-group.ts';
import { waitingLoss } from './taking-back.ts';
import { constantAdjustment, highestAdjustment, lowestAdjustment } from './track-scores.ts';
import { trackingOf } from './tracking.ts';

/** The location score of a group on one node. */
export interface NodeScore {
  readonly node: string;
  readonly score: number;
  /** Keepalived's priority there; absent when no file tells it. */
  readonly priority?: number;
  /** The anchor instance's configuration there. */
  readonly instance?: VrrpInstance;
}

/** The instance of a group on a node whose priority decides: the group's first. */
function anchorOn(group: FailoverGroup, node: string): VrrpInstance | undefined {
  for (const { members } of group.instances) {
    const found = members.find((member) => member.node === node);
    if (found) return found.configured;
  }
  return undefined;
}

/**
 * Priorities as scores: the same numbers, so that the script reads like the source. Pacemaker forbids a node whose total is
 * below zero, even the last one, where Keepalived stops at 1: if negative weights, or the loss of a node that waits, could
 * lead there, all scores of the group are raised by the same number of thousands (measured: a total of exactly 0 still runs).
 */
export function scoresOf(group: MovingGroup): NodeScore[] {
  const { bases, lowest, highest } = basesOf(group);
  const least = lowest - waitingLoss(group, lowest, highest);
  const offset = least < 0 ? Math.ceil(-least / 1000) * 1000 : 0;
  return bases.map(({ node, instance, base }) => ({
    node,
    score: base + offset,
    ...(instance && { priority: instance.priority.value, instance }),
  }));
}

/** What a node's score loses while it waits before it takes the group back; 0 where no node of the group does. */
export function waitingScore(group: MovingGroup): number {
  const { lowest, highest } = basesOf(group);
  return -waitingLoss(group, lowest, highest);
}

/** The scores before they are raised, and the least and the most that weights can make of them. */
function basesOf(group: MovingGroup) {
  const { effects } = trackingOf(group.source);
  const known = group.nodes.map((node) => ({ node, instance: anchorOn(group.source, node) }));
  const [described] = known.flatMap(({ instance }) => instance ?? []);
  const read = known.map(({ node, instance }) => {
    // A peer of which nothing is known is taken to track what the described node tracks.
    const tracked = instance ? node : (effects[0]?.node ?? node);
    const given = instance ? instance.priority.value : described ? assumedPriority(described) : 100;
    const base = given + constantAdjustment(effects, tracked);
    const lowest = given + lowestAdjustment(effects, tracked);
    return { node, instance, given, base, lowest };
  });
  const most = Math.max(
    ...read.map(({ node, given }) => (given === 255 ? 0 : given + highestAdjustment(effects, node))),
  );
  const bases = read.map(({ node, instance, given, base }) => ({
    node,
    instance,
    // An owner of the address is above all, where weights could lift another's score beyond 255.
    base: given === 255 ? Math.max(base, most + 1) : base,
  }));
  return {
    bases,
    lowest: Math.min(...read.map(({ lowest }) => lowest)),
    highest: Math.max(most, ...bases.map(({ base }) => base)),
  };
}

/** Peers without a file: directly below a MASTER, level with a BACKUP. An order, not a number: a failed check still moves the group. */
function assumedPriority({ state, priority }: VrrpInstance): number {
  return state.value === 'MASTER' ? Math.max(0, priority.value - 1) : priority.value;
}
