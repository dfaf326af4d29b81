import { argumentOf, type BoundDirective } from './bound-directive.ts';
import { bitsOf, type Family, formatIpAddress, type IpAddress, parseBareAddress } from './ip-address.ts';
import type { AddressRange, GroupMark, VirtualServerGroup } from './lvs-configuration.ts';
import { lvsFindings } from './lvs-findings.ts';
import { fateWithoutWord, missingWord } from './nesting-messages.ts';
import type { ReadingLog } from './reading-log.ts';
import { readMark, readServerAddress } from './server-address.ts';

/** Reads a virtual_server_group block. Undefined where the daemon removes the group. */
export function readVirtualServerGroup(
  block: BoundDirective,
  log: ReadingLog,
): VirtualServerGroup | undefined {
  const name = argumentOf(block);
  const ranges: AddressRange[] = [];
  const marks: GroupMark[] = [];
  for (const entry of block.children) {
    if (entry.kind !== 'entry' || entry.verdict) continue;
    const { words } = entry.directive;
    const isMark = words[0].value === 'fwmark';
    if (isMark && words.length === 1) {
      log.ignore(entry, fateWithoutWord(log.release));
      log.add(missingWord(entry.directive, 'fwmark', log.release));
      continue;
    }
    const read = isMark ? readGroupMark(entry) : readRange(entry);
    if (typeof read === 'string') dropEntry(entry, name, read, log);
    else if ('mark' in read) marks.push(read);
    else ranges.push(read);
  }
  const group = { name, directive: block, ranges, marks };
  const families = familiesOf(group);
  const problem =
    ranges.length + marks.length === 0
      ? 'it has no entries'
      : families.length > 1 && marks.some(({ family }) => !family)
        ? 'it has IPv4, IPv6 and a firewall mark without a family'
        : undefined;
  if (problem === undefined) return group;
  log.ignore(block, `The daemon removes the group: ${problem}.`);
  log.warn(lvsFindings.groupEntryDropped, {
    summary: `virtual_server_group ${name} is removed: ${problem}`,
    detail: 'The daemon reports it, and ignores each virtual server of the group.',
    at: block.directive.span,
    help: 'give it addresses, ranges or firewall marks of one family',
  });
  return undefined;
}

/** The families that the entries of a group have; a mark without one has none. */
export function familiesOf(group: Pick<VirtualServerGroup, 'ranges' | 'marks'>): Family[] {
  const all = [...group.ranges.map(({ first }) => first.family), ...group.marks.map(({ family }) => family)];
  return (['ipv4', 'ipv6'] as const).filter((family) => all.includes(family));
}

function dropEntry(entry: BoundDirective, group: string, problem: string, log: ReadingLog): void {
  log.ignore(entry, `${problem}; the daemon leaves the entry out.`);
  log.warn(lvsFindings.groupEntryDropped, {
    summary: `an entry of virtual_server_group ${group} is left out: ${problem}`,
    detail: 'The daemon reports it and goes on with the others.',
    at: entry.directive.span,
    help: 'write ADDRESS [PORT], FIRST-LAST [PORT], NETWORK/LENGTH [PORT] or fwmark NUMBER [inet|inet6]',
  });
}

function wordsOf({ directive }: BoundDirective): readonly string[] {
  return directive.words.map(({ value }) => value);
}

function readGroupMark(entry: BoundDirective): GroupMark | string {
  const [, number = '', family] = wordsOf(entry);
  const mark = readMark(number);
  if (mark === undefined) return `'${number}' is no firewall mark`;
  if (family === undefined) return { mark, from: entry };
  if (family !== 'inet' && family !== 'inet6') return `'${family}' is neither inet nor inet6`;
  return { mark, family: family === 'inet' ? 'ipv4' : 'ipv6', from: entry };
}

function readRange(entry: BoundDirective): AddressRange | string {
  const [text = '', portText] = wordsOf(entry);
  const start = readServerAddress(text, portText);
  if (!start) return `'${[text, portText].join(' ').trim()}' is no address with a port`;
  const { address: first, port } = start;
  const last = text.includes('/') ? endOfNetwork(text, first) : endOfRange(text, first);
  return typeof last === 'string' ? last : { first, last, port, from: entry };
}

function endOfNetwork(text: string, first: IpAddress): IpAddress | string {
  const length = text.slice(text.indexOf('/') + 1);
  const bits = bitsOf(first.family);
  const isLength = /^\+?\d+$/.test(length) && Number(length) > 0 && Number(length) <= bits;
  if (!isLength) return `'${length}' is no length of a network`;
  const mask = (1n << BigInt(bits - Number(length))) - 1n;
  if ((first.value & mask) !== 0n) return `${text} is an address within its network, not the network`;
  return withValue(first, first.value | mask);
}

/** `10.0.0.5-10.0.0.9`, `10.0.0.5-9` or `fd00::5-9` (the last group, in hexadecimal). */
function endOfRange(text: string, first: IpAddress): IpAddress | string {
  const dash = text.indexOf('-');
  if (dash < 0) return first;
  const end = text.slice(dash + 1);
  const { family } = first;
  if (end.includes(family === 'ipv4' ? '.' : ':')) {
    const last = parseBareAddress(end);
    if (last?.family !== family) return `'${end}' is no ${family === 'ipv4' ? 'IPv4' : 'IPv6'} address`;
    return last.value < first.value ? `${end} lies before the first address` : last;
  }
  const [base, limit] = family === 'ipv4' ? [10, 0xff] : [16, 0xffff];
  const number = Number.parseInt(end, base) || 0;
  if (number > limit) return `'${end}' is too large`;
  const mask = BigInt(limit);
  if ((first.value & mask) >= BigInt(number)) return `'${end}' lies before the first address`;
  return withValue(first, (first.value & ~mask) | BigInt(number));
}

function withValue({ family }: IpAddress, value: bigint): IpAddress {
  return { family, value, text: formatIpAddress(family, value) };
}
