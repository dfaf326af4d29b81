import { type BoundDirective, childrenNamed } from './bound-directive.ts';
import { type Destination, isReachable, readConnection } from './check-connection.ts';
import { readRepetition, usualRetry } from './check-timers.ts';
import type { Connection, SmtpCheck } from './checker-configuration.ts';
import { readName } from './http-check.ts';
import type { CheckDefaults } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

const defaultHelo = 'smtpchecker.keepalived.org';

const repetition = ['retry', 'delay_before_retry', 'warmup', 'delay_loop', 'alpha', 'log_all_failures'];
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
  const given = readConnection(block, { port: 0 }, notSaid, log);
  const own = hosts.length === 0 || saysWhere(given) ? [ownConnection(given, server)] : [];
  // A broken connection of the checker's own takes it away whole.
  if (own[0] && !isReachable(own[0], block, log)) return [];
  const others = hosts
    // Without a connect_timeout of its own a host has none at all in 2.2.7.
    .map((host) => ({ host, connection: readConnection(host, server.destination, 0, log) }))
    .filter(({ host, connection: there }) => isReachable(there, host, log))
    .map(({ connection: there }) => there);
  return [...own, ...others].map((there) => ({ ...check, connection: there }));
}

/** In place of a connect_timeout. */
const notSaid = -1;

function saysWhere(given: Connection): boolean {
  const { address, port, bindAddress, bindPort, bindInterface, firewallMark, connectTimeoutMs } = given;
  const isBound = bindAddress !== undefined || bindPort !== 0 || bindInterface !== undefined;
  return address !== undefined || port !== 0 || isBound || firewallMark !== 0 || connectTimeoutMs !== notSaid;
}

/** The server's address is filled in at the end: until then a bindto of any family will do. */
function ownConnection(given: Connection, { destination, connectTimeoutMs }: SmtpServer): Connection {
  const { address = destination.address } = given;
  return {
    ...given,
    ...(address && { address }),
    port: given.port || destination.port,
    connectTimeoutMs: given.connectTimeoutMs === notSaid ? connectTimeoutMs : given.connectTimeoutMs,
  };
}
