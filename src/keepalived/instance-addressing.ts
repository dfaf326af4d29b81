import { isAtLeast } from '../../grammar/source/release.ts';
import { heldAddresses } from './address-limits.ts';
import {
  argumentOf,
  argumentSpan,
  argumentsOf,
  type BoundDirective,
  childrenNamed,
  entriesOf,
} from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { readPeerTtl } from './instance-transport.ts';
import { addressKey, type Family, type IpAddress, parseBareAddress } from './ip-address.ts';
import type { GlobalDefinitions, VirtualAddress, VrrpInstance } from './node-configuration.ts';
import type { ReadingLog, Setting } from './reading-log.ts';
import { allowed, readLenientWhole } from './values.ts';
import { readVirtualAddress } from './virtual-address.ts';

type Addressing = Pick<VrrpInstance, 'family' | 'version' | 'sourceAddress' | 'unicastPeers' | 'addresses'>;

/** What decides the address family of an instance at one of its lines. */
type FamilyLine = { readonly line: BoundDirective; readonly family: Family };

/**
 * Reads everything of an instance that has an address family. The first line that has one decides for all: addresses,
 * sources and peers of the other family are dropped; virtual_ipaddress_excluded takes both.
 */
export function readAddressing(
  block: BoundDirective,
  globals: GlobalDefinitions,
  strict: boolean,
  log: ReadingLog,
): Addressing {
  const addresses = entriesOf(block, 'virtual_ipaddress').flatMap(
    (entry) => readVirtualAddress(entry, { kind: 'virtual' }, log) ?? [],
  );
  const excluded = entriesOf(block, 'virtual_ipaddress_excluded').flatMap(
    (entry) => readVirtualAddress(entry, { kind: 'excluded' }, log) ?? [],
  );
  const families = new Map(addresses.map(({ from, address }) => [from, address.family]));
  const familyLines = block.children.flatMap((line) => familiesAt(line, families));
  const family = familyLines[0]?.family ?? 'ipv4';
  return {
    family,
    version: readVersion(block, familyLines, { globals, strict, family }, log),
    sourceAddress: readSource(block, family, log),
    unicastPeers: heldPeers(readPeers(block, family, log), log),
    addresses: heldAddresses(
      [...addresses.filter((address) => keepFamily(address, family, log)), ...excluded],
      log,
    ),
  };
}

function familiesAt(line: BoundDirective, addresses: ReadonlyMap<BoundDirective, Family>): FamilyLine[] {
  if (line.kind !== 'keyword' || line.verdict) return [];
  const entries = line.children.filter((child) => child.kind === 'entry' && !child.verdict);
  const texts: Record<string, () => readonly (Family | undefined)[]> = {
    virtual_ipaddress: () => entries.map((entry) => addresses.get(entry)),
    unicast_peer: () => entries.map((entry) => parseBareAddress(entry.directive.words[0].value)?.family),
    unicast_src_ip: () => [parseBareAddress(argumentOf(line))?.family],
    mcast_src_ip: () => [parseBareAddress(argumentOf(line))?.family],
    mcast_dst_ip: () => [parseBareAddress(argumentOf(line))?.family],
    use_ipvlan: () => argumentsOf(line).map((word) => parseBareAddress(word)?.family),
    native_ipv6: () => ['ipv6'],
  };
  const found = texts[line.directive.words[0].value]?.() ?? [];
  return found.flatMap((family) => (family ? [{ line, family }] : []));
}

/**
 * The first `version` counts, and native_ipv6 is one for 3. An IPv6 instance refuses 2 once its family is known; one that
 * said 2 before that keeps it, except in strict mode.
 */
