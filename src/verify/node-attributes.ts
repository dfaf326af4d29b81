import type { Span } from '../../grammar/source/span.ts';
import { type Conditions, type ObjectName, objectKey, stateOf } from '../keepalived/election/conditions.ts';
import type { ElectionGroup, TrackedObject } from '../keepalived/election/contender.ts';
import type { Place, Plan, Primitive } from '../pacemaker/plan.ts';

/** A node attribute that an agent of the plan keeps, and the tracked object that it tells of. */
export interface WatchedAttribute {
  readonly attribute: string;
  readonly object: ObjectName;
  /** Nodes on which the agent runs. */
  readonly nodes: readonly string[];
  /** What the agent writes for a state of the object. */
  readonly writes: (state: number) => string;
}

/** What each agent writes for the state of its object: 1 good and 0 bad, or a file's value. */
const written: Readonly<Record<string, (state: number) => string>> = {
  'ocf:kp2pcm:track': (state) => (state === 0 ? '1' : '0'),
  'ocf:heartbeat:ethmonitor': (state) => (state === 0 ? '0' : '1'),
};

/** The attributes of a plan. An interface is known by its name, anything else by the lines that define it. */
export function watchedAttributes(plan: Plan, groups: readonly ElectionGroup[]): WatchedAttribute[] {
  const objects = groups.flatMap(({ contenders }) =>
    contenders.flatMap(({ members, syncGroup }) => [
      ...members.flatMap(({ tracked }) => tracked),
      ...(syncGroup?.tracked ?? []),
    ]),
  );
  return plan.resources.flatMap((resource) => {
    if (resource.kind !== 'primitive') return [];
    const writes = written[resource.agent];
    const attribute = resource.attributes['name'];
    if (!writes || attribute === undefined) return [];
    const object = objectOf(resource, objects);
    if (!object) return [];
    return [{ attribute, object, nodes: nodesOf(resource, plan), writes }];
  });
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
      .map(({ attribute, object, writes }) => [attribute, writes(stateOf(conditions, node, object))]),
  );
}

/** The tracked objects, by node, of which no attribute tells. */
export function unwatched(
  watched: readonly WatchedAttribute[],
  node: string,
  objects: readonly TrackedObject[],
): TrackedObject[] {
  const known = new Set(watched.flatMap(({ nodes, object }) => nodes.map((name) => objectKey(name, object))));
  return objects.filter((object) => !known.has(objectKey(node, object)));
}
