import { argumentsOf, type BoundDirective } from '../../keepalived/bound-directive.ts';
import type { Checker } from '../../keepalived/checker-configuration.ts';
import { type Family, formatIpAddress, type IpAddress } from '../../keepalived/ip-address.ts';
import type { RealServer, VirtualServer } from '../../keepalived/lvs-configuration.ts';
import { type ServerCheck, serverCheck } from './ldirectord-check.ts';
import type { Losses } from './losses.ts';

/** What the services of a configuration have in common. */
export interface Surroundings {
  /** Runs the commands of MISC_CHECK, and those of quorum_up and quorum_down. */
  readonly checkCommand: string;
  readonly quorumCommand: string;
  /** Lines about mail. */
  readonly mail: readonly string[];
}

/** More services than a file should list one by one. */
const mostServices = 256;

const methods = { NAT: 'masq', DR: 'gate', TUN: 'ipip' } as const;

/** A virtual server as ldirectord serves it; undefined where it cannot, which `refused` then holds. */
export function virtualSections(
  server: VirtualServer,
  surroundings: Surroundings,
  losses: Losses,
  refused: Losses,
): string[] | undefined {
  const services = servicesOf(server);
  const problem = problemOf(server, services.length);
  if (problem !== undefined) {
    refused.add(server.directive, problem);
    return undefined;
  }
  loseSettings(server, losses);
  const check = serverCheck(server, surroundings.checkCommand, losses);
  loseTimers(check, losses);
  loseVirtualHosts(server, check, losses);
  const family = server.families[0] ?? 'ipv4';
  const six = family === 'ipv6' ? '6' : '';
  const lines = [
    ...server.realServers.map((real, index) => realLine(real, check.requests?.[index], six)),
    ...fallbackLine(server, six, losses),
    ...schedulingLines(server),
    ...check.lines,
    ...timerLines(server, check.kept),
    ...(sendsMail(server) ? surroundings.mail : []),
    ...nameLine(server),
  ];
  return services.map((service) => {
    const protocol = isMark(service) ? 'fwm' : (server.protocol ?? 'tcp').toLowerCase();
    const inside = [
      ...lines,
      ...(toldServices(server).includes(service) ? quorumLine(server, surroundings.quorumCommand) : []),
      `protocol=${protocol}`,
    ].map((line) => `    ${line}`);
    return [`virtual${six}=${service}`, ...inside].join('\n');
  });
}

/** `ADDRESS:PORT` as ldirectord names a server in its file and to the commands that it runs. */
export function serverName({ family, value }: IpAddress, port: number): string {
  return `${bracketed(family, value)}:${port}`;
}

function bracketed(family: Family, value: bigint): string {
  const text = formatIpAddress(family, value);
  return family === 'ipv6' ? `[${text}]` : text;
}

/** Of the services of a virtual server: a firewall mark. */
export function isMark(service: string): boolean {
  return !service.includes(':');
}

/** The services that a virtual server is: several for a group. */
export function servicesOf({ service }: VirtualServer): string[] {
  if (service.kind === 'fwmark') return [`${service.mark}`];
  if (service.kind === 'address') return [serverName(service.address, service.port)];
  const addresses = service.group.ranges.flatMap(({ first, last, port }) => {
    const count = Math.min(Number(last.value - first.value) + 1, mostServices + 1);
    return Array.from({ length: count }, (_, index) =>
      serverName({ ...first, value: first.value + BigInt(index) }, port),
    );
  });
  return [...addresses, ...service.group.marks.map(({ mark }) => `${mark}`)];
}

/** The services whose loss ldirectord can tell a command of: it gives that an address and a port, and no mark. */
export function toldServices(server: VirtualServer): string[] {
  return servicesOf(server).filter((service) => !isMark(service));
}

