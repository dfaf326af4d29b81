import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { type Candidate, Election, Undecided } from './election.ts';
import { Simulation } from './simulation.ts';

/** Something that happens to a cluster. `check` is the name of the node attribute that tells of it. */
export type Event =
  | { readonly kind: 'dies' | 'returns'; readonly node: string }
  | { readonly kind: 'fails' | 'recovers'; readonly node: string; readonly check: string };

/** Each group of a cluster with its candidates, in Keepalived's terms. */
export type Groups = Readonly<Record<string, readonly Candidate[]>>;

/**
 * Lets the same things happen to Keepalived's election and to the plan in crm_simulate, and compares the holders after
 * each. Ends where the election is undecided. Returns how many states were compared.
 */
export function compareHolders(plan: Plan, groups: Groups, events: readonly Event[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-placement-'));
  try {
    return new History(plan, groups, folder).run(events);
  } catch (error) {
    if (error instanceof Undecided) return 0;
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

class History {
  private readonly elections: readonly (readonly [string, Election])[];
  private readonly simulation: Simulation;
  private readonly members: ReadonlyMap<string, readonly string[]>;
  /** The attributes of each node, as its agents would keep them. */
  private readonly attributes: Record<string, Record<string, string>>;

  constructor(plan: Plan, groups: Groups, folder: string) {
    this.elections = Object.entries(groups).map(([group, candidates]) => [group, new Election(candidates)]);
    this.members = new Map(plan.resources.map((r) => [r.id, r.kind === 'group' ? r.members : []]));
    const nodes = plan.nodes.map(({ name }) => name);
    const watched = plan.constraints.flatMap((c) => (c.kind === 'rule' ? [c.attribute] : []));
    const good = Object.fromEntries(watched.map((attribute) => [attribute, attributeValue(attribute, true)]));
    this.attributes = Object.fromEntries(nodes.map((node) => [node, { ...good }]));
    this.simulation = new Simulation(folder, configurationXml(plan).join('\n'), nodes, this.attributes);
  }

  run(events: readonly Event[]): number {
    let compared = this.compare('at the start');
    const told: string[] = [];
    for (const event of events) {
      told.push(
        'check' in event ? `${event.check} ${event.kind} on ${event.node}` : `${event.node} ${event.kind}`,
      );
      try {
        this.happen(event);
      } catch (error) {
        if (error instanceof Undecided) return compared;
        throw error;
      }
      compared += this.compare(told.join(', then '));
    }
    return compared;
  }

  private happen(event: Event): void {
    const { node } = event;
    if ('check' in event) {
      const good = event.kind === 'recovers';
      for (const [, election] of this.elections) election.report(node, event.check, good);
      this.attributes[node] = { ...this.attributes[node], [event.check]: attributeValue(event.check, good) };
      this.simulation.report(this.attributes);
    } else if (event.kind === 'dies') {
      for (const [, election] of this.elections) election.kill(node);
      this.simulation.kill(node);
    } else {
      for (const [, election] of this.elections) election.bringBack(node);
      this.simulation.bringBack(node, this.attributes);
    }
  }

  private compare(told: string): number {
    for (const [group, { holder }] of this.elections) {
      const holders = this.simulation.holders(this.members.get(group) ?? []);
      expect(holders, `${group} ${told}`).toEqual(holder === undefined ? [] : [holder]);
    }
    return 1;
  }
}

/** The track agent keeps 0 while its check is good, ethmonitor 1 while its link is up. */
function attributeValue(attribute: string, good: boolean): string {
  return good === attribute.startsWith('kp_link_') ? '1' : '0';
}
