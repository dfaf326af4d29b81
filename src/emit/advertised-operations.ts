import type { Operation, Primitive } from '../pacemaker/plan.ts';

type Advertised = Readonly<Record<Operation['name'], Operation['options']>>;

const quick: Advertised = {
  monitor: { interval: '10s', timeout: '20s' },
  start: { interval: '0s', timeout: '20s' },
  stop: { interval: '0s', timeout: '20s' },
};

/**
 * What the agents advertise in their metadata, the same in resource-agents 4.7 (Debian 11) to 4.16 (Debian 13).
 * `pcs resource create` reads it on the node and adds each operation that the command does not name; where nobody reads
 * it, a start would have Pacemaker's 20 s. The replay of the fixtures shows when a row is missing.
 */
const advertised: Readonly<Record<string, Advertised>> = {
  'ocf:heartbeat:IPaddr2': quick,
  'ocf:heartbeat:ethmonitor': {
    monitor: { interval: '10s', timeout: '60s' },
    start: { interval: '0s', timeout: '60s' },
    stop: { interval: '0s', timeout: '20s' },
  },
  'ocf:heartbeat:Route': quick,
  'ocf:kp2pcm:address': quick,
  'ocf:kp2pcm:route': quick,
  'ocf:kp2pcm:rule': quick,
  'ocf:kp2pcm:fifo': quick,
  'ocf:kp2pcm:notify': quick,
  'ocf:kp2pcm:preempt-delay': quick,
  'ocf:kp2pcm:track': quick,
  'ocf:kp2pcm:track-file': quick,
  'ocf:kp2pcm:track-process': quick,
  'ocf:kp2pcm:vmac': quick,
  'ocf:pacemaker:ping': {
    monitor: { interval: '10s', timeout: '60s' },
    start: { interval: '0s', timeout: '60s' },
    stop: { interval: '0s', timeout: '20s' },
  },
};

/** All operations of a primitive as the cluster will have them: the plan's, then what the agent advertises besides. */
export function allOperations({ agent, operations }: Primitive): Operation[] {
  const named = new Set(operations.map(({ name }) => name));
  const more = Object.entries(advertised[agent] ?? {}) as [Operation['name'], Operation['options']][];
  return [
    ...operations.map(({ name, options }) => ({ name, options: { interval: '0s', ...options } })),
    ...more.filter(([name]) => !named.has(name)).map(([name, options]) => ({ name, options })),
  ];
}
