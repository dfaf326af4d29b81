import type { CheckedUrl, Checker, HttpCheck } from '../../keepalived/checker-configuration.ts';
import type { RealServer, VirtualServer } from '../../keepalived/lvs-configuration.ts';
import { bodyExpression } from './body-expression.ts';
import type { Losses } from './losses.ts';

/** How ldirectord checks the servers of one virtual server: it has one kind of check for all of them. */
export interface ServerCheck {
  /** Lines of the virtual section, `name=value`. */
  readonly lines: readonly string[];
  /** What the lines of single real servers add, in their order: a request and what its answer must hold. */
  readonly requests?: readonly string[];
  /** The checks that are kept. */
  readonly kept: readonly Checker[];
}

/** From the one that says most to the one that says least. */
const preference = [
  'MISC_CHECK',
  'HTTP_GET',
  'SSL_GET',
  'SMTP_CHECK',
  'DNS_CHECK',
  'TCP_CHECK',
  'PING_CHECK',
] as const;
type Expressible = (typeof preference)[number];

/** The check that all servers share; what goes beyond it is lost. `command` is what runs the commands of MISC_CHECK. */
export function serverCheck(server: VirtualServer, command: string, losses: Losses): ServerCheck {
  const { realServers } = server;
  const kind = preference.find((candidate) =>
    realServers.every(({ checkers }) => checkers.some((checker) => isUsable(checker, candidate, server))),
  );
  if (!kind) return commonCheck(server, losses);
  const kept = realServers.map(({ checkers }) => keptOf(checkers, kind, server));
  loseOthers(realServers, new Set(kept), `it makes one check of each server, and takes ${kind}`, losses);
  const port = portLine(kept, realServers, losses);
  if (kind !== 'HTTP_GET' && kind !== 'SSL_GET')
    return { lines: [...linesOfKind(kind, kept, command, losses), ...port], kept };
  const check = httpCheck(kept as HttpCheck[], losses);
  return { ...check, lines: [...check.lines, ...port] };
}

function isUsable(checker: Checker, kind: Expressible, { protocol }: VirtualServer): boolean {
  if (checker.kind !== kind) return false;
  // It connects to servers of UDP with a ping.
  if (kind === 'TCP_CHECK') return protocol !== 'UDP';
  return checker.kind !== 'DNS_CHECK' || checker.recordType === 'A';
}

function keptOf(checkers: readonly Checker[], kind: Expressible, server: VirtualServer): Checker {
  const found = checkers.find((checker) => isUsable(checker, kind, server));
  if (!found) throw new Error(`no ${kind} where there was one`);
  return found;
}

function loseOthers(
  realServers: readonly RealServer[],
  kept: ReadonlySet<Checker>,
  why: string,
  losses: Losses,
): void {
  for (const { checkers } of realServers) {
    for (const checker of checkers) {
      if (!kept.has(checker)) losses.drop(checker.directive, `ldirectord does not make this check: ${why}`);
    }
  }
}

/** Where the servers share no check that ldirectord knows. */
function commonCheck({ realServers, protocol }: VirtualServer, losses: Losses): ServerCheck {
  const isChecked = realServers.some(({ checkers }) => checkers.length > 0);
  const checktype = !isChecked ? 'on' : protocol === 'UDP' ? 'ping' : 'connect';
  const instead = checktype === 'ping' ? 'a ping' : 'a connection';
  const why = `the servers share no check that it knows, and it tries ${instead} instead`;
  const kept = realServers.flatMap(({ checkers, port }) =>
    checkers.filter((checker) => isTriedAnyway(checker, checktype, port)),
  );
  loseOthers(realServers, new Set(kept), why, losses);
  for (const { checkers, directive } of realServers) {
    if (isChecked && checkers.length === 0)
      losses.add(
        directive,
        `ldirectord tries ${instead}: without a check of its own this server was always up`,
      );
  }
  return { lines: [`checktype=${checktype}`], kept };
}

/** What is tried at every server is what this check asks for. */
function isTriedAnyway(checker: Checker, checktype: string, port: number): boolean {
  if (checker.kind === 'PING_CHECK') return checktype === 'ping';
  return checker.kind === 'TCP_CHECK' && checktype === 'connect' && checker.connection.port === port;
}

