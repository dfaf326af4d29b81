import type { Span } from '../../grammar/source/span.ts';
import { type Conditions, type ObjectName, stateOf } from '../keepalived/election/conditions.ts';
import type { ElectionGroup, TrackedObject } from '../keepalived/election/contender.ts';
import { adjustmentOf } from '../keepalived/election/effective-priority.ts';
import type { Place, Plan, Primitive } from '../pacemaker/plan.ts';

/** A node attribute that an agent of the plan keeps, and the tracked object that it tells of, if there is one. */
export interface WatchedAttribute {
  readonly attribute: string;
  /** Absent where it tells of none. */
  readonly object?: ObjectName;
  /** Nodes on which the agent runs. */
  readonly nodes: readonly string[];
  /** What the agent writes for a state of the object. */
  readonly writes: (state: number) => string;
}

/** What an agent with these parameters writes for the state of its object: 1 good and 0 bad, or a file's value. */
type Writes = (state: number, parameters: Primitive['attributes']) => string;

const oneIfBad: Writes = (state) => (state === 0 ? '1' : '0');
const oneIfGood: Writes = (state) => (state === 0 ? '0' : '1');

const written: Readonly<Record<string, Writes>> = {
  'ocf:kp2pcm:track': oneIfBad,
  'ocf:kp2pcm:track-process': oneIfBad,
  'ocf:heartbeat:ethmonitor': oneIfGood,
  'ocf:pacemaker:ping': oneIfGood,
  'ocf:kp2pcm:track-file': (value, { weight = '1', reverse = 'false' }) => {
    const file = { kind: 'file', weight: Number(weight), reverse: reverse === 'true' } as const;
    const adjustment = adjustmentOf(file, value);
    return adjustment === 'fault' ? '-INFINITY' : `${adjustment}`;
  },
};

/** The attributes of a plan. An interface is known by its name, anything else by the lines that define it. */
export function watchedAttributes(plan: Plan, groups: readonly ElectionGroup[]): WatchedAttribute[] {
  const objects = groups.flatMap(({ contenders }) =>
    contenders.flatMap(({ members, syncGroup }) => [
      ...members.flatMap(({ tracked }) => tracked),
      ...(syncGroup?.tracked ?? []),
    ]),
  );
  return plan.resources.flatMap((resource): WatchedAttribute[] => {
    if (resource.kind !== 'primitive') return [];
    if (resource.agent === 'ocf:kp2pcm:preempt-delay') return waiting(resource, plan);
    if (resource.agent.startsWith('systemd:') || resource.origin.rule === 'service')
      return failures(resource, plan, objects);
    const writes = written[resource.agent];
    const attribute = resource.attributes['name'];
    if (!writes || attribute === undefined) return [];
    const object = objectOf(resource, objects);
    if (!object) return [];
    return [
      {
        attribute,
        object,
        nodes: nodesOf(resource, plan),
        writes: (state: number) => writes(state, resource.attributes),
      },
    ];
  });
}

/** What is compared is where everything comes to rest: by then no node waits any more. */
function waiting(agent: Primitive, plan: Plan): WatchedAttribute[] {
  const attribute = agent.attributes['name'];
  return attribute === undefined ? [] : [{ attribute, nodes: nodesOf(agent, plan), writes: () => '0' }];
}

/** So late that no failure-timeout of a test is over: 2100. */
const neverExpires = '4102444800';

/** A service that has died is one whose monitor has failed: the cluster counts that in two attributes of the node. */
function failures(service: Primitive, plan: Plan, objects: readonly TrackedObject[]): WatchedAttribute[] {
  const object = objectOf(service, objects);
  const interval = service.operations.find(({ name }) => name === 'monitor')?.options['interval'];
  if (!object || interval === undefined) return [];
  const operation = `${service.id}#monitor_${millisecondsOf(interval)}`;
  const nodes = nodesOf(service, plan);
  return [
    { attribute: `fail-count-${operation}`, object, nodes, writes: (state) => (state === 0 ? '1' : '0') },
    { attribute: `last-failure-${operation}`, object, nodes, writes: () => neverExpires },
  ];
}

/** Pacemaker's units, of which the companion file takes each; a bare number is seconds. */
function millisecondsOf(time: string): number {
  const [, number = '', unit = 's'] = /^(\d+)([a-z]+)?$/.exec(time) ?? [];
  const scale: Readonly<Record<string, number>> = {
    ...{ us: 0.001, ms: 1, s: 1000, sec: 1000 },
    ...{ m: 60_000, min: 60_000, h: 3_600_000, hr: 3_600_000 },
  };
  return Math.floor(Number(number) * (scale[unit] ?? 1000));
}

function objectOf(
  { attributes, origin }: Primitive,
  objects: readonly TrackedObject[],
): ObjectName | undefined {
  const link = attributes['interface'];
  if (link !== undefined) return { kind: 'interface', name: link };
  return objects.find(({ from }) => from.some((span) => origin.from.some((place) => isAt(span, place))));
}

function isAt(span: Span, place: Place): boolean {
  return span.file === place.file && span.line === place.line && span.column === place.column;
}

function nodesOf({ id }: Primitive, { nodes, constraints }: Plan): string[] {
  const banned = constraints.flatMap((constraint) =>
    constraint.kind === 'avoids' && constraint.resource === `${id}-clone` ? [constraint.node] : [],
  );
  return nodes.map(({ name }) => name).filter((name) => !banned.includes(name));
}

/** The attributes that a node has under these conditions. */
export function attributesOn(
  watched: readonly WatchedAttribute[],
  node: string,
  conditions: Conditions,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    watched
      .filter(({ nodes }) => nodes.includes(node))
      .map(({ attribute, object, writes }) => [
        attribute,
        writes(object ? stateOf(conditions, node, object) : 1),
      ]),
  );
}
