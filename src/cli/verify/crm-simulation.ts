import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  after,
  type ClusterEvent,
  conditionsKey,
  usualConditions,
} from '../../keepalived/election/conditions.ts';
import type { ElectionGroup } from '../../keepalived/election/contender.ts';
import type { Plan } from '../../pacemaker/plan.ts';
import { type Attributes, withAttributes, withNodes, withReturned } from '../../verify/cib-status.ts';
import { attributesOn, type WatchedAttribute, watchedAttributes } from '../../verify/node-attributes.ts';
import { type PacemakerState, placementKey, type Scheduler } from '../../verify/placement.ts';
import { placementsIn } from '../../verify/read-simulation.ts';
import { ProgramFailed, type RunProgram } from './run-program.ts';

interface SimulatedState extends PacemakerState {
  /** The CIB with its status. */
  readonly file: string;
}

/**
 * A cluster in crm_simulate: CIB files whose status the scheduler carries on from state to state. Nothing runs but the
 * scheduler: neither agents nor root are needed. A state that was reached before is not simulated again.
 */
export class CrmSimulation implements Scheduler {
  /** Runs of crm_simulate so far. */
  runs = 0;
  private readonly run: RunProgram;
  private readonly folder: string;
  private readonly cib: string;
  private readonly plan: Plan;
  private readonly watched: readonly WatchedAttribute[];
  private readonly states = new Map<string, Promise<SimulatedState>>();

  /**
   * @param cib the configuration, without a status
   * @param place how programs are run, and where files may lie
   */
  constructor(
    cib: string,
    { plan, elections }: { readonly plan: Plan; readonly elections: readonly ElectionGroup[] },
    { run, folder }: { readonly run: RunProgram; readonly folder: string },
  ) {
    this.run = run;
    this.folder = folder;
    this.cib = cib;
    this.plan = plan;
    this.watched = watchedAttributes(plan, elections);
  }

  start(): Promise<PacemakerState> {
    return this.once('start', async (file) => {
      const attributes = new Map(
        this.plan.nodes.map(({ name }) => [name, this.attributes(name, usualConditions)]),
      );
      const begin = async (cib: string) => {
        writeFileSync(file, withNodes(cib, attributes));
        return { ...(await this.simulate(file, [], true)), conditions: usualConditions };
      };
      try {
        // Without the schema, against which the file is checked once before, a run takes less than half the time.
        return await begin(this.cib.replace(/ validate-with="[^"]*"/, ' validate-with="none"'));
      } catch (error) {
        if (!(error instanceof ProgramFailed)) throw error;
        return begin(this.cib);
      }
    });
  }

  next(
    before: PacemakerState,
    event: ClusterEvent,
    { quorate }: { quorate: boolean },
  ): Promise<PacemakerState> {
    const conditions = after(before.conditions, event);
    // What changes on a node that is down shows when it is back.
    if ('object' in event && conditions.away.has(event.node) && quorate) {
      return Promise.resolve({ ...before, conditions });
    }
    const injected = this.injection(event);
    const placements = [...before.placements].map(([id, placement]) => `${id} ${placementKey(placement)}`);
    const away = [...before.conditions.away].sort();
    const key = [conditionsKey(conditions), quorate, ...injected, ...away, ...placements].join('|');
    return this.once(key, async (file) => {
      const cib = readFileSync((before as SimulatedState).file, 'utf8');
      const own = this.attributes(event.node, conditions);
      if (event.kind === 'returns') writeFileSync(file, withReturned(cib, event.node, own));
      else if ('object' in event) writeFileSync(file, withAttributes(cib, event.node, own));
      else writeFileSync(file, cib);
      return { ...(await this.simulate(file, injected, quorate)), conditions };
    });
  }

  private injection(event: ClusterEvent): string[] {
    if (event.kind === 'dies') return ['--node-fail', event.node];
    if (event.kind === 'leaves') return ['--node-down', event.node];
    return [];
  }

  private attributes(node: string, conditions: PacemakerState['conditions']): Attributes {
    return attributesOn(this.watched, node, conditions);
  }

  private once(key: string, make: (file: string) => Promise<SimulatedState>): Promise<SimulatedState> {
    const known = this.states.get(key);
    if (known) return known;
    const made = make(join(this.folder, `state-${this.states.size}.xml`));
    this.states.set(key, made);
    return made;
  }

  /** Lets the scheduler do what it wants to, and writes what comes of it into the same file. */
  private async simulate(
    file: string,
    injected: readonly string[],
    quorate: boolean,
  ): Promise<Omit<SimulatedState, 'conditions'>> {
    this.runs++;
    // 2.1.5 does not undo a have-quorum="0" of the file by the option alone.
    if (!quorate) {
      const text = readFileSync(file, 'utf8');
      writeFileSync(file, text.replace(/ have-quorum="[^"]*"/, ' have-quorum="0"'));
    }
    const words = ['-x', file, ...injected, `--quorum=${quorate ? 1 : 0}`, '-S', '-O', file];
    const output = await this.run('crm_simulate', words);
    return { placements: placementsIn(output, this.plan), file };
  }
}
