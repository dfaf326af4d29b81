import { type AddressOptions, readAddressOptions } from './address-options.ts';
import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { bitsOf, formatIpv4, type IpAddress, parseIpAddress } from './ip-address.ts';
import type { VirtualAddress } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';

/** Which list an address stands in; a static one may name a group that is known there. */
export type AddressList =
  | { readonly kind: 'virtual' | 'excluded' }
  | { readonly kind: 'static'; readonly trackGroups: readonly string[] };

/**
 * Reads an entry of virtual_ipaddress, virtual_ipaddress_excluded or static_ipaddress: ADDR[/PREFIX] and options in any
 * order. Undefined, with a diagnostic, where the daemon drops the entry.
 */
export function readVirtualAddress(
  entry: BoundDirective,
  list: AddressList,
  log: ReadingLog,
): VirtualAddress | undefined {
  const [head] = entry.directive.words;
  const slash = head.value.indexOf('/');
  const address = parseIpAddress(slash < 0 ? head.value : head.value.slice(0, slash));
  if (!address) return drop(entry, `${head.value} is not an address`, log);
  const options = readAddressOptions(entry, address, list, log);
  if (typeof options === 'string') return drop(entry, options, log);
  const { device, label, scope, preferredLft, trackGroup } = options;
  const written =
    slash < 0 ? bitsOf(address.family) : readPrefix(entry, address, head.value.slice(slash + 1), log);
  const prefixLength = options.peer ? bitsOf(address.family) : written;
  const broadcast = broadcastOf(options, address, prefixLength);
  return {
    address,
    prefixLength,
    ...(device !== undefined && { device }),
    ...(label !== undefined && { label }),
    ...(broadcast !== undefined && { broadcast }),
    ...(options.peer && { peer: options.peer }),
    ...(scope !== undefined && scope !== 'global' && { scope }),
    ...(preferredLft !== undefined && { preferredLft }),
    noPrefixRoute: options.flags.has('noprefixroute'),
    noTrack: options.flags.has('no_track'),
    unusual: unusualOptions(options),
    ...(trackGroup !== undefined && { trackGroup }),
    usesVmac: options.flags.has('use_vmac'),
    excluded: list.kind === 'excluded',
    from: entry,
  };
}

/**
 * How long the kernel prefers the address as a source; undefined: for ever. For IPv6 alone, of which a /128 never is preferred
 * unless the entry says otherwise (looked up beside the running 2.2.7).
 */
export function preferredLifetime({
  address,
  prefixLength,
  preferredLft,
}: Pick<VirtualAddress, 'address' | 'prefixLength' | 'preferredLft'>): string | undefined {
  if (address.family === 'ipv4' || preferredLft === 'forever') return undefined;
  return preferredLft ?? (prefixLength === 128 ? '0' : undefined);
}

/** Digits before rubbish count; a length that is too large, such as a netmask, stands for all bits. */
function readPrefix(entry: BoundDirective, address: IpAddress, text: string, log: ReadingLog): number {
  const bits = bitsOf(address.family);
  const at = entry.directive.words[0].span;
  const help = 'write the number of bits, such as /24';
  const reading = readLeadingWhole(text, 0, bits);
  const used = 'value' in reading ? reading.value : (reading.instead ?? bits);
  if (used === 0 && !/^\+?0+$/.test(text)) {
    log.warn(keepalivedFindings.fatalValue, {
      summary: `/${text} is not a prefix length`,
      detail: 'The daemon would use /0, which makes the whole world a local network.',
      at,
      help,
    });
  } else if ('problem' in reading) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `/${text} is not a prefix length`,
      detail: `The daemon reports it and uses /${used}.`,
      at,
      help,
    });
  }
  return used;
}

/** `+` sets all host bits, `-` clears them; a network of one or two addresses has none. */
function broadcastOf(
  { broadcast }: AddressOptions,
  address: IpAddress,
  prefixLength: number,
): string | undefined {
  if (broadcast !== '+' && broadcast !== '-') return broadcast;
  if (prefixLength > 30) return undefined;
  const hostBits = (1n << BigInt(32 - prefixLength)) - 1n;
  return formatIpv4(broadcast === '+' ? address.value | hostBits : address.value & ~hostBits);
}

/** Rare ones, of which most are nothing to IPaddr2. */
function unusualOptions({ flags, peer }: AddressOptions): string[] {
  const unusual = ['home', '-nodad', 'mngtmpaddr', 'autojoin', 'use_vmac'].filter((flag) => flags.has(flag));
  return peer ? [...unusual, `peer ${peer.text}`] : unusual;
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