function problemOf({ protocol, families, realServers, sorryServer }: VirtualServer, services: number) {
  const [family = 'ipv4', second] = families;
  if (protocol === 'SCTP') return 'ldirectord balances TCP, UDP and firewall marks, not SCTP';
  if (second) return 'ldirectord has one address family for all servers of a service';
  const all = [...realServers, ...(sorryServer ? [sorryServer] : [])];
  if (all.some(({ address }) => address.family !== family))
    return 'ldirectord wants servers of the same address family as the service';
  if (services > mostServices)
    return `the group has more than ${mostServices} services, and ldirectord lists each with all its servers`;
  return undefined;
}

function realLine(real: RealServer, request: string | undefined, six: string): string {
  const { address, port, weight, forwarding, upperThreshold, lowerThreshold } = real;
  return [
    `real${six}=${serverName(address, port)}`,
    methods[forwarding.method],
    `${weight}`,
    ...(request === undefined ? [] : [request]),
    ...(lowerThreshold > 0 ? [`l:${lowerThreshold}`] : []),
    ...(upperThreshold > 0 ? [`u:${upperThreshold}`] : []),
  ].join(' ');
}

function fallbackLine({ sorryServer, directive }: VirtualServer, six: string, losses: Losses): string[] {
  if (!sorryServer) return [];
  if (sorryServer.inhibitOnFailure)
    losses.line(
      directive,
      'sorry_server_inhibit',
      'ldirectord adds the fallback server and takes it out again',
    );
  const { address, port, forwarding } = sorryServer;
  return [`fallback${six}=${serverName(address, port)} ${methods[forwarding.method]}`];
}

function schedulingLines(server: VirtualServer): string[] {
  const { scheduler, schedulerFlags, persistenceTimeoutS, persistenceGranularity } = server;
  return [
    `scheduler=${scheduler}`,
    ...(schedulerFlags.length > 0 ? [`schedflags=${schedulerFlags.join(',')}`] : []),
    ...(persistenceTimeoutS > 0 ? [`persistent=${persistenceTimeoutS}`] : []),
    ...(persistenceTimeoutS > 0 && persistenceGranularity !== undefined
      ? [`netmask=${persistenceGranularity}`]
      : []),
    ...(server.onePacket ? ['ops=yes'] : []),
    `quiescent=${server.realServers.every((real) => real.inhibitOnFailure) ? 'yes' : 'no'}`,
  ];
}

/** Whole seconds, and as many failures in a row as Keepalived has tries. */
function timerLines(server: VirtualServer, kept: readonly Checker[]): string[] {
  const repeated = kept.flatMap((checker) => ('delayLoopMs' in checker ? [checker] : []));
  const shortest = (values: readonly number[], otherwise: number) =>
    Math.max(1, Math.ceil((values.length > 0 ? Math.min(...values) : otherwise) / 1000));
  const timeouts = kept.flatMap((checker) => {
    if ('connection' in checker) return [checker.connection.connectTimeoutMs];
    if (checker.kind !== 'MISC_CHECK') return [];
    return [checker.timeoutMs > 0 ? checker.timeoutMs : server.delayLoopMs];
  });
  const timeoutS = shortest(timeouts, server.connectTimeoutMs);
  const tries = repeated.length > 0 ? Math.max(...repeated.map(({ retry }) => retry)) + 1 : 1;
  const intervals = repeated.map(({ delayLoopMs }) => delayLoopMs);
  return [
    `checkinterval=${shortest(intervals, server.delayLoopMs)}`,
    `checktimeout=${timeoutS}`,
    `negotiatetimeout=${timeoutS}`,
    `failurecount=${tries}`,
  ];
}

function quorumLine({ quorumUp, quorumDown }: VirtualServer, command: string): string[] {
  return quorumUp || quorumDown ? [`fallbackcommand="${command}"`] : [];
}

function sendsMail({ smtpAlert, realServers }: VirtualServer): boolean {
  return smtpAlert || realServers.some((real) => real.smtpAlert);
}

