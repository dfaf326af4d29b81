import { argumentOf, type BoundDirective, childrenNamed, entriesOf } from './bound-directive.ts';
import { takeBack } from './entry-messages.ts';
import { keepalivedFindings } from './findings.ts';
import { type Family, type IpAddress, parseBareAddress } from './ip-address.ts';
import type { GlobalDefinitions } from './node-configuration.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { allowed, readStrictWhole, readWhole } from './values.ts';

/** How the adverts of an instance travel, beside its interface, source and peers. */
export interface InstanceTransport {
  /** Where adverts go; undefined where they go to peers. */
  readonly multicastGroup: Setting<IpAddress | undefined>;
  /** track_src_ip: FAULT when the source address is gone. */
  readonly tracksSource: Setting<boolean>;
  /** Undefined: the kernel's, for IPv6. */
  readonly unicastTtl: Setting<number | undefined>;
  /** check_unicast_src, or a limit of a peer's TTL. */
  readonly checksUnicastSource: Setting<boolean>;
  /** unicast_fault_no_peer: FAULT instead of multicast. */
  readonly faultWithoutPeers: Setting<boolean>;
  /** The routing domain that adverts are sent in. */
  readonly vrf?: Setting<string>;
  readonly oldUnicastChecksum?: Setting<'never' | 'config'>;
  readonly kernelReceiveBufferBytes?: Setting<number>;
}

export interface TransportContext {
  readonly family: Family;
  readonly isUnicast: boolean;
  readonly hasSource: boolean;
  readonly hasInterface: boolean;
  readonly globals: GlobalDefinitions;
  readonly log: ReadingLog;
}

/** Keywords that mean unicast: without a peer the adverts go out by multicast all the same. */
const unicastKeywords = ['unicast_src_ip', 'check_unicast_src', 'unicast_peer', 'old_unicast_checksum'];

/** Whether an instance is meant to be unicast. */
export function saysUnicast(block: BoundDirective): boolean {
  return childrenNamed(block, ...unicastKeywords, 'unicast_fault_no_peer').length > 0;
}

export function readTransport(block: BoundDirective, context: TransportContext): InstanceTransport {
  const { log, isUnicast, hasSource, family } = context;
  const [oldUnicastChecksum, buffer] = [readChecksum(block, log), readBuffer(block, log)];
  const vrf = readVrf(block, context);
  const source = log.flag(block, 'track_src_ip');
  if (source && !hasSource) takeBack(source, 'no source address is configured', log);
  const fault = log.flag(block, 'unicast_fault_no_peer');
  if (fault && !isUnicast) reportFault(fault, log);
  const check = log.flag(block, 'check_unicast_src') ?? peerLimit(block);
  const ttl = log.last<number | undefined>(block, 'unicast_ttl', undefined, (line) =>
    readWhole(line, ...allowed(line)),
  );
  if (ttl.from && !isUnicast) takeBack(ttl.from, 'there are no peers', log);
  return {
    multicastGroup: readGroup(block, context),
    tracksSource: source && hasSource ? { value: true, from: source } : { value: false },
    unicastTtl: family === 'ipv4' && ttl.value === undefined ? { value: 255 } : ttl,
    checksUnicastSource: check ? { value: true, from: check } : { value: false },
    faultWithoutPeers: fault ? { value: true, from: fault } : { value: false },
    ...(vrf && { vrf }),
    ...(oldUnicastChecksum && { oldUnicastChecksum }),
    ...(buffer && { kernelReceiveBufferBytes: buffer }),
  };
}

/** mcast_dst_ip must be a multicast address of the family, and link-local for IPv6; one that is not clears it. */
function readGroup(
  block: BoundDirective,
  { family, isUnicast, globals, log }: TransportContext,
): InstanceTransport['multicastGroup'] {
  const given = log.last<IpAddress | undefined>(block, 'mcast_dst_ip', undefined, (line) =>
    readMulticast(line, family),
  );
  if (isUnicast) {
    if (given.from) takeBack(given.from, 'adverts go to the peers', log);
    return { value: undefined };
  }
  return given.value ? given : globals.multicastGroups[family];
}

