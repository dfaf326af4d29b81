import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { bitsOf, type Family, formatIpv4, type IpAddress, parseIpAddress } from './ip-address.ts';
import type { VirtualAddress } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

/** Options of an address entry that take the next word. */
const withValue = new Set([
  'dev',
  'scope',
  'brd',
  'broadcast',
  'label',
  'peer',
  'preferred_lft',
  'track_group',
]);
const flags = new Set(['home', '-nodad', 'mngtmpaddr', 'noprefixroute', 'autojoin', 'no_track', 'use_vmac']);

interface Options {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

/**
 * Reads an entry of virtual_ipaddress or virtual_ipaddress_excluded: ADDR[/PREFIX] and options in any order.
 * Undefined, with a diagnostic, where the daemon drops the entry.
 */
export function readVirtualAddress(
  entry: BoundDirective,
  excluded: boolean,
  log: ReadingLog,
): VirtualAddress | undefined {
  const [head] = entry.directive.words;
  const [text = '', prefixText] = splitOnce(head.value, '/');
  const address = parseIpAddress(text);
  if (!address) return drop(entry, `${head.value} is not an address`, log);
  const options = readOptions(entry, log);
  const peer = options.values.get('peer');
  const prefixLength =
    peer === undefined ? readPrefix(entry, address, prefixText, log) : bitsOf(address.family);
  const label = readLabel(options, address.family);
  if (label === false)
    return drop(entry, `label ${options.values.get('label')} is longer than 15 characters`, log);
  const broadcast = readBroadcast(options, address, prefixLength);
  if (broadcast === false) return drop(entry, 'an IPv6 address has no broadcast address', log);
  const device = options.values.get('dev');
  const scope = address.family === 'ipv6' ? undefined : options.values.get('scope');
  const preferredLft = options.values.get('preferred_lft');
  return {
    address,
    prefixLength,
    ...(device !== undefined && { device }),
    ...(label !== undefined && { label }),
    ...(broadcast !== undefined && { broadcast }),
    ...(scope !== undefined && scope !== 'global' && scope !== '0' && { scope }),
    ...(preferredLft !== undefined && { preferredLft }),
    noPrefixRoute: options.flags.has('noprefixroute'),
    noTrack: options.flags.has('no_track'),
    unusual: unusualOptions(options),
    excluded,
    from: entry,
  };
}

function readOptions(entry: BoundDirective, log: ReadingLog): Options {
  const values = new Map<string, string>();
  const found = new Set<string>();
  const words = entry.directive.words.slice(1);
  for (let index = 0; index < words.length; index++) {
    const word = words[index];
    if (!word) break;
    const value = words[index + 1]?.value;
    if (withValue.has(word.value) && value !== undefined) {
      values.set(word.value === 'broadcast' ? 'brd' : word.value, value);
      index++;
    } else if (flags.has(word.value)) found.add(word.value);
    else {
      const second = parseIpAddress(splitOnce(word.value, '/')[0] ?? '') !== undefined;
      log.warn(second ? keepalivedFindings.surplusWords : keepalivedFindings.entryDropped, {
        summary: `'${word.value}' is not an option of an address`,
        detail: second
          ? 'The daemon reads one address a line: this one is an unknown option to it and is not held.'
          : 'The daemon reports the word and ignores it; the address stays.',
        at: word.span,
        help: second ? 'put each address on a line of its own' : 'remove the word',
      });
    }
  }
  return { values, flags: found };
}

function readPrefix(
  entry: BoundDirective,
  address: IpAddress,
  text: string | undefined,
  log: ReadingLog,
): number {
  const bits = bitsOf(address.family);
  if (text === undefined) return bits;
  const at = entry.directive.words[0].span;
  if (/^\d+$/.test(text) && Number(text) <= bits) return Number(text);
  if (/^[\d.]+$/.test(text)) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `/${text} is not a prefix length`,
      detail: `The daemon reports it and uses /${bits}.`,
      at,
      help: 'write the number of bits, such as /24',
    });
    return bits;
  }
  log.warn(keepalivedFindings.fatalValue, {
    summary: `/${text} is not a prefix length`,
    detail: 'The daemon would use /0, which makes the whole world a local network.',
    at,
    help: 'write the number of bits, such as /24',
  });
  return bits;
}

/** False: the daemon drops the entry. An IPv6 address has no label; the daemon ignores the option. */
function readLabel(options: Options, family: Family): string | undefined | false {
  const label = options.values.get('label');
  if (label === undefined || family === 'ipv6') return undefined;
  return label.length > 15 ? false : label;
}

/** `+` sets all host bits, `-` clears them. False: the daemon drops the entry. */
function readBroadcast(
  options: Options,
  address: IpAddress,
  prefixLength: number,
): string | undefined | false {
  const text = options.values.get('brd');
  if (text === undefined) return undefined;
  if (address.family === 'ipv6') return false;
  if (text !== '+' && text !== '-') return parseIpAddress(text)?.family === 'ipv4' ? text : undefined;
  if (prefixLength > 30) return undefined;
  const hostBits = (1n << BigInt(32 - prefixLength)) - 1n;
  return formatIpv4(text === '+' ? address.value | hostBits : address.value & ~hostBits);
}

function unusualOptions(options: Options): string[] {
  const unusual = ['home', '-nodad', 'mngtmpaddr', 'autojoin', 'use_vmac'].filter((flag) =>
    options.flags.has(flag),
  );
  const peer = options.values.get('peer');
  if (peer !== undefined) unusual.push(`peer ${peer}`);
  return unusual;
}

function drop(entry: BoundDirective, reason: string, log: ReadingLog): undefined {
  log.ignore(entry, `The daemon drops the entry: ${reason}.`);
  log.warn(keepalivedFindings.entryDropped, {
    summary: reason,
    detail: 'The daemon reports the entry and leaves it out.',
    at: entry.directive.span,
    help: 'correct the entry, or delete it',
  });
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}
