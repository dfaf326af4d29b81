import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { after, type Conditions, happens, usualConditions } from '../keepalived/election/conditions.ts';
import type { ElectionGroup } from '../keepalived/election/contender.ts';
import type { Plan } from '../pacemaker/plan.ts';
import { announcedDeviations } from './deviations.ts';
import { type ComparedGroup, type Divergence, GroupHistory } from './group-history.ts';
import { type PacemakerState, placementKey, type Scheduler } from './placement.ts';
import type { Scenario } from './scenarios.ts';

/** A translation, as far as it can be measured. */
export interface VerificationSubject {
  readonly plan: Plan;
  readonly elections: readonly ElectionGroup[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A kind of difference, with the shortest scenario that shows it. */
export interface Difference extends Divergence {
  /** Id of the Pacemaker group. */
  readonly group: string;
  readonly election: ElectionGroup;
  readonly scenario: Scenario;
  /** Without a majority of nodes Pacemaker stops everything: the plan's quorum policy announces it. */
  readonly isMinority: boolean;
  /** In how many scenarios it was seen. */
  readonly count: number;
}

export interface Verification {
  readonly scenarios: number;
  /** States of a group that were compared. */
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** Instances whose addresses other groups hold, so that there is nothing to compare. */
  readonly leftOut: readonly string[];
}

/** The groups that have a counterpart in the plan. */
function comparedGroups(subject: VerificationSubject): ComparedGroup[] {
  const { plan, elections } = subject;
  return plan.instances.flatMap((instance) => {
    const election = elections.find(({ contenders }) =>
      contenders.some(({ members }) =>
        members.some((member) => instance.instances.includes(member.instance)),
      ),
    );
    if (!election) return [];
    const deviations = announcedDeviations(election, instance, subject);
    return [{ election, id: instance.group, deviations }];
  });
}

/** Lets scenarios happen to both, and gathers where they part. */
export class Comparison {
  private readonly groups: readonly ComparedGroup[];
  private readonly subject: VerificationSubject;
  private readonly scheduler: Scheduler;
  private readonly found = new Map<string, Difference>();
  private scenarios = 0;
  private compared = 0;

  constructor(subject: VerificationSubject, scheduler: Scheduler) {
    this.subject = subject;
    this.scheduler = scheduler;
    this.groups = comparedGroups(subject);
  }

  /**
   * Plays scenarios, several at a time, and notes what is new or shorter in their order.
   *
   * @param progress told after each of them
   */
  async playAll(
    scenarios: Iterable<Scenario>,
    jobs: number,
    progress: (played: number) => void = () => {},
  ): Promise<void> {
    const shown: { place: number; differences: Map<string, Difference> }[] = [];
    let played = 0;
    const waiting = [...scenarios].entries();
    const work = async () => {
      for (const [place, scenario] of waiting) {
        const differences = await this.differencesIn(scenario);
        if (differences.size > 0) shown.push({ place, differences });
        progress(++played);
      }
    };
    await Promise.all(Array.from({ length: jobs }, work));
    this.scenarios += played;
    for (const { differences } of shown.sort((a, b) => a.place - b.place)) {
      for (const [key, difference] of differences) await this.keepShortest(key, difference);
    }
  }

  private async keepShortest(key: string, difference: Difference): Promise<void> {
    const known = this.found.get(key);
    const isShorter = !known || difference.scenario.length < known.scenario.length;
    const shortest = isShorter ? await this.shortened(key, difference) : known;
    this.found.set(key, { ...shortest, count: (known?.count ?? 0) + 1 });
  }

  result(): Verification {
    const names = new Set(this.groups.map(({ election }) => election.name));
    return {
      scenarios: this.scenarios,
      compared: this.compared,
      differences: [...this.found.values()],
      leftOut: this.subject.elections.map(({ name }) => name).filter((name) => !names.has(name)),
    };
  }

  /** The first difference of each kind in a scenario, with the events up to it. */
  private async differencesIn(scenario: Scenario): Promise<Map<string, Difference>> {
    const differences = new Map<string, Difference>();
    const histories = this.groups.map((group) => new GroupHistory(group));
    const compare = (state: PacemakerState, events: Scenario) => {
      for (const history of histories.filter(({ goesOn }) => goesOn)) {
        const divergence = this.step(history, state);
        if (divergence) note(differences, history.group, divergence, events);
      }
    };
    let state = await this.scheduler.start();
    compare(state, []);
    for (const [index, event] of scenario.entries()) {
      if (histories.every(({ goesOn }) => !goesOn)) break;
      state = await this.scheduler.next(state, event, { quorate: true });
      compare(state, scenario.slice(0, index + 1));
    }
    return differences;
  }

  /** Lets nodes die until no majority is left, where the plan's policy then stops everything. */
  async playMinority(): Promise<void> {
    const { nodes, cluster } = this.subject.plan;
    if (cluster.quorumPolicy === 'ignore' || nodes.length < 3) return;
    const scenario = nodes
      .slice(0, Math.ceil(nodes.length / 2))
      .map(({ name }) => ({ kind: 'dies', node: name }) as const);
    const histories = this.groups.map((group) => new GroupHistory(group));
    let state = await this.scheduler.start();
    for (const [index, event] of scenario.entries()) {
      for (const history of histories) this.step(history, state);
      const quorate = index < scenario.length - 1;
      state = await this.scheduler.next(state, event, { quorate });
    }
    this.scenarios++;
    for (const history of histories) {
      const placement = state.placements.get(history.group.id);
      const expected = history.expected(state.conditions);
      if (!placement || expected.some((holders) => holders.join() === placement.nodes.join())) continue;
      const { before } = history;
      note(
        this.found,
        history.group,
        { expected, found: placement, before, announcedBy: [] },
        scenario,
        true,
      );
    }
  }

  private step(history: GroupHistory, { conditions, placements }: PacemakerState): Divergence | undefined {
    const placement = placements.get(history.group.id);
    if (!placement) throw new Error(`the scheduler says nothing of ${history.group.id}`);
    this.compared++;
    return history.step(conditions, placement);
  }

  /** Leaves out one event after the other while the difference stays. */
  private async shortened(key: string, difference: Difference): Promise<Difference> {
    let shortest = difference;
    for (let index = 0; index < shortest.scenario.length; ) {
      const fewer = possibleEvents(shortest.scenario.filter((_, place) => place !== index));
      const shown = (await this.differencesIn(fewer)).get(key);
      if (shown && shown.scenario.length < shortest.scenario.length) {
        shortest = shown;
        index = 0;
      } else index++;
    }
    return shortest;
  }
}

function note(
  differences: Map<string, Difference>,
  { id, election }: ComparedGroup,
  divergence: Divergence,
  scenario: Scenario,
  isMinority = false,
): void {
  const { announcedBy, expected, found } = divergence;
  const last = scenario.at(-1);
  const kind = isMinority
    ? 'minority'
    : announcedBy
      ? announcedBy.map(({ code }) => code).join()
      : `${last?.kind ?? 'start'} ${expected.map((nodes) => nodes.join('+')).join('/')} ${placementKey(found)}`;
  const key = `${id} ${kind}`;
  if (!differences.has(key)) {
    differences.set(key, { ...divergence, group: id, election, scenario, isMinority, count: 1 });
  }
}

/** Events without those that cannot happen any more: a node that did not die does not return. */
function possibleEvents(scenario: Scenario): Scenario {
  let conditions: Conditions = usualConditions;
  return scenario.filter((event) => {
    const possible = happens(conditions, event);
    if (possible) conditions = after(conditions, event);
    return possible;
  });
}
