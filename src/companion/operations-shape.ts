import { byKind, list, mapping, optional } from './collection-shapes.ts';
import type { ServiceOperation } from './companion.ts';
import { choice, wholeNumber } from './scalar-shapes.ts';
import { made, named, type Read, type Shape, said } from './shape.ts';
import { time } from './texts.ts';

const operation = named(
  'operation',
  'An operation',
  mapping({
    interval: optional(time, 'How often it runs; for monitor.'),
    timeout: optional(time, 'How long it may take.'),
    'on-fail': optional(
      choice(['ignore', 'block', 'stop', 'restart', 'standby', 'fence']),
      'What the cluster does if it fails.',
    ),
    'check-level': optional(
      wholeNumber(0, 100),
      'How deep a monitor looks, where the agent knows several depths.',
    ),
  }),
);

function operationNamed(name: ServiceOperation['name'], read: Read<typeof operation>): ServiceOperation {
  const { interval, timeout, 'on-fail': onFail, 'check-level': checkLevel } = read;
  return { name, ...said({ interval, timeout, onFail, checkLevel }) };
}

const monitors = byKind({
  mapping: made(operation, (one) => [operationNamed('monitor', one)]),
  list: made(list(operation), (all) => all.map((one) => operationNamed('monitor', one))),
});

/** What the cluster does with a service. */
export const operations: Shape<readonly ServiceOperation[]> = named(
  'operations',
  'The operations',
  made(
    mapping({
      monitor: optional(monitors, 'One, or a list of several with different intervals.'),
      start: optional(operation, 'The start.'),
      stop: optional(operation, 'The stop.'),
    }),
    ({ monitor = [], start, stop }) => [
      ...monitor,
      ...(start ? [operationNamed('start', start)] : []),
      ...(stop ? [operationNamed('stop', stop)] : []),
    ],
  ),
);