function linesOfKind(
  kind: Exclude<Expressible, 'HTTP_GET' | 'SSL_GET'>,
  kept: readonly Checker[],
  command: string,
  losses: Losses,
): string[] {
  const [first] = kept;
  switch (kind) {
    case 'MISC_CHECK':
      for (const checker of kept) {
        if (checker.kind === 'MISC_CHECK' && checker.dynamic)
          losses.line(checker.directive, 'misc_dynamic', 'an exit code above 0 is a failure to ldirectord');
      }
      return ['checktype=external', `checkcommand=${command}`];
    case 'SMTP_CHECK':
      for (const { directive } of kept)
        losses.line(directive, 'helo_name', 'ldirectord only waits for the greeting of the mail server');
      return ['checktype=negotiate', 'service=smtp'];
    case 'DNS_CHECK':
      for (const checker of kept) {
        const differs =
          checker.kind !== 'DNS_CHECK' || first?.kind !== 'DNS_CHECK' || checker.name !== first.name;
        if (differs) losses.line(checker.directive, 'name', 'ldirectord asks all servers for the first name');
      }
      return [
        'checktype=negotiate',
        'service=dns',
        `request="${first?.kind === 'DNS_CHECK' ? first.name : ''}"`,
        // Any address will do, as in Keepalived.
        'receive="."',
      ];
    case 'TCP_CHECK':
      return ['checktype=connect'];
    case 'PING_CHECK':
      return ['checktype=ping', 'checkcount=1'];
  }
}

/** checkport holds for all servers. */
function portLine(kept: readonly Checker[], realServers: readonly RealServer[], losses: Losses): string[] {
  const ports = kept.map((checker, index) => {
    const own = realServers[index]?.port;
    return 'connection' in checker ? checker.connection.port : own;
  });
  const [first] = ports;
  if (realServers.every(({ port }, index) => port === ports[index])) return [];
  for (const [index, checker] of kept.entries()) {
    if (ports[index] !== first) {
      losses.line(checker.directive, 'connect_port', `ldirectord asks all servers at one port, ${first}`);
    }
  }
  return first === undefined || first === 0 ? [] : [`checkport=${first}`];
}

function httpCheck(kept: readonly HttpCheck[], losses: Losses): ServerCheck {
  const [first] = kept;
  const pairs = kept.map((check) => requestOf(check, losses));
  const hosts = kept.map(hostOf);
  for (const [index, check] of kept.entries()) {
    if (hosts[index] !== hosts[0])
      losses.add(check.directive, `ldirectord sends all servers one Host header, ${hosts[0] ?? 'none'}`);
  }
  const [host] = hosts;
  const isPlain = host === undefined || /^[^"#\s]+$/.test(host);
  if (first && !isPlain) losses.add(first.directive, 'ldirectord cannot keep this name of a virtual host');
  const same = pairs.every((pair) => pair.join('\n') === pairs[0]?.join('\n'));
  const [request = '/', receive = ''] = pairs[0] ?? [];
  return {
    lines: [
      'checktype=negotiate',
      `service=${first?.kind === 'SSL_GET' ? 'https' : 'http'}`,
      ...(same ? [`request="${request}"`] : []),
      ...(same && receive !== '' ? [`receive="${receive}"`] : []),
      ...(host !== undefined && isPlain ? [`virtualhost="${host}"`] : []),
    ],
    ...(!same && { requests: pairs.map(([path, answer]) => `"${path}", "${answer}"`) }),
    kept,
  };
}

function hostOf({ virtualHost, urls: [url] }: HttpCheck): string | undefined {
  return url?.virtualHost ?? virtualHost;
}

/** The path that is asked for, and the expression that the answer must match; empty: any. */
function requestOf({ urls }: HttpCheck, losses: Losses): readonly [string, string] {
  const [url, ...others] = urls;
  for (const { directive } of others)
    losses.drop(directive, 'ldirectord asks each server for one page, the first');
  if (!url) return ['/', ''];
  if (url.digest !== undefined)
    losses.line(url.directive, 'digest', 'ldirectord does not compute the digest of a page');
  if (!acceptsSuccess(url))
    losses.line(
      url.directive,
      'status_code',
      'ldirectord accepts the codes 200 to 299, and follows redirections',
    );
  const isPlain = /^[^"#\t\r\n]*$/.test(url.path);
  if (!isPlain) losses.line(url.directive, 'path', 'its file cannot hold this path: it asks for / instead');
  return [isPlain ? url.path : '/', bodyExpression(url, losses)];
}

function acceptsSuccess({ statusCodes }: CheckedUrl): boolean {
  return statusCodes.length === 0 || statusCodes.every(({ first, last }) => first === 200 && last === 299);
}
