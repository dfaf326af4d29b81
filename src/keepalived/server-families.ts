import { argumentOf, type BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { Family } from './ip-address.ts';
import type { Forwarding, RealServer, Service } from './lvs-configuration.ts';
import { readGranularity } from './persistence.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { methodAtEnd } from './real-server.ts';
import { readServerAddress, type ServerAddress } from './server-address.ts';
import type { GivenSorryServer } from './sorry-server.ts';

export interface ServerReaders {
  readonly forwardingBefore: (line: BoundDirective) => Forwarding | undefined;
  readonly read: (line: BoundDirective, address: ServerAddress) => RealServer;
  readonly sorryServer: GivenSorryServer | undefined;
  readonly log: ReadingLog;
}

export interface ServersInOrder {
  /** Absent: unknown, or that of the group. */
  readonly family?: Family;
  readonly realServers: readonly RealServer[];
  /** Those without a method of their own or from the lines before them. */
  readonly withoutMethod: ReadonlySet<RealServer>;
  readonly sorryServer?: GivenSorryServer;
  readonly granularities: ReadonlyMap<BoundDirective, Reading<string | number>>;
}

/**
 * Goes through the lines of a virtual server that settle its address family, in their order: the first one settles it,
 * later ones must agree. A server behind a tunnel may be of either family.
 */
export function readServersInOrder(
  block: BoundDirective,
  service: Service,
  { forwardingBefore, read, sorryServer, log }: ServerReaders,
): ServersInOrder {
  let family = service.kind === 'address' ? service.address.family : undefined;
  const realServers: RealServer[] = [];
  const granularities = new Map<BoundDirective, Reading<string | number>>();
  const withoutMethod = new Set<RealServer>();
  for (const line of block.children) {
    if (line.kind !== 'keyword' || line.verdict) continue;
    const keyword = line.directive.words[0].value;
    if (keyword === 'ip_family') family = readIpFamily(line, family, log);
    else if (keyword === 'persistence_granularity') {
      const { family: its, reading } = readGranularity(line, family);
      granularities.set(line, reading);
      if ('value' in reading) family ??= its;
    } else if (keyword === 'real_server') {
      const address = readServerAddress(argumentOf(line), line.directive.words[2]?.value);
      if (!address) continue;
      const method = methodAtEnd(line, forwardingBefore(line));
      const isTunnelled = method?.method === 'TUN';
      if (!isTunnelled) family ??= address.address.family;
      if (isTunnelled || family === address.address.family) {
        const server = read(line, address);
        realServers.push(server);
        if (!method) withoutMethod.add(server);
      } else wrongFamily(line, 'real_server', log);
    }
  }
  const sorry = keptSorryServer(sorryServer, family, log);
  if (sorry && sorry.forwarding?.method !== 'TUN') family ??= sorry.address.family;
  if (!family && service.kind !== 'group') family = familyOfTunnels(realServers, sorry);
  return {
    ...(family && { family }),
    realServers,
    withoutMethod,
    ...(sorry && { sorryServer: sorry }),
    granularities,
  };
}

function readIpFamily(line: BoundDirective, known: Family | undefined, log: ReadingLog): Family | undefined {
  const word = argumentOf(line);
  const family = word === 'inet' ? 'ipv4' : word === 'inet6' ? 'ipv6' : undefined;
  if (!family) log.refuse(line, 'ip_family', 'neither inet nor inet6');
  else if (known && known !== family) log.refuse(line, 'ip_family', 'not the family of the servers');
  return known ?? family;
}

function keptSorryServer(
  server: GivenSorryServer | undefined,
  family: Family | undefined,
  log: ReadingLog,
): GivenSorryServer | undefined {
  const fits = !family || server?.address.family === family || server?.forwarding?.method === 'TUN';
  if (!server || fits) return server;
  wrongFamily(server.from, 'sorry_server', log);
  return undefined;
}

/** With nothing but tunnels the family is theirs if they agree, and IPv4 if not. */
function familyOfTunnels(
  realServers: readonly RealServer[],
  sorryServer: GivenSorryServer | undefined,
): Family {
  const all = [...(sorryServer ? [sorryServer] : []), ...realServers].map(({ address }) => address.family);
  const [first = 'ipv4'] = all;
  return all.every((family) => family === first) ? first : 'ipv4';
}

function wrongFamily(line: BoundDirective, keyword: string, log: ReadingLog): void {
  log.ignore(line, `The daemon skips a ${keyword} of another family than the virtual server.`);
  log.warn(keepalivedFindings.serverSkipped, {
    summary: `${keyword} ${argumentOf(line)} is left out: it is not of the virtual server's family`,
    detail:
      'The daemon reports it. Only a server that is reached through a tunnel (TUN) may be of another one.',
    at: line.directive.span,
    help: 'give it an address of the same family',
  });
}
