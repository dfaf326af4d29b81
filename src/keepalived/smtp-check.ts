import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { type Destination, isReachable, readConnection } from './check-connection.ts';
import { readRepetition, usualRetry } from './check-timers.ts';
import type { Connection, SmtpCheck } from './checker-configuration.ts';
import { readName } from './http-check.ts';
import type { CheckDefaults } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

const defaultHelo = 'smtpchecker.keepalived.org';

const repetition = ['retry', 'delay_before_retry', 'warmup', 'delay_loop', 'alpha', 'log_all_failures'];
const connection = [
  'connect_ip',
  'connect_port',
  'bindto',
  'bind_port',
  'bind_if',
  'connect_timeout',
  'fwmark',
];

/** What an SMTP_CHECK takes from its server. */
export interface SmtpServer {
  readonly defaults: CheckDefaults;
  readonly destination: Destination;
  /** connect_timeout as the lines before the checker have it: the daemon settles it at the end of the checker. */
  readonly connectTimeoutMs: number;
}

/** One check for the server, or for what the connection lines say, and one for each host block. */
export function readSmtpChecks(block: BoundDirective, server: SmtpServer, log: ReadingLog): SmtpCheck[] {
  const hosts = childrenNamed(block, 'host');
  // What a host says of repetition is the whole checker's.
  const lines = block.children.flatMap((line) =>
    hosts.includes(line) ? childrenNamed(line, ...repetition) : [line],
  );
  const check = {
    kind: 'SMTP_CHECK',
    directive: block,
    ...readRepetition({ ...block, children: lines }, server.defaults, usualRetry, log),
    heloName: readName(block, 'helo_name', log) ?? defaultHelo,
  } as const;
  const isForServer = hosts.length === 0 || saysWhere(block);
  const own = isForServer ? [readOwnConnection(block, server, log)] : [];
  // A broken connection of the checker's own takes it away whole.
  if (own[0] && !isReachable(own[0], block, log)) return [];
  const others = hosts
    // Without a connect_timeout of its own a host has none at all in 2.2.7.
    .map((host) => ({ host, connection: readConnection(host, server.destination, 0, log) }))
    .filter(({ host, connection: there }) => isReachable(there, host, log))
    .map(({ connection: there }) => there);
  return [...own, ...others].map((there) => ({ ...check, connection: there }));
}

function saysWhere(block: BoundDirective): boolean {
  return childrenNamed(block, ...connection).some(
    (line) => line.directive.words[0].value !== 'fwmark' || argumentOf(line) !== '0',
  );
}

function readOwnConnection(block: BoundDirective, server: SmtpServer, log: ReadingLog): Connection {
  const { address, port } = server.destination;
  // The server's address is filled in at the end: until then a bindto of any family will do.
  const given = readConnection(block, { port }, server.connectTimeoutMs, log);
  return { ...(address && { address }), ...given };
}
