import { byKind, entries, list, mapping, optional } from './collection-shapes.ts';
import type { NeededBy, Service, ServiceKind, ServicePlace } from './companion.ts';
import { operations } from './operations-shape.ts';
import { metaAttributes, parameters } from './parameters.ts';
import { choice, numberOr, text, yes } from './scalar-shapes.ts';
import { filesystem, nfs, nginx } from './service-kinds-shape.ts';
import { located, made, named, type Read, type Shape } from './shape.ts';
import { instanceName, resourceName } from './texts.ts';

const score = numberOr('INFINITY', 1, 253);

const locatedInstance = located(instanceName);
const instanceKey = { takes: 'the name of an instance', pattern: /^\S(?:[\s\S]*\S)?$/ };

const neededBy: Shape<readonly NeededBy[]> = byKind<readonly NeededBy[]>({
  scalar: made(locatedInstance, (instance) => [{ instance, score: 'INFINITY' }]),
  list: made(list(locatedInstance), (all) => all.map((instance) => ({ instance, score: 'INFINITY' }))),
  mapping: made(entries(instanceKey, score), (all) =>
    all.map(({ name, value }) => ({ instance: name, score: value })),
  ),
});

const after = byKind({
  scalar: made(locatedInstance, (one) => [one]),
  list: list(locatedInstance),
});

const fields = {
  follows: optional(
    locatedInstance,
    'The vrrp_instance or vrrp_sync_group whose addresses it follows: it joins their group.',
  ),
  clone: optional(yes, 'It runs on every node.'),
  agent: optional(
    located(
      text({
        takes: 'an agent such as ocf:heartbeat:apache or systemd:httpd',
        pattern: /^[A-Za-z0-9_]+:[A-Za-z0-9_.@:-]+$/,
      }),
    ),
    'The resource agent, with its class.',
  ),
  nginx: optional(nginx, 'An nginx under `ocf:heartbeat:nginx`.'),
  filesystem: optional(filesystem, 'A file system that is mounted where the addresses are.'),
  nfs: optional(nfs, 'An NFS server: file system, server and exports start before the addresses.'),
  start: optional(
    choice(['before', 'after']),
    'Before or after the addresses; after if not said, a file system before.',
  ),
  after: optional(after, 'Clones and instances that start before this clone, where they start together.'),
  'needed-by': optional(
    neededBy,
    'Instances that run only where this clone runs; or each with the weight that a running clone gives a node.',
  ),
  parameters: optional(parameters, "The agent's parameters, by its own names."),
  operations: optional(operations, 'What the cluster runs, how often, and how long it may take.'),
  meta: optional(
    metaAttributes,
    'Meta attributes of the resource: `migration-threshold`, `resource-stickiness`.',
  ),
} as const;

const ofOneResource = ['parameters', 'operations', 'meta'];

const shape = mapping(fields, {
  oneOf: [
    ['follows', 'clone'],
    ['agent', 'nginx', 'filesystem', 'nfs'],
  ],
  excludes: {
    clone: ['start', 'filesystem', 'nfs'],
    follows: ['after', 'needed-by'],
    nfs: ['start', ...ofOneResource],
  },
});

type ServiceFields = Read<typeof shape>;

const service: Shape<Omit<Service, 'name'>> = named(
  'service',
  'A service',
  made(shape, (read) => {
    const what = kindOf(read);
    const place = placeOf(read);
    if (!what || !place) return undefined;
    const { parameters: given = [], operations: run = [], meta = [] } = read;
    return { what, place, parameters: given, operations: run, meta };
  }),
);

function kindOf({
  agent,
  nginx: web,
  filesystem: disk,
  nfs: server,
}: ServiceFields): ServiceKind | undefined {
  if (agent) return { kind: 'agent', agent };
  if (web) return { kind: 'nginx', nginx: web };
  if (disk) return { kind: 'filesystem', filesystem: disk };
  return server && { kind: 'nfs', nfs: server };
}

function placeOf(read: ServiceFields): ServicePlace | undefined {
  const { follows, start, clone, after: earlier = [], 'needed-by': users = [] } = read;
  if (clone) return { kind: 'clone', after: earlier, neededBy: users };
  if (!follows) return undefined;
  const early = read.nfs !== undefined || read.filesystem !== undefined;
  return { kind: 'follows', instance: follows, start: start ?? (early ? 'before' : 'after') };
}

/** The services, by names of the author's choice. */
export const services: Shape<readonly Service[]> = made(entries(resourceName, service), (read) =>
  read.map(({ name, value }) => ({ name, ...value })),
);
