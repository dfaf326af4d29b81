import type { FailoverGroup } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { TrackedKind } from '../keepalived/election/contender.ts';
import type { TrackEntry, TrackLists } from '../keepalived/node-configuration.ts';
import { hardLinks } from './hard-links.ts';
import type { MovingGroup } from './moving-group.ts';

/** What a tracked object does to one group on one node. */
export interface TrackEffect {
  readonly kind: TrackedKind;
  readonly name: string;
  readonly node: string;
  /** 0 is a hard condition. */
  readonly weight: number;
  readonly reverse: boolean;
  /** A BFD session that is never up. */
  readonly isDead?: true;
  readonly from: readonly BoundDirective[];
  /** Of the sync group itself: it counts for every member. */
  readonly shared?: true;
}

export interface Tracking {
  readonly effects: readonly TrackEffect[];
  /** Entries that the daemon drops, and why. */
  readonly dropped: readonly {
    readonly from: BoundDirective;
    readonly reason: string;
    readonly isSyncWeight: boolean;
  }[];
  /** Weighted entries that only some members of a sync group have, so that they alone move nothing in Keepalived. */
  readonly partial: readonly BoundDirective[];
}

/**
 * What is tracked for a group, node by node, after the daemon's rules: an address owner drops weighted entries, a member of
 * a sync group too unless the group counts its members' weights, but for interfaces and processes, whose weights count all
 * the same (measured with 2.2.7, which says that it ignores those of interfaces); entries of the group itself hold for every
 * member, as hard conditions if one of them is an owner. The reading has settled what becomes of files and BFD sessions.
 */
export function trackingOf(group: FailoverGroup): Tracking {
  const known = trackings.get(group) ?? readTracking(group);
  trackings.set(group, known);
  return known;
}

/** Several rules ask for the same group. */
const trackings = new WeakMap<FailoverGroup, Tracking>();

function readTracking(group: FailoverGroup): Tracking {
  const effects: TrackEffect[] = [];
  const dropped: Tracking['dropped'][number][] = [];
  for (const { members } of group.instances) {
    for (const { node, configured } of members) {
      const sync = group.syncGroups.find((candidate) => candidate.node === node)?.configured;
      const counts = !sync || sync.countsMemberWeights.value;
      for (const [kind, entry] of entriesOfInstance(configured)) {
        const from = [entry.from];
        if (entry.weight !== 0 && configured.priority.value === 255) {
          dropped.push({
            from: entry.from,
            reason: 'Priority 255 owns the address: weights do not count.',
            isSyncWeight: false,
          });
        } else if (entry.weight === 0 || counts || kind !== 'script') {
          effects.push({ ...entry, kind, node, from });
        } else {
          const reason = `In sync group ${sync.name} the weights of members do not count: the daemon drops the entry.`;
          dropped.push({ from: entry.from, reason, isSyncWeight: true });
        }
      }
    }
  }
  const members = group.instances.flatMap((instance) => instance.members);
  for (const { node, configured } of group.syncGroups) {
    const owns = members.some((member) => member.node === node && member.configured.priority.value === 255);
    for (const [kind, entry] of entriesOfInstance(configured)) {
      const weight = owns ? 0 : entry.weight;
      effects.push({ ...entry, weight, kind, node, from: [entry.from], shared: true });
    }
  }
  return { effects: mergeEqual(effects), dropped, partial: partialEntries(group, effects) };
}

export const partialExample =
  'The shortest example: it turns bad on the holder alone; Keepalived keeps the addresses, since the other members are as good as before, and Pacemaker moves them.';

/** What the report says of such an entry. */
export const partialReason = `It counts for the whole group; in Keepalived the group goes only where every member wants to. ${partialExample}`;

export const partialWayOut =
  'Track it in every instance of the sync group, so that Keepalived would move too; or leave the entry out where the addresses are to stay. After either translate again.';

function partialEntries(group: FailoverGroup, effects: readonly TrackEffect[]): BoundDirective[] {
  const membersOn = new Map<string, number>();
  for (const { node } of group.instances.flatMap(({ members }) => members))
    membersOn.set(node, (membersOn.get(node) ?? 0) + 1);
  const same = ({ kind, name, node, weight, reverse }: TrackEffect) =>
    [kind, name, node, weight, reverse].join(' ');
  const counts = new Map<string, number>();
  for (const effect of effects) counts.set(same(effect), (counts.get(same(effect)) ?? 0) + 1);
  // What is a hard condition besides moves all members, whatever it weighs for one of them.
  const hard = new Set([
    ...hardLinks(group).map(({ node, name }) => `interface ${name} ${node}`),
    ...effects.filter(({ weight }) => weight === 0).map(({ kind, name, node }) => `${kind} ${name} ${node}`),
  ]);
  return effects
    .filter(({ weight, shared }) => weight !== 0 && !shared)
    .filter(({ kind, name, node }) => !hard.has(`${kind} ${name} ${node}`))
    .filter((effect) => (counts.get(same(effect)) ?? 0) < (membersOn.get(effect.node) ?? 0))
    .flatMap(({ from }) => from);
}

function entriesOfInstance(source: TrackLists): [TrackedKind, TrackEntry][] {
  const lists: readonly (readonly [TrackedKind, readonly TrackEntry[]])[] = [
    ['script', source.trackScripts],
    ['interface', source.trackInterfaces],
    ['file', source.trackFiles],
    ['process', source.trackProcesses],
    ['bfd', source.trackBfds],
  ];
  return lists.flatMap(([kind, entries]) => entries.map((entry): [TrackedKind, TrackEntry] => [kind, entry]));
}

/** Several members of a group tracking one object on one node: it counts once, and as a hard condition if it is one for any. */
function mergeEqual(effects: readonly TrackEffect[]): TrackEffect[] {
  const merged = new Map<string, TrackEffect & { readonly from: BoundDirective[] }>();
  for (const effect of effects) {
    const key = `${effect.kind} ${effect.node} ${effect.name}`;
    const known = merged.get(key);
    if (known) {
      known.from.push(...effect.from);
      if (effect.weight === 0 && known.weight !== 0) merged.set(key, { ...effect, from: known.from });
    } else merged.set(key, { ...effect, from: [...effect.from] });
  }
  return [...merged.values()];
}

/** Effects by the name of what is tracked, in the order in which the names come. */
export function effectsByName(effects: readonly TrackEffect[]): ReadonlyMap<string, readonly TrackEffect[]> {
  const byName = new Map<string, TrackEffect[]>();
  for (const effect of effects) {
    const known = byName.get(effect.name);
    if (known) known.push(effect);
    else byName.set(effect.name, [effect]);
  }
  return byName;
}

/** The nodes on which a group is configured. */
export function configuredNodes({ source }: MovingGroup): ReadonlySet<string> {
  return new Set(source.instances.flatMap(({ members }) => members.map(({ node }) => node)));
}

/** The effects of one object on a group: one rule for all nodes where they are equal on all, or one for each. */
export function rulesPerNode(
  nodes: ReadonlySet<string>,
  effects: readonly TrackEffect[],
): { readonly effect: TrackEffect; readonly node?: string; readonly from: readonly BoundDirective[] }[] {
  const [first] = effects;
  if (!first) return [];
  const same = effects.every((effect) => effect.weight === first.weight && effect.reverse === first.reverse);
  const tracking = new Set(effects.map(({ node }) => node));
  const everywhere = [...nodes].every((node) => tracking.has(node));
  if (same && everywhere) return [{ effect: first, from: effects.flatMap(({ from }) => from) }];
  return effects.map((effect) => ({ effect, node: effect.node, from: effect.from }));
}
