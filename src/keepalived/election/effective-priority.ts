import { type Conditions, stateOf } from './conditions.ts';
import type { Contender, ElectionGroup, ElectionMember, TrackedObject } from './contender.ts';

/** Weights change no priority of 255. */
const ownerPriority = 255;

const isOwner = ({ priority }: ElectionMember): boolean => priority === ownerPriority;

/**
 * The objects that count for a member, with the weights that count. An owner drops weighted entries. A member of a sync
 * group does too unless the group counts its members' weights; only a file with its type's default weight becomes a hard
 * condition, an interface keeps its weight (the daemon says that it ignores it, and does not), and so does a process
 * (measured with 2.2.7).
 * Entries of the group hold for every member, hard if one of them is an owner.
 */
export function countedObjects(contender: Contender, member: ElectionMember): readonly TrackedObject[] {
  const { syncGroup, members } = contender;
  const weightsCount = !syncGroup || syncGroup.countsMemberWeights;
  const own = member.tracked.flatMap((object): TrackedObject[] => {
    if (object.weight === 0) return [object];
    if (isOwner(member)) return [];
    if (weightsCount || object.kind === 'interface' || object.kind === 'process') return [object];
    return object.kind === 'file' && !object.ownWeight ? [{ ...object, weight: 0 }] : [];
  });
  const hard = members.some(isOwner);
  const shared = (syncGroup?.tracked ?? []).map((object) => (hard ? { ...object, weight: 0 } : object));
  // An object that member and group both track counts once.
  const isKnown = ({ kind, name }: TrackedObject) =>
    own.some((object) => object.kind === kind && object.name === name);
  return [...own, ...shared.filter((object) => !isKnown(object))];
}

/** What one object does to a member: a change of its priority, or FAULT. */
export function adjustmentOf(
  { kind, weight, reverse }: Pick<TrackedObject, 'kind' | 'weight' | 'reverse'>,
  state: number,
): number | 'fault' {
  const sign = reverse ? -1 : 1;
  if (kind === 'file') {
    if (weight === 0) return (state !== 0) === reverse ? 0 : 'fault';
    const adjustment = Math.max(-254, Math.min(253, state * weight * sign));
    return adjustment <= -254 ? 'fault' : adjustment + 0;
  }
  const up = state !== 0;
  if (weight === 0) return up === reverse ? 'fault' : 0;
  return weight > 0 === up ? weight * sign : 0;
}

function adjustments(contender: Contender, member: ElectionMember, conditions: Conditions) {
  return countedObjects(contender, member).map((object) =>
    adjustmentOf(object, object.isDead ? 0 : stateOf(conditions, contender.node, object)),
  );
}

/** Whether the contender is out: one member in FAULT takes all of its sync group along. */
export function isInFault(contender: Contender, conditions: Conditions): boolean {
  return contender.members.some((member) => adjustments(contender, member, conditions).includes('fault'));
}

/** What the member's adverts carry: its priority with all adjustments, never below 1 or, by weights, above 254. */
export function effectivePriority(
  { clamps }: Pick<ElectionGroup, 'clamps'>,
  contender: Contender,
  member: ElectionMember,
  conditions: Conditions,
): number {
  if (isOwner(member)) return ownerPriority;
  const total = adjustments(contender, member, conditions).reduce<number>(
    (sum, adjustment) => sum + (adjustment === 'fault' ? 0 : adjustment),
    member.priority,
  );
  return clamps === false ? total : Math.max(1, Math.min(254, total));
}
