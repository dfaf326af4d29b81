import type { MountedFilesystem, NfsService, Service, ServiceOperation } from '../companion/companion.ts';
import { attributesOf, originAt } from './companion-elements.ts';
import type { Operation, PlanSecret, Primitive } from './plan.ts';

const rule = 'service';

/** How long operations may take where the author does not say it: what the agents advertise (resource-agents 4.12). */
const times: Readonly<
  Record<string, readonly [monitor: string, timeout: string, start: string, stop: string]>
> = {
  'ocf:heartbeat:Filesystem': ['20s', '40s', '60s', '60s'],
  'ocf:heartbeat:nfsserver': ['10s', '20s', '40s', '20s'],
  'ocf:heartbeat:exportfs': ['10s', '20s', '40s', '120s'],
  'ocf:heartbeat:nginx': ['10s', '30s', '40s', '60s'],
};
const usualTimes = ['10s', '20s', '60s', '60s'] as const;

/** What a service becomes: one resource, or for NFS several, in the order in which they start. */
export function buildResources(
  service: Service,
  addresses: readonly string[],
  why: string,
): { readonly primitives: readonly Primitive[]; readonly secrets: readonly PlanSecret[] } {
  const { name, what } = service;
  const build = maker(service, why);
  switch (what.kind) {
    case 'agent':
      return build(name.value, what.agent.value, {});
    case 'filesystem':
      return build(name.value, 'ocf:heartbeat:Filesystem', mountAttributes(what.filesystem));
    case 'nginx': {
      const { configuration, status, program = '/usr/sbin/nginx' } = what.nginx;
      // The agent's own default for the program is that of another server.
      const attributes = present({ configfile: configuration, httpd: program, status10url: status });
      return build(name.value, 'ocf:heartbeat:nginx', attributes, status === undefined ? [] : [deepMonitor]);
    }
    case 'nfs':
      return { primitives: nfsResources(what.nfs, name.value, addresses, build), secrets: [] };
  }
}

/** status10url is only read at this depth. */
const deepMonitor: ServiceOperation = { name: 'monitor', interval: '30s', timeout: '30s', checkLevel: 10 };

type Build = (
  id: string,
  agent: string,
  attributes: Readonly<Record<string, string>>,
  more?: readonly ServiceOperation[],
) => { readonly primitives: readonly Primitive[]; readonly secrets: readonly PlanSecret[] };

function maker({ name, parameters, operations, meta }: Service, why: string): Build {
  return (id, agent, attributes, more = []) => {
    const given = attributesOf(id, parameters);
    const primitive: Primitive = {
      kind: 'primitive',
      id,
      agent,
      attributes: { ...attributes, ...given.attributes },
      operations: operationsOf(agent, operations, more),
      meta: attributesOf(id, meta).attributes,
      origin: originAt(rule, 'equivalent', why, [name.at]),
    };
    return { primitives: [primitive], secrets: given.secrets };
  };
}

/** Clients see the address only when the exports are there, and lose it first. */
function nfsResources(
  { filesystem, state, exports }: NfsService,
  name: string,
  addresses: readonly string[],
  build: Build,
): Primitive[] {
  const directory = state ?? (filesystem && `${filesystem.directory.replace(/\/$/, '')}/nfsinfo`);
  const disk = filesystem
    ? build(`${name}-fs`, 'ocf:heartbeat:Filesystem', mountAttributes(filesystem)).primitives
    : [];
  const server = build(
    `${name}-server`,
    'ocf:heartbeat:nfsserver',
    present({ nfs_shared_infodir: directory, nfs_ip: addresses.join(',') }),
  ).primitives;
  const shares = exports.flatMap(({ directory: shared, clients, options, fsid }, index) => {
    const attributes = present({
      clientspec: clients,
      directory: shared,
      options,
      fsid: fsid ?? `${index + 1}`,
    });
    return build(`${name}-export-${index + 1}`, 'ocf:heartbeat:exportfs', attributes).primitives;
  });
  return [...disk, ...server, ...shares];
}

function mountAttributes({ device, directory, type, options }: MountedFilesystem): Record<string, string> {
  return present({ device, directory, fstype: type, options });
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The author's operations, and the usual ones that are missing. */
function operationsOf(
  agent: string,
  given: readonly ServiceOperation[],
  more: readonly ServiceOperation[],
): Operation[] {
  const [interval, timeout, start, stop] = times[agent] ?? usualTimes;
  const monitors = given.filter(({ name }) => name === 'monitor');
  const one = (name: 'start' | 'stop', usual: string): ServiceOperation =>
    given.find((operation) => operation.name === name) ?? { name, timeout: usual };
  const watched = monitors.length > 0 ? monitors : [{ name: 'monitor', interval, timeout } as const, ...more];
  return [...watched, one('start', start), one('stop', stop)].map((operation) => ({
    name: operation.name,
    options: present({
      interval: operation.interval ?? (operation.name === 'monitor' ? interval : undefined),
      timeout: operation.timeout ?? (operation.name === 'monitor' ? timeout : undefined),
      'on-fail': operation.onFail,
      OCF_CHECK_LEVEL: operation.checkLevel === undefined ? undefined : `${operation.checkLevel}`,
    }),
  }));
}