function readMulticast(line: BoundDirective, family: Family): Reading<IpAddress | undefined> {
  const value = parseBareAddress(argumentOf(line));
  const problem = !value
    ? 'not an address'
    : value.family !== family
      ? 'of another address family than the instance'
      : isMulticast(value, 'link-local')
        ? undefined
        : 'not a multicast address that the daemon takes';
  return problem === undefined && value
    ? { value }
    : { problem: problem ?? '', instead: undefined, shown: 'the default' };
}

/** 224.0.0.0/4, or ff00::/8; of that, the link-local ones have a 2 as second half of their second octet. */
export function isMulticast({ family, value }: IpAddress, scope: 'any' | 'link-local'): boolean {
  if (family === 'ipv4') return value >> 28n === 14n;
  return value >> 120n === 0xffn && (scope === 'any' || ((value >> 112n) & 15n) === 2n);
}

/** A limit for the TTL of a peer's adverts makes the daemon check where adverts come from. */
function peerLimit(block: BoundDirective): BoundDirective | undefined {
  return entriesOf(block, 'unicast_peer').find((entry) => 'limited' in readPeerTtl(entry));
}

export interface PeerTtl {
  readonly min: number;
  readonly max: number;
  readonly limited?: true;
}

/** `min_ttl N max_ttl N` behind a peer. What cannot be read is reported; a word that is neither ends the reading. */
export function readPeerTtl(entry: BoundDirective, log?: ReadingLog): PeerTtl {
  let ttl: PeerTtl = { min: 0, max: 255 };
  const words = entry.directive.words.slice(1);
  for (let index = 0; index < words.length; index += 2) {
    const [name, number] = [words[index], words[index + 1]];
    const value = number && readStrictWhole(number.value, 0, 255);
    const isKnown = name?.value === 'min_ttl' || name?.value === 'max_ttl';
    if (value === undefined || !isKnown) {
      log?.warn(keepalivedFindings.optionDropped, {
        summary: `'${name?.value} ${number?.value ?? ''}' of a peer is not used`,
        detail: 'The daemon takes min_ttl and max_ttl with a number from 0 to 255; the peer stays.',
        at: entry.directive.span,
        help: 'correct the option, or remove it',
      });
    }
    if (number && value === undefined) continue;
    if (value === undefined || !isKnown) break;
    ttl = { ...ttl, [name.value === 'min_ttl' ? 'min' : 'max']: value, limited: true };
  }
  return ttl;
}

function reportFault(fault: BoundDirective, log: ReadingLog): void {
  log.warn(keepalivedFindings.alwaysInFault, {
    summary: 'unicast_fault_no_peer, and there is no peer',
    detail: 'The daemon keeps the instance in FAULT: it never holds an address.',
    at: fault.directive.span,
    help: 'add the peers to unicast_peer',
  });
}

/** The first one counts, and only in a unicast instance without an interface. */
function readVrf(
  block: BoundDirective,
  { isUnicast, hasInterface, log }: TransportContext,
): InstanceTransport['vrf'] {
  const [first, ...repeats] = childrenNamed(block, 'vrf');
  if (!first) return undefined;
  for (const repeat of repeats) log.repeated(repeat, first, 'vrf');
  if (isUnicast && !hasInterface) return { value: argumentOf(first), from: first };
  takeBack(first, 'it is for unicast instances without an interface', log);
  return undefined;
}

/** Without a word the old way is always used. */
function readChecksum(
  block: BoundDirective,
  log: ReadingLog,
): InstanceTransport['oldUnicastChecksum'] | undefined {
  const setting = log.last<'never' | 'config' | undefined>(
    block,
    'old_unicast_checksum',
    undefined,
    (line) => {
      const word = argumentOf(line);
      if (line.directive.words.length === 1) return { value: 'config' };
      return word === 'never' ? { value: 'never' } : { problem: 'not never' };
    },
  );
  return setting.value === undefined ? undefined : { ...setting, value: setting.value };
}

function readBuffer(block: BoundDirective, log: ReadingLog): Setting<number> | undefined {
  const setting = log.last(block, 'kernel_rx_buf_size', 0, (line): Reading<number> => {
    if (line.directive.words.length !== 2) return { problem: 'needs exactly one number' };
    return readWhole(line, ...allowed(line));
  });
  return setting.value === 0 ? undefined : setting;
}
