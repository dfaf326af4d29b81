import type { Conditions } from '../keepalived/election/conditions.ts';
import type { ElectionGroup } from '../keepalived/election/contender.ts';
import { holdersIn, type Masters, settle } from '../keepalived/election/settle.ts';
import type { Deviation } from './deviations.ts';
import type { Placement } from './placement.ts';

/** A failover group with its counterpart in the plan. */
export interface ComparedGroup {
  readonly election: ElectionGroup;
  /** Id of the Pacemaker group. */
  readonly id: string;
  readonly deviations: readonly Deviation[];
}

/** What was seen of a group after an event. */
interface Seen {
  readonly conditions: Conditions;
  readonly placement: Placement;
}

/** A step at which Pacemaker did what Keepalived does not. */
export interface Divergence {
  /** The holders that Keepalived might have then, each a list of nodes. */
  readonly expected: readonly (readonly string[])[];
  readonly found: Placement;
  /** Where both had the group before. */
  readonly before: readonly string[];
  /** The announcements that explain it, the fewest that do; undefined if none do. */
  readonly announcedBy: readonly Deviation[] | undefined;
}

/** Follows one group from event to event in both worlds. */
export class GroupHistory {
  readonly group: ComparedGroup;
  /** False after a difference that nothing explains, or where Keepalived itself never settles. */
  goesOn = true;
  private readonly seen: Seen[] = [];
  private explanation: readonly Deviation[] = [];
  private belief: readonly Masters[] = [[]];

  constructor(group: ComparedGroup) {
    this.group = group;
  }

  /** Where the group was seen last. */
  get before(): readonly string[] {
    return this.seen.at(-1)?.placement.nodes ?? [];
  }

  /** The holders that Keepalived might have under these conditions, as far as this history tells. */
  expected(conditions: Conditions): readonly (readonly string[])[] {
    const election = explained(this.group, this.explanation);
    return distinct(follow(this.belief, election, conditions).map((masters) => holdersIn(election, masters)));
  }

  /** @returns the divergence, if this step is the first that the explanation so far does not cover */
  step(conditions: Conditions, placement: Placement): Divergence | undefined {
    const { before } = this;
    const possible = follow(this.belief, explained(this.group, this.explanation), conditions);
    this.seen.push({ conditions, placement });
    if (possible.length === 0) {
      this.goesOn = false;
      return undefined;
    }
    const election = explained(this.group, this.explanation);
    const agreeing = possible.filter((masters) => agrees(election, masters, placement));
    if (agreeing.length > 0) {
      this.belief = agreeing;
      return undefined;
    }
    const expected = distinct(possible.map((masters) => holdersIn(election, masters)));
    const announcedBy = this.explain();
    if (!announcedBy) this.goesOn = false;
    return { expected, found: placement, before, announcedBy };
  }

  /** Looks for the fewest announcements under which all that was seen is what Keepalived would do. */
  private explain(): readonly Deviation[] | undefined {
    for (const chosen of bySize(this.group.deviations)) {
      const election = explained(this.group, chosen);
      let belief: readonly Masters[] = [[]];
      for (const { conditions, placement } of this.seen) {
        belief = follow(belief, election, conditions).filter((masters) =>
          agrees(election, masters, placement),
        );
      }
      if (belief.length === 0) continue;
      this.belief = belief;
      this.explanation = chosen;
      return chosen;
    }
    return undefined;
  }
}

function explained({ election }: ComparedGroup, deviations: readonly Deviation[]): ElectionGroup {
  return deviations.reduce((group, { applied }) => applied(group), election);
}

function follow(
  belief: readonly Masters[],
  election: ElectionGroup,
  conditions: Conditions,
): readonly Masters[] {
  const next = belief.flatMap((masters) => settle(election, conditions, masters));
  return [...new Map(next.map(({ masters }) => [masters.join(), masters])).values()];
}

function agrees(election: ElectionGroup, masters: Masters, { nodes, whole }: Placement): boolean {
  return whole && holdersIn(election, masters).join() === nodes.join();
}

function distinct(lists: readonly (readonly string[])[]): (readonly string[])[] {
  return [...new Map(lists.map((list) => [list.join(), list])).values()];
}

function bySize<T>(list: readonly T[]): T[][] {
  const sets = Array.from({ length: 2 ** list.length }, (_, set) =>
    list.filter((_item, index) => (set >> index) & 1),
  );
  return sets.sort((a, b) => a.length - b.length);
}
