import type { TrackedObject } from './contender.ts';

/** The name of a tracked object, one for each node. */
export type ObjectKey = string;

export type ObjectName = Pick<TrackedObject, 'kind' | 'name'>;

function objectKey(node: string, { kind, name }: ObjectName): ObjectKey {
  return `${node} ${kind} ${name}`;
}

/** The state of everything that an election depends on, besides who holds what. */
export interface Conditions {
  /** Nodes that are down, or whose daemon is. */
  readonly away: ReadonlySet<string>;
  /**
   * What is not as usual. A file's value, where 0 is usual; 0 for any other object that is bad.
   */
  readonly unusual: ReadonlyMap<ObjectKey, number>;
}

/** All nodes up, every object good, every file 0. */
export const usualConditions: Conditions = { away: new Set(), unusual: new Map() };

/** Something that happens to a cluster. `leaves` is a clean stop, `dies` a silent end. */
export type ClusterEvent =
  | { readonly kind: 'dies' | 'leaves' | 'returns'; readonly node: string }
  | { readonly kind: 'fails' | 'recovers'; readonly node: string; readonly object: ObjectName }
  | { readonly kind: 'writes'; readonly node: string; readonly object: ObjectName; readonly value: number };

/** The state of an object: a file's value; for others 1 good, 0 bad. */
export function stateOf({ unusual }: Conditions, node: string, object: ObjectName): number {
  return unusual.get(objectKey(node, object)) ?? (object.kind === 'file' ? 0 : 1);
}

/** The conditions after an event. */
export function after(conditions: Conditions, event: ClusterEvent): Conditions {
  const away = new Set(conditions.away);
  const unusual = new Map(conditions.unusual);
  switch (event.kind) {
    case 'dies':
    case 'leaves':
      away.add(event.node);
      break;
    case 'returns':
      away.delete(event.node);
      break;
    case 'fails':
      unusual.set(objectKey(event.node, event.object), 0);
      break;
    case 'recovers':
      unusual.delete(objectKey(event.node, event.object));
      break;
    case 'writes':
      if (event.value === 0) unusual.delete(objectKey(event.node, event.object));
      else unusual.set(objectKey(event.node, event.object), event.value);
  }
  return { away, unusual };
}

/** Whether an event changes anything: a dead node does not die again. */
export function happens({ away, unusual }: Conditions, event: ClusterEvent): boolean {
  if (!('object' in event)) return (event.kind === 'returns') === away.has(event.node);
  const key = objectKey(event.node, event.object);
  if (event.kind === 'writes') return (unusual.get(key) ?? 0) !== event.value;
  return (event.kind === 'fails') !== unusual.has(key);
}

/** One text for equal conditions. */
export function conditionsKey({ away, unusual }: Conditions): string {
  const states = [...unusual].map(([key, value]) => `${key}=${value}`).sort();
  return `${[...away].sort().join(',')};${states.join(',')}`;
}
