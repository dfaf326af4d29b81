import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readDefinitionWeight } from './definition-weight.ts';
import { keepalivedFindings } from './findings.ts';
import { addressKey, type IpAddress, parseBareAddress } from './ip-address.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import type { BfdInstance, BfdSession } from './tracked-objects.ts';
import { allowed, readStrictDecimal, readStrictWhole } from './values.ts';

const maxNameLength = 31;

/**
 * Reads a bfd_instance block. The VRRP process looks at its name and weight alone, the BFD process at the session: the one
 * may have a use for the block without the other. Undefined where neither has.
 */
export function readBfdInstance(
  block: BoundDirective,
  earlier: readonly BfdInstance[],
  log: ReadingLog,
): BfdInstance | undefined {
  const name = argumentOf(block);
  const problem =
    name.length > maxNameLength
      ? `its name is longer than ${maxNameLength} characters`
      : earlier.some((other) => other.name === name)
        ? 'there is one of this name already'
        : undefined;
  if (problem !== undefined) {
    disable(block, name, problem, log);
    log.ignore(block, `The daemon skips the block: ${problem}.`);
    return undefined;
  }
  const [vrrp, checker] = [log.flag(block, 'vrrp'), log.flag(block, 'checker')];
  const session = readSession(block, name, earlier, log);
  const rule = { limit: 253, fallback: 0, firstWins: false, keepsReverse: true };
  return {
    name,
    directive: block,
    ...readDefinitionWeight(block, rule, log),
    informs: { vrrp: vrrp !== undefined || !checker, checker: checker !== undefined || !vrrp },
    ...(session && { session }),
  };
}

function disable(block: BoundDirective, name: string, reason: string, log: ReadingLog): undefined {
  log.warn(keepalivedFindings.definitionRemoved, {
    summary: `bfd_instance ${name} is disabled: ${reason}`,
    detail: 'The daemon opens no session: what tracks it sees it down for ever.',
    at: block.directive.span,
    help: 'correct the block, or delete it together with the entries that name it',
  });
}

function readSession(
  block: BoundDirective,
  name: string,
  earlier: readonly BfdInstance[],
  log: ReadingLog,
): BfdSession | undefined {
  const lines = childrenNamed(block, 'neighbor_ip', 'neighbour_ip');
  const malformed = lines.find((line) => !parseBareAddress(argumentOf(line)));
  if (malformed) return disable(block, name, `${argumentOf(malformed)} is not an address`, log);
  const neighbor = parseBareAddress(argumentOf(lines.at(-1) ?? block));
  if (lines.length === 0 || !neighbor) return disable(block, name, 'it has no neighbor_ip', log);
  const source = log.last<IpAddress | undefined>(block, 'source_ip', undefined, (line) => {
    const value = parseBareAddress(argumentOf(line));
    return value ? { value } : { problem: 'not an address' };
  }).value;
  if (source && source.family !== neighbor.family)
    return disable(block, name, 'source_ip and neighbor_ip are of different families', log);
  if (
    earlier.some(({ session }) => session && sameAddresses(session, { neighbor, ...(source && { source }) }))
  )
    return disable(block, name, 'another session has its addresses', log);
  const ttl = log.last(block, ['ttl', 'hoplimit'], neighbor.family === 'ipv4' ? 255 : 64, readNumber).value;
  // More hops than the packet lives for are as many as it lives for; -1 is 255 to the daemon (measured with 2.2.7).
  const maxHops = log.last(block, 'max_hops', 0, readNumber).value;
  const milliseconds = (keyword: string, fallback: number) =>
    log.last(block, keyword, fallback, readMilliseconds).value;
  return {
    neighbor,
    ...(source && { source }),
    minRxMs: milliseconds('min_rx', 10),
    minTxMs: milliseconds('min_tx', 10),
    idleTxMs: milliseconds('idle_tx', 1000),
    multiplier: log.last(block, 'multiplier', 5, readNumber).value,
    ttl,
    maxHops: maxHops < 0 || maxHops > ttl ? ttl : maxHops,
    passive: log.flag(block, 'passive') !== undefined,
  };
}

function sameAddresses(
  one: Pick<BfdSession, 'neighbor' | 'source'>,
  other: Pick<BfdSession, 'neighbor' | 'source'>,
): boolean {
  const key = ({ neighbor, source }: Pick<BfdSession, 'neighbor' | 'source'>) =>
    `${addressKey(neighbor)} ${source ? addressKey(source) : ''}`;
  return key(one) === key(other);
}

function readNumber(line: BoundDirective): Reading<number> {
  const [low, high] = allowed(line);
  const text = argumentOf(line);
  const value = /^\s*-1$/.test(text) && low < 0 ? -1 : readStrictWhole(text, Math.max(0, low), high);
  return value === undefined ? { problem: `not a number from ${low} to ${high}` } : { value };
}

/** With up to three places. */
function readMilliseconds(line: BoundDirective): Reading<number> {
  const [low, high] = allowed(line);
  const value = readStrictDecimal(argumentOf(line), 3, low, high);
  return value === undefined ? { problem: `not a number from ${low} to ${high}` } : { value };
}