function nameLine({ snmpName }: VirtualServer): string[] {
  return snmpName !== undefined && /^[^#\t\r\n]+$/.test(snmpName) ? [`servicename=${snmpName}`] : [];
}

/** Keywords of a virtual server or a real server that ldirectord has nothing for, and what it does instead. */
const lostKeywords: Readonly<Record<string, string>> = {
  alpha: 'to ldirectord a new server is down until its first check succeeds, whatever alpha says',
  omega: 'ldirectord runs no commands when it stops',
  ha_suspend: 'ldirectord checks on every node all the time',
  quorum: 'ldirectord takes the fallback server when no server is left, not before',
  hysteresis: 'ldirectord knows no quorum',
  persistence_engine: 'ldirectord has no persistence engine',
  warmup: 'ldirectord checks at once when it starts',
  notify_up: 'ldirectord runs no command when a server comes back',
  notify_down: 'ldirectord runs no command when a server fails',
  delay_before_retry: 'ldirectord tries again after its interval between checks, as often as retry says',
};

function loseSettings(server: VirtualServer, losses: Losses): void {
  const { directive, realServers, quorum } = server;
  const blocks = [directive, ...realServers.map((real) => real.directive)];
  for (const block of blocks) {
    for (const [keyword, what] of Object.entries(lostKeywords)) {
      if (keyword === 'quorum' && quorum <= 1) continue;
      losses.line(block, keyword, what);
    }
    loseTunnels(block, losses);
  }
  if (servicesOf(server).some(isMark))
    for (const keyword of ['quorum_up', 'quorum_down'])
      losses.line(
        directive,
        keyword,
        'ldirectord does not tell a command which firewall mark it is about, so that it runs for addresses only',
      );
  const inhibits = realServers.map((real) => real.inhibitOnFailure);
  if (new Set(inhibits).size > 1)
    for (const block of blocks)
      losses.line(block, 'inhibit_on_failure', 'ldirectord does so for all servers of a service or for none');
}

function loseTunnels(block: BoundDirective, losses: Losses): void {
  for (const line of block.children) {
    const [keyword] = line.directive.words;
    const isMethod = /^(?:lb_kind|lvs_method|sorry_server_lvs_method)$/.test(keyword.value);
    if (isMethod && argumentsOf(line)[0] === 'TUN' && argumentsOf(line).length > 1)
      losses.add(line, 'ldirectord has tunnels of the kind ipip only');
  }
}

/** Keywords of a check that ldirectord has nothing for. */
const lostOfChecks: Readonly<Record<string, string>> = {
  connect_ip: 'ldirectord checks the address of the real server itself',
  bindto: 'ldirectord checks from whatever address the kernel takes',
  bind_port: 'ldirectord checks from whatever port the kernel takes',
  bind_if: 'ldirectord checks through whatever interface the kernel takes',
  fwmark: 'ldirectord does not mark its checks',
  warmup: 'ldirectord checks at once when it starts',
  alpha: 'to ldirectord a new server is down until its first check succeeds, whatever alpha says',
  delay_before_retry: 'ldirectord tries again after its interval between checks, as often as retry says',
  fast_recovery: 'to ldirectord one good answer is enough in any case',
  // Read in ldirectord of resource-agents 4.12: it asks for an URL with the address of the server.
  enable_sni: 'ldirectord names no host when TLS begins: it asks by the address of the server',
};

function loseTimers({ kept }: ServerCheck, losses: Losses): void {
  for (const { directive } of kept)
    for (const [keyword, what] of Object.entries(lostOfChecks)) losses.line(directive, keyword, what);
}

/** The name of a host for pages that nobody asks for. */
function loseVirtualHosts(
  { directive, realServers }: VirtualServer,
  { kept }: ServerCheck,
  losses: Losses,
): void {
  const asksPages = ({ kind }: Checker) => kind === 'HTTP_GET' || kind === 'SSL_GET';
  if (kept.some(asksPages) || !realServers.some(({ checkers }) => checkers.some(asksPages))) return;
  for (const block of [directive, ...realServers.map((real) => real.directive)])
    losses.line(block, 'virtualhost', 'ldirectord asks these servers for no page');
}
