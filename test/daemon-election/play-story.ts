import { setTimeout as sleep } from 'node:timers/promises';
import { after, type ClusterEvent, type Conditions } from '../../src/keepalived/election/conditions.ts';
import type { ElectionGroup, TrackedObject } from '../../src/keepalived/election/contender.ts';
import { holdersIn, type Masters, type Settled, settle } from '../../src/keepalived/election/settle.ts';
import { translateNodes } from '../memory-tree.ts';
import type { NamespaceCluster } from './namespace-cluster.ts';

/** Configurations and what happens to them. */
export interface Story {
  /** What it shows. */
  readonly name: string;
  readonly nodes: Readonly<Record<string, string>>;
  /** Each starts anew, with no daemon running. */
  readonly sequences: readonly Sequence[];
}

/**
 * Events one after the other; those in a list of their own happen at once. The network `parts` so that no node hears
 * another, and `heals`.
 */
export type Sequence = readonly (ClusterEvent | readonly ClusterEvent[] | 'parts' | 'heals')[];

/** How long nothing may change before it counts as settled, beyond the time that the timers may take. */
const quietMs = 1500;
/** A script's interval and run, before its result counts. */
const detectionMs = 1600;
const patienceMs = 40_000;

/** An address of each instance, by the order of instances in `texts`. */
const addressOf = (instance: number) => `203.0.113.${instance + 1}`;

/** Plays one sequence to the daemons and to the model. Gives a sentence for the first step at which they differ. */
export async function playSequence(
  story: Story,
  cluster: NamespaceCluster,
  sequence: Sequence,
): Promise<string | undefined> {
  const groups = electionsOf(story);
  cluster.reset(checksOf(groups));
  let conditions: Conditions = { away: new Set(Object.keys(story.nodes)), unusual: new Map() };
  let beliefs: readonly (readonly Masters[])[] = groups.map(() => [[]]);
  const told: string[] = [];
  for (const step of sequence) {
    const events = typeof step === 'string' ? [] : [step].flat();
    told.push(typeof step === 'string' ? `the network ${step}` : events.map(describeEvent).join(' with '));
    if (typeof step === 'string') cluster.connect(step === 'heals');
    for (const event of events) {
      conditions = after(conditions, event);
      cluster.happen(event);
    }
    const now = conditions;
    const next = step === 'parts' ? settleApart : settle;
    const settled = groups.map((group, place) =>
      (beliefs[place] ?? []).flatMap((masters) => next(group, now, masters)),
    );
    const timersMs = Math.max(...settled.flat().map((outcome) => outcome.withinMs));
    const wanted = settled.map((outcomes, place) =>
      outcomes.map(({ masters }) => holders(groups[place], masters)),
    );
    const look = () => observe(groups, story, cluster, now);
    const seen = await settledHolders(look, wanted, timersMs + Math.max(0, ...events.map(noticeMs)));
    if (!seen.agrees) {
      return `${told.join(', ')}: the model says ${JSON.stringify(wanted)}, the daemons ${JSON.stringify(seen.found)}\n${cluster.logs()}`;
    }
    beliefs = settled.map((outcomes, place) =>
      outcomes
        .map(({ masters }) => masters)
        .filter((masters) => holders(groups[place], masters) === seen.found[place]),
    );
  }
  return undefined;
}

function electionsOf({ nodes }: Story): readonly ElectionGroup[] {
  const { elections = [], diagnostics } = translateNodes(nodes);
  if (elections.length === 0) throw new Error(diagnostics.map(({ summary }) => summary).join('; '));
  return elections;
}

/** What becomes of an election where each node hears itself alone. */
function settleApart(group: ElectionGroup, conditions: Conditions, masters: Masters): readonly Settled[] {
  const nodes = [...new Set(group.contenders.map(({ node }) => node))];
  return nodes.reduce<readonly Settled[]>(
    (ends, node) => {
      const away = new Set([...conditions.away, ...nodes.filter((other) => other !== node)]);
      const own = settle(group, { ...conditions, away }, masters);
      return ends.flatMap((end) =>
        own.map((more) => ({
          masters: [...end.masters, ...more.masters].sort((one, other) => one - other),
          withinMs: Math.max(end.withinMs, more.withinMs),
        })),
      );
    },
    [{ masters: [], withinMs: 0 }],
  );
}

/** How long a daemon may need to know of an event: a start, or a script's next run. Links and files are told at once. */
function noticeMs(event: ClusterEvent): number {
  if (event.kind === 'returns') return detectionMs;
  return 'object' in event && /script|bfd/.test(event.object.kind) ? detectionMs : 0;
}

function describeEvent(event: ClusterEvent): string {
  return 'object' in event
    ? `${event.object.name} ${event.kind} on ${event.node}`
    : `${event.node} ${event.kind}`;
}

function holders(group: ElectionGroup | undefined, masters: Masters): string {
  return group ? holdersIn(group, masters).join('+') : '';
}

function observe(
  groups: readonly ElectionGroup[],
  story: Story,
  cluster: NamespaceCluster,
  { away }: Conditions,
): string[] {
  return groups.map((group) => {
    const instances = new Set(group.contenders.flatMap(({ members }) => members.map((m) => m.instance)));
    const places = [...instances].map((name) => Number(/\d+$/.exec(name)?.[0] ?? 1) - 1);
    // A daemon that was killed leaves its addresses behind.
    const found = places.map((place) =>
      cluster
        .holdersOf(addressOf(place))
        .filter((node) => node in story.nodes && !away.has(node))
        .sort()
        .join('+'),
    );
    return new Set(found).size === 1 ? (found[0] ?? '') : found.join(' and ');
  });
}

interface Observation {
  readonly agrees: boolean;
  readonly found: readonly string[];
}

/** Looks until the holders are what is wanted and have been so for longer than any timer may take. */
async function settledHolders(
  look: () => string[],
  wanted: readonly (readonly string[])[],
  timersMs: number,
): Promise<Observation> {
  const began = performance.now();
  let since = began;
  let found = look();
  for (;;) {
    await sleep(50);
    const now = look();
    if (now.join() !== found.join()) since = performance.now();
    found = now;
    const time = performance.now();
    const agrees = found.every((holder, place) => wanted[place]?.includes(holder));
    if (agrees && time - since >= quietMs && time - began >= timersMs + quietMs) return { agrees, found };
    if (time - began > patienceMs) return { agrees: false, found };
  }
}

/** What is tracked, but for interfaces. */
function checksOf(groups: readonly ElectionGroup[]): TrackedObject[] {
  const objects: TrackedObject[] = groups.flatMap(({ contenders }) =>
    contenders.flatMap(({ members, syncGroup }) => [
      ...members.flatMap(({ tracked }) => tracked),
      ...(syncGroup?.tracked ?? []),
    ]),
  );
  const named = objects.map((object) => [`${object.kind} ${object.name}`, object] as const);
  return [...new Map(named).values()].filter(({ kind }) => kind !== 'interface');
}
