import {
  after,
  type ClusterEvent,
  type Conditions,
  happens,
  usualConditions,
} from '../keepalived/election/conditions.ts';
import type { ElectionGroup, TrackedObject } from '../keepalived/election/contender.ts';
import { countedObjects } from '../keepalived/election/effective-priority.ts';

/** Events, one after the other; the cluster settles after each. */
export type Scenario = readonly ClusterEvent[];

/** Something that can go wrong and become right again. */
interface Change {
  readonly breaks: ClusterEvent;
  readonly heals: ClusterEvent;
}

export interface ScenarioWishes {
  /** As many as that are filled up with random ones. */
  readonly count: number;
  /** No more than these, but for single events, which are always all there; without it all pairs are. */
  readonly most?: number;
  readonly seed: number;
  /** How many different changes they are made of, chosen by the seed; all if not said. */
  readonly changes?: number;
}

/** Scenarios to play, and how many sequences of two changes there was no room for. */
export interface ScenarioChoice {
  readonly scenarios: readonly Scenario[];
  readonly pairsLeftOut: number;
}

/**
 * What may happen to a cluster, simple things first: each single event, each two in every order, all sets of events where
 * there are few, then random sequences. The same wishes give the same scenarios.
 */
export function chooseScenarios(groups: readonly ElectionGroup[], wishes: ScenarioWishes): ScenarioChoice {
  const { count, most = Number.POSITIVE_INFINITY, seed } = wishes;
  const random = randomNumbers(seed);
  const all = changesOf(groups);
  const changes = wishes.changes === undefined ? all : shuffled(all, random).slice(0, wishes.changes);
  const alone = singles(changes);
  const two = pairs(changes);
  const room = Math.max(0, most - alone.length);
  const chosen = two.length > room ? shuffled(two, random).slice(0, room) : two;
  const more = subsets(changes, count / 4).slice(0, room - chosen.length);
  const scenarios = [...alone, ...chosen, ...more];
  while (scenarios.length < count) scenarios.push(randomScenario(changes, random));
  return { scenarios, pairsLeftOut: two.length - chosen.length };
}

function changesOf(groups: readonly ElectionGroup[]): Change[] {
  const contenders = groups.flatMap((group) => group.contenders);
  const nodes = [...new Set(contenders.map(({ node }) => node))];
  const found = new Map<string, Change>();
  for (const node of nodes) {
    found.set(`${node} dies`, { breaks: { kind: 'dies', node }, heals: { kind: 'returns', node } });
  }
  for (const contender of contenders) {
    const { node } = contender;
    for (const object of contender.members.flatMap((member) => countedObjects(contender, member))) {
      for (const [key, change] of changesOfObject(node, object)) found.set(`${node} ${key}`, change);
    }
  }
  return [...found.values()];
}

function changesOfObject(node: string, { kind, name, weight, isDead }: TrackedObject): [string, Change][] {
  if (isDead) return [];
  const object = { kind, name };
  if (kind !== 'file') {
    const change: Change = {
      breaks: { kind: 'fails', node, object },
      heals: { kind: 'recovers', node, object },
    };
    return [[`${kind} ${name}`, change]];
  }
  // The smallest value, a usual one, and one that is FAULT with this weight or its opposite.
  const values = [...new Set([1, 20, weight === 0 ? 1 : Math.ceil(254 / Math.abs(weight))])];
  return [...values, -20].map((value) => [
    `file ${name} ${value}`,
    { breaks: { kind: 'writes', node, object, value }, heals: { kind: 'writes', node, object, value: 0 } },
  ]);
}

function singles(changes: readonly Change[]): Scenario[] {
  return changes.flatMap(({ breaks, heals }) => {
    const leaves: Scenario[] = breaks.kind === 'dies' ? [[{ kind: 'leaves', node: breaks.node }, heals]] : [];
    return [[breaks, heals], ...leaves];
  });
}

function pairs(changes: readonly Change[]): Scenario[] {
  return changes.flatMap((first) =>
    changes.flatMap((second) => {
      if (first === second) return [];
      const both = [first.breaks, second.breaks];
      return [
        [...both, first.heals, second.heals],
        [...both, second.heals, first.heals],
      ].filter(isPossible);
    }),
  );
}

/** Every set of three and more changes, if there are not too many of them. */
function subsets(changes: readonly Change[], most: number): Scenario[] {
  if (2 ** changes.length > most) return [];
  return Array.from({ length: 2 ** changes.length }, (_, set) =>
    changes.filter((_change, index) => (set >> index) & 1),
  )
    .filter((chosen) => chosen.length > 2)
    .map((chosen) => [...chosen.map(({ breaks }) => breaks), ...chosen.map(({ heals }) => heals)])
    .filter(isPossible);
}

function isPossible(scenario: Scenario): boolean {
  let conditions: Conditions = usualConditions;
  return scenario.every((event) => {
    const possible = happens(conditions, event);
    conditions = after(conditions, event);
    return possible;
  });
}

/** 4 to 12 events, each something that can happen then; what is wrong becomes right as often as not. */
function randomScenario(changes: readonly Change[], random: () => number): Scenario {
  const events: ClusterEvent[] = [];
  let conditions: Conditions = usualConditions;
  const length = 4 + Math.floor(random() * 9);
  for (let tries = 0; events.length < length && tries < 100; tries++) {
    const change = changes[Math.floor(random() * changes.length)];
    if (!change) break;
    const event = random() < 0.5 ? change.breaks : change.heals;
    if (!happens(conditions, event)) continue;
    conditions = after(conditions, event);
    events.push(event);
  }
  return events;
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  return list
    .map((item) => ({ item, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

/** Mulberry32: a small generator whose numbers are the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
