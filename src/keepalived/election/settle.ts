import type { Conditions } from './conditions.ts';
import type { Contender, ElectionGroup, ElectionMember } from './contender.ts';
import { effectivePriority, isInFault } from './effective-priority.ts';
import { masterDownMs, skewMs } from './timers.ts';

/** Contenders that are master: their places in the group's list, in rising order. */
export type Masters = readonly number[];

/** A state in which nothing changes until something happens. */
export interface Settled {
  readonly masters: Masters;
  /** Time from the event until then, by the timers alone, at most. */
  readonly withinMs: number;
}

export interface SettleOptions {
  /** A holder that left told so, by an advert of priority 0: its peers wait the skew only. */
  readonly saidGoodbye?: boolean;
}

/**
 * What becomes of an election under new conditions: every state that it may settle in. There is one, but where the
 * daemon's own answer depends on what no configuration tells (which of two equal nodes times out first).
 * None at all: it never settles.
 */
export function settle(
  group: ElectionGroup,
  conditions: Conditions,
  before: Masters,
  { saidGoodbye = false }: SettleOptions = {},
): readonly Settled[] {
  const election = new Round(group, conditions, saidGoodbye);
  const ends = new Map<string, Settled>();
  const seen = new Set<string>();
  const waiting: Settled[] = [{ masters: before.filter((index) => election.isAble(index)), withinMs: 0 }];
  for (let state = waiting.pop(); state; state = waiting.pop()) {
    const key = state.masters.join();
    const known = ends.get(key);
    if (known) {
      if (known.withinMs < state.withinMs) ends.set(key, state);
      continue;
    }
    if (seen.has(key)) continue;
    seen.add(key);
    const next = election.next(state);
    if (next.length === 0) ends.set(key, state);
    else waiting.push(...next);
  }
  return [...ends.values()];
}

/** The nodes that hold something of a group. */
export function holdersIn({ contenders }: ElectionGroup, masters: Masters): readonly string[] {
  return [...new Set(masters.flatMap((index) => contenders[index]?.node ?? []))].sort();
}

interface Entry {
  readonly contender: Contender;
  readonly able: boolean;
  /** By instance. */
  readonly members: ReadonlyMap<string, { readonly member: ElectionMember; readonly priority: number }>;
}

class Round {
  private readonly entries: readonly Entry[];
  private readonly saidGoodbye: boolean;

  constructor(group: ElectionGroup, conditions: Conditions, saidGoodbye: boolean) {
    this.saidGoodbye = saidGoodbye;
    this.entries = group.contenders.map((contender) => ({
      contender,
      able: !conditions.away.has(contender.node) && !isInFault(contender, conditions),
      members: new Map(
        contender.members.map((member) => [
          member.instance,
          { member, priority: effectivePriority(group, contender, member, conditions) },
        ]),
      ),
    }));
  }

  isAble(index: number): boolean {
    return this.entries[index]?.able ?? false;
  }

  /** What a state may turn into; nothing if it lasts. */
  next({ masters, withinMs }: Settled): Settled[] {
    const yielding = masters.filter((index) => masters.some((other) => this.yields(index, other)));
    if (yielding.length > 0) {
      const without = (gone: readonly number[]) => ({
        masters: masters.filter((index) => !gone.includes(index)),
        withinMs,
      });
      // Where each would give way to another, the first advert decides.
      return yielding.length < masters.length ? [without(yielding)] : yielding.map((one) => without([one]));
    }
    const wanting = this.entries.flatMap((entry, index) =>
      entry.able && !masters.includes(index) && this.wants(entry, masters) ? [index] : [],
    );
    if (wanting.length === 0) return [];
    const waits = wanting.map((index) => this.waitMs(index, masters));
    const shortest = Math.min(...waits);
    const first = wanting.filter((_, place) => waits[place] === shortest);
    // Among those that wait equally long any may be first, and the others heed its advert: addresses decide nothing here.
    return first.map((index) => ({
      masters: [...masters, index].sort((a, b) => a - b),
      withinMs: withinMs + shortest,
    }));
  }

  /** A master gives way to a better advert, on any of its instances: the whole sync group goes back. */
  private yields(index: number, other: number): boolean {
    return this.pairs(index, other).some(([own, heard]) => {
      if (!hears(own.member, heard.member)) return false;
      if (own.priority !== heard.priority) return own.priority < heard.priority;
      const [mine, theirs] = [own.member.sourceAddress, heard.member.sourceAddress];
      return mine === undefined || theirs === undefined || mine < theirs;
    });
  }

  /** A backup takes over when all its instances want to: none of them hears a master that it accepts. */
  private wants(entry: Entry, masters: Masters): boolean {
    const index = this.entries.indexOf(entry);
    return masters.every((master) =>
      this.pairs(index, master).every(([own, heard]) => {
        if (!hears(own.member, heard.member)) return true;
        return own.member.preempts && own.priority > heard.priority;
      }),
    );
  }

  private waitMs(index: number, masters: Masters): number {
    const preempts = masters.some((master) =>
      this.pairs(index, master).some(([own, heard]) => hears(own.member, heard.member)),
    );
    const members = [...(this.entries[index]?.members.values() ?? [])];
    return Math.max(
      ...members.map(({ member, priority }) => {
        if (preempts) return member.preemptDelayMs + masterDownMs(member, priority);
        return this.saidGoodbye ? skewMs(member, priority) : masterDownMs(member, priority);
      }),
    );
  }

  /** The members of two contenders that meet: those of one instance, on different nodes. */
  private pairs(index: number, other: number) {
    const [own, heard] = [this.entries[index], this.entries[other]];
    if (!own || !heard || own.contender.node === heard.contender.node) return [];
    return [...own.members].flatMap(([instance, mine]) => {
      const theirs = heard.members.get(instance);
      return theirs ? [[mine, theirs] as const] : [];
    });
  }
}

/**
 * Whether a node takes notice of another's adverts: not with another identifier or version, with other addresses than its
 * own, or, in version 2, with another interval.
 */
function hears(receiver: ElectionMember, sender: ElectionMember): boolean {
  if (receiver.virtualRouterId !== sender.virtualRouterId || receiver.version !== sender.version)
    return false;
  if (receiver.version === 2 && receiver.advertIntervalMs !== sender.advertIntervalMs) return false;
  return receiver.advertised.join() === sender.advertised.join();
}
