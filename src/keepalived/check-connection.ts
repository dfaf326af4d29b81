import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readConnectTimeout } from './check-timers.ts';
import type { Connection } from './checker-configuration.ts';
import { type IpAddress, parseBareAddress } from './ip-address.ts';
import { lvsFindings } from './lvs-findings.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { allowed, readLenientWhole } from './values.ts';

/** What a check connects to unless it says otherwise: the real server, as its line has it. */
export interface Destination {
  readonly address?: IpAddress;
  readonly port: number;
}

/** Reads the connection keywords of a checker. */
export function readConnection(
  block: BoundDirective,
  server: Destination,
  connectTimeoutMs: number,
  log: ReadingLog,
): Connection {
  const readings = readAddresses(block, server.address);
  const readAddress = (bound: BoundDirective) => readings.get(bound) ?? { problem: 'not an address' };
  const readPort = (bound: BoundDirective) => readLenientWhole(bound, ...allowed(bound));
  const address = log.last(block, 'connect_ip', server.address, readAddress).value;
  const bindAddress = log.last(block, 'bindto', undefined, readAddress).value;
  const bindInterface = log.last(block, 'bind_if', undefined, readInterfaceName).value;
  return {
    ...(address && { address }),
    port: log.last(block, 'connect_port', server.port, readPort).value,
    ...(bindAddress && { bindAddress }),
    bindPort: log.last(block, 'bind_port', 0, readPort).value,
    ...(bindInterface !== undefined && { bindInterface }),
    connectTimeoutMs: readConnectTimeout(block, connectTimeoutMs, log),
    firewallMark: log.last(block, 'fwmark', 0, (bound) => readLenientWhole(bound, ...allowed(bound))).value,
  };
}

/** Both ends must be of one family: the daemon clears the end that comes second. A bad word clears it too. */
function readAddresses(
  block: BoundDirective,
  server: IpAddress | undefined,
): Map<BoundDirective, Reading<IpAddress | undefined>> {
  const readings = new Map<BoundDirective, Reading<IpAddress | undefined>>();
  let [there, here]: (IpAddress | undefined)[] = [server, undefined];
  for (const line of childrenNamed(block, 'connect_ip', 'bindto')) {
    const isDestination = line.directive.words[0].value === 'connect_ip';
    const given = parseBareAddress(argumentOf(line));
    const other = isDestination ? here : there;
    const fits = given && (!other || other.family === given.family);
    const problem = given
      ? `not of the family of ${isDestination ? 'bindto' : 'the address to connect to'}`
      : 'not an address';
    readings.set(line, fits ? { value: given } : { problem, instead: undefined, shown: 'none' });
    if (isDestination) there = fits ? given : undefined;
    else here = fits ? given : undefined;
  }
  return readings;
}

function readInterfaceName(bound: BoundDirective): Reading<string | undefined> {
  const name = argumentOf(bound);
  return name.length > 15 ? { problem: 'longer than 15 characters' } : { value: name };
}

/** Whether the daemon keeps a checker with this connection; a link-local address alone tells no way to it. */
export function isReachable(connection: Connection, checker: BoundDirective, log: ReadingLog): boolean {
  const { address, bindInterface } = connection;
  const isLinkLocal = address?.family === 'ipv6' && address.value >> 118n === 0x3fan;
  if (!isLinkLocal || bindInterface !== undefined) return true;
  dropChecker(checker, `${address.text} is link-local, and there is no bind_if`, log);
  return false;
}

export function dropChecker(checker: BoundDirective, problem: string, log: ReadingLog): void {
  const [keyword] = checker.directive.words;
  log.ignore(checker, `The daemon leaves the ${keyword.value} out: ${problem}.`);
  log.warn(lvsFindings.checkerDropped, {
    summary: `this ${keyword.value} is left out: ${problem}`,
    detail: 'The daemon reports it. The real server counts as up without this check.',
    at: checker.directive.span,
    help: 'complete it, or delete it',
  });
}
