import { describe, expect, it } from 'vitest';
import {
  after,
  type ClusterEvent,
  happens,
  usualConditions,
} from '../../src/keepalived/election/conditions.ts';
import type {
  Contender,
  ElectionGroup,
  ElectionMember,
  TrackedObject,
} from '../../src/keepalived/election/contender.ts';
import { adjustmentOf, effectivePriority } from '../../src/keepalived/election/effective-priority.ts';
import { holdersIn, settle } from '../../src/keepalived/election/settle.ts';
import { masterDownMs, skewMs } from '../../src/keepalived/election/timers.ts';

const script = (weight: number, reverse = false): TrackedObject => ({
  kind: 'script',
  name: 'chk',
  weight,
  reverse,
  from: [],
});
const file = (weight: number, reverse = false): TrackedObject => ({
  kind: 'file',
  name: 'amount',
  weight,
  reverse,
  from: [],
});

function member(priority: number, more: Partial<ElectionMember> = {}): ElectionMember {
  return {
    instance: 'VI_1',
    priority,
    preempts: true,
    preemptDelayMs: 0,
    version: 2,
    advertIntervalMs: 1000,
    downTimerAdverts: 3,
    virtualRouterId: 1,
    advertised: [],
    tracked: [],
    from: [],
    ...more,
  };
}

const group = (...members: readonly ElectionMember[]): ElectionGroup => ({
  name: 'VI_1',
  contenders: members.map((own, index): Contender => ({ node: `n${index + 1}`, members: [own] })),
});

const settled = (election: ElectionGroup, before: readonly number[] = [], conditions = usualConditions) =>
  settle(election, conditions, before).map(({ masters }) => holdersIn(election, masters).join());

describe('what a tracked object does', () => {
  it.each([
    [script(20), 1, 20],
    [script(20), 0, 0],
    [script(-20), 1, 0],
    [script(-20), 0, -20],
    [script(20, true), 1, -20],
    [script(-20, true), 0, 20],
    [script(0), 1, 0],
    [script(0), 0, 'fault'],
    [script(0, true), 1, 'fault'],
    [script(0, true), 0, 0],
    [file(1), 7, 7],
    [file(-1), 20, -20],
    [file(2, true), 5, -10],
    [file(1), 400, 253],
    [file(1), -254, 'fault'],
    [file(0), 0, 0],
    [file(0), 1, 'fault'],
    [file(0, true), 0, 'fault'],
  ])('%o in state %i: %s', (object, state, expected) => {
    expect(adjustmentOf(object, state)).toBe(expected);
  });
});

describe('the effective priority', () => {
  const priorityOf = (own: ElectionMember, failing: boolean, clamps = true) => {
    const election = group(own);
    const conditions = failing
      ? after(usualConditions, { kind: 'fails', node: 'n1', object: script(0) })
      : usualConditions;
    const [contender] = election.contenders;
    if (!contender) throw new Error('no contender');
    return effectivePriority(clamps ? {} : { clamps: false }, contender, own, conditions);
  };

  it('stays between 1 and 254, unless it is asked as it is', () => {
    expect(priorityOf(member(50, { tracked: [script(-100)] }), true)).toBe(1);
    expect(priorityOf(member(200, { tracked: [script(100)] }), false)).toBe(254);
    expect(priorityOf(member(50, { tracked: [script(-100)] }), true, false)).toBe(-50);
  });

  it('of an address owner is 255 whatever fails', () => {
    expect(priorityOf(member(255, { tracked: [script(-100)] }), true)).toBe(255);
  });
});

describe('an election', () => {
  it('without a holder goes to the highest, and to either of two equal ones', () => {
    expect(settled(group(member(100), member(150)))).toEqual(['n2']);
    expect(settled(group(member(100), member(100))).sort()).toEqual(['n1', 'n2']);
  });

  it('of equal nodes goes to whichever is first; two masters that meet leave it to the higher address', () => {
    const equal = group(member(100, { sourceAddress: 2n }), member(100, { sourceAddress: 1n }));
    expect(settled(equal).sort()).toEqual(['n1', 'n2']);
    expect(settled(equal, [0, 1])).toEqual(['n1']);
    expect(settled(group(member(100), member(100)), [0, 1]).sort()).toEqual(['n1', 'n2']);
  });

  it('leaves the holder where no better node preempts', () => {
    expect(settled(group(member(150, { preempts: false }), member(100)), [1])).toEqual(['n2']);
    expect(settled(group(member(150), member(100)), [1])).toEqual(['n1']);
    expect(settled(group(member(100), member(100)), [1])).toEqual(['n2']);
  });

  it('has several holders where nodes do not hear each other', () => {
    expect(settled(group(member(150), member(100, { advertIntervalMs: 2000 })))).toEqual(['n1,n2']);
    expect(settled(group(member(150), member(100, { virtualRouterId: 2 })))).toEqual(['n1,n2']);
    expect(settled(group(member(150), member(100, { advertised: ['x'] })))).toEqual(['n1,n2']);
  });

  it('of version 3 does not mind other intervals', () => {
    const slow = member(100, { version: 3, advertIntervalMs: 2000 });
    expect(settled(group(member(150, { version: 3 }), slow))).toEqual(['n1']);
  });
});

describe('the timers', () => {
  it('are those of the protocol: skew in seconds in version 2, in advert intervals in version 3', () => {
    expect(skewMs({ version: 2, advertIntervalMs: 2000 }, 128)).toBe(500);
    expect(skewMs({ version: 3, advertIntervalMs: 2000 }, 128)).toBe(1000);
    expect(masterDownMs({ version: 2, advertIntervalMs: 1000, downTimerAdverts: 3 }, 100)).toBe(3609.375);
  });

  it('bound a failover: a silent death by three adverts, a clean stop by the skew, a return by its delay', () => {
    const pair = group(member(150, { preemptDelayMs: 5000 }), member(100));
    const away = after(usualConditions, { kind: 'dies', node: 'n1' });
    expect(settle(pair, away, [0])[0]?.withinMs).toBe(3609.375);
    expect(settle(pair, away, [0], { saidGoodbye: true })[0]?.withinMs).toBe(609.375);
    expect(settle(pair, usualConditions, [1])[0]?.withinMs).toBe(5000 + 3000 + 414.0625);
  });
});

describe('an event', () => {
  it('happens only where it changes something', () => {
    const dies: ClusterEvent = { kind: 'dies', node: 'n1' };
    expect(happens(usualConditions, dies)).toBe(true);
    expect(happens(after(usualConditions, dies), dies)).toBe(false);
    expect(happens(usualConditions, { kind: 'returns', node: 'n1' })).toBe(false);
    expect(happens(usualConditions, { kind: 'recovers', node: 'n1', object: script(0) })).toBe(false);
    expect(happens(usualConditions, { kind: 'writes', node: 'n1', object: file(1), value: 0 })).toBe(false);
  });
});