function readVersion(
  block: BoundDirective,
  familyLines: readonly FamilyLine[],
  known: { readonly globals: GlobalDefinitions; readonly strict: boolean; readonly family: Family },
  log: ReadingLog,
): Setting<2 | 3> {
  let own: Setting<2 | 3> | undefined;
  const [first] = familyLines;
  const places = new Map(block.children.map((line, index) => [line, index]));
  for (const line of childrenNamed(block, 'version', 'native_ipv6')) {
    const decided = first && (places.get(first.line) ?? 0) < (places.get(line) ?? 0) ? first : undefined;
    if (line.directive.words[0].value === 'native_ipv6') {
      if (decided?.family === 'ipv4') log.ignore(line, 'The instance is IPv4 already.');
      else own = { value: 3, from: line };
      continue;
    }
    const reading = readLenientWhole(line, ...allowed(line));
    const given = 'value' in reading ? reading.value : reading.instead;
    const earlier = own?.value ?? (given === 2 && decided?.family === 'ipv6' ? 3 : undefined);
    if (given === undefined || (earlier !== undefined && earlier !== given)) {
      const reason = given === undefined ? 'neither 2 nor 3' : `the instance has version ${earlier} already`;
      log.ignore(line, `${reason}; the daemon ignores the line.`);
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: `version ${argumentOf(line)}: ${reason}`,
        detail: 'The daemon reports it and ignores the line.',
        at: argumentSpan(line),
        help: 'delete the line',
      });
    } else if (own) log.ignore(line, 'The version is said already.');
    else own = { value: given === 2 ? 2 : 3, from: line };
  }
  const { family, globals, strict } = known;
  if (family === 'ipv6') return own && !(strict && own.value === 2) ? own : { ...own, value: 3 };
  return own ?? globals.vrrpVersion;
}

/** unicast_src_ip and mcast_src_ip set the same thing: the last one counts, and one that cannot be used clears it. */
function readSource(block: BoundDirective, family: Family, log: ReadingLog): Setting<IpAddress | undefined> {
  return log.last<IpAddress | undefined>(
    block,
    ['unicast_src_ip', 'mcast_src_ip'],
    ipvlanSource(block, family),
    (line) => {
      const value = parseBareAddress(argumentOf(line));
      if (value?.family === family) return { value };
      const problem = value ? 'of another address family than the instance' : 'not an address';
      return { problem, instead: undefined, shown: 'none' };
    },
  );
}

/** An address after use_ipvlan is the source too, where none is given. */
function ipvlanSource(block: BoundDirective, family: Family): IpAddress | undefined {
  return childrenNamed(block, 'use_ipvlan')
    .flatMap((line) => argumentsOf(line).flatMap((word) => parseBareAddress(word) ?? []))
    .find((address) => address.family === family);
}

/** From 2.3.3 on a peer that is listed already is dropped (run with 2.3.3). */
function heldPeers(peers: VrrpInstance['unicastPeers'], log: ReadingLog): VrrpInstance['unicastPeers'] {
  if (!isAtLeast(log.release, '2.3.3')) return peers;
  const keys = new Set<string>();
  return peers.filter(({ address, from }) => {
    const key = addressKey(address);
    if (!keys.has(key)) return keys.add(key);
    log.ignore(from, `The peer ${address.text} is listed already.`);
    return false;
  });
}

function readPeers(block: BoundDirective, family: Family, log: ReadingLog): VrrpInstance['unicastPeers'] {
  return entriesOf(block, 'unicast_peer').flatMap((from) => {
    const text = from.directive.words[0].value;
    const address = parseBareAddress(text);
    if (address?.family === family) {
      const { min, max } = readPeerTtl(from, log);
      return [{ address, minTtl: min, maxTtl: max, from }];
    }
    const reason = address ? 'of another address family than the instance' : 'not an address';
    log.ignore(from, `The daemon skips ${text}: it is ${reason}.`);
    log.warn(keepalivedFindings.entryDropped, {
      summary: `unicast_peer ${text} is ${reason}`,
      detail: 'The daemon reports the entry and skips it.',
      at: from.directive.span,
      help: 'give the address of the peer, without a prefix length',
    });
    return [];
  });
}

function keepFamily({ address, from }: VirtualAddress, family: Family, log: ReadingLog): boolean {
  if (address.family === family) return true;
  log.ignore(from, `The instance is ${family}; the daemon drops an address of the other family.`);
  log.warn(keepalivedFindings.wrongFamily, {
    summary: `${address.text} is dropped: the instance is ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`,
    detail:
      'The first address of an instance decides its family: in virtual_ipaddress the daemon reports an address of the other one and does not hold it.',
    at: from.directive.span,
    help: 'put it into virtual_ipaddress_excluded, or into an instance of its own',
  });
  return false;
}
