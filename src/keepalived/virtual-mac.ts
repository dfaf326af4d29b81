import { argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { dropOption, takeBack } from './entry-messages.ts';
import { keepalivedFindings } from './findings.ts';
import { canBeInterface } from './interface-name.ts';
import { bitsOf, type Family, type IpAddress, parseIpAddress } from './ip-address.ts';
import type { ReadingLog } from './reading-log.ts';

/** An interface of its own, by use_vmac or use_ipvlan, that holds the addresses. */
export interface VirtualInterface {
  readonly kind: 'vmac' | 'ipvlan';
  /** Absent: the daemon makes one of the prefix and the virtual router id. */
  readonly name?: string;
  /** Six octets, or five to which the virtual router id is added; absent: the standard's. */
  readonly mac?: readonly number[];
  /** Of an ipvlan, which has no MAC address of its own. */
  readonly address?: IpAddress;
  readonly prefixLength?: number;
  readonly mode?: 'bridge' | 'private' | 'vepa';
  /** Adverts go out by the interface below it. */
  readonly sendsFromBase: boolean;
  readonly from: BoundDirective;
}

export interface VirtualInterfaceContext {
  readonly family: Family;
  readonly strict: boolean;
  readonly saysUnicast: boolean;
  readonly hasInterface: boolean;
  /** Names that earlier instances have. */
  readonly namesTaken: ReadonlySet<string>;
  readonly log: ReadingLog;
}

/** What use_vmac, use_ipvlan and vmac_xmit_base make of an instance. An ipvlan beside a VMAC is one more interface to 2.2.7. */
export function readVirtualInterface(
  block: BoundDirective,
  context: VirtualInterfaceContext,
): VirtualInterface | undefined {
  const { log, saysUnicast, hasInterface } = context;
  const vmacs = childrenNamed(block, 'use_vmac');
  const ipvlans = childrenNamed(block, 'use_ipvlan');
  const from = ipvlans[0] ?? vmacs[0];
  const base = log.flag(block, 'vmac_xmit_base');
  if (base && vmacs.length === 0) takeBack(base, 'vmac_xmit_base needs use_vmac', log);
  if (!from) return undefined;
  if (saysUnicast && !hasInterface) {
    takeBack(from, 'a unicast instance without an interface can have none', log);
    return undefined;
  }
  const kind = ipvlans.length > 0 ? 'ipvlan' : 'vmac';
  const sendsFromBase = vmacs.length > 0 && readsFromBase(base, from, context);
  const read = kind === 'ipvlan' ? readIpvlan(ipvlans, context) : readVmac(vmacs, context);
  return { kind, ...read, sendsFromBase, from };
}

function readsFromBase(
  base: BoundDirective | undefined,
  from: BoundDirective,
  { saysUnicast, strict, log }: VirtualInterfaceContext,
): boolean {
  if (strict && (base || saysUnicast)) {
    if (base) takeBack(base, 'strict mode excludes vmac_xmit_base', log);
    return false;
  }
  if (saysUnicast && !base) {
    log.warn(keepalivedFindings.withoutEffect, {
      summary: 'use_vmac beside unicast settings sends from the interface below',
      detail: 'The daemon sets vmac_xmit_base: by unicast the adverts cannot leave a virtual MAC address.',
      at: from.directive.span,
      help: 'add vmac_xmit_base',
    });
  }
  return base !== undefined || saysUnicast;
}

type Read = Pick<VirtualInterface, 'name' | 'mac' | 'address' | 'prefixLength' | 'mode'>;

/** A name and a MAC address, the first of each; of a line only two words count. */
function readVmac(lines: readonly BoundDirective[], context: VirtualInterfaceContext): Read {
  const { log, strict } = context;
  let name: string | undefined;
  let mac: readonly number[] | undefined;
  for (const line of lines) {
    for (const word of argumentsOf(line).slice(0, 2)) {
      if (word.includes(':')) {
        const octets = mac === undefined ? readMac(word) : 'there is one already';
        if (typeof octets === 'string') dropOption(log, line, `MAC address ${word}`, octets);
        else mac = octets;
      } else name = takeName(name, word, line, canBeInterface, context);
    }
    const surplus = argumentsOf(line).slice(2);
    if (surplus.length > 0) dropOption(log, line, surplus.join(' '), 'a third word of use_vmac');
  }
  const [first] = lines;
  if (mac && strict && first) {
    takeBack(first, 'strict mode excludes a MAC address of its own', log);
    mac = undefined;
  }
  return { ...(name !== undefined && { name }), ...(mac && { mac }) };
}

/** A text is the reason why it cannot be used. */
function readMac(text: string): readonly number[] | string {
  const parts = text.replace(/:$/, '').split(':');
  const octets = parts.map((part) => (/^[0-9a-fA-F]{1,2}$/.test(part) ? Number.parseInt(part, 16) : -1));
  if (octets.includes(-1) || octets.length < 5 || octets.length > 6) return 'not five or six octets';
  if (((octets[0] ?? 0) & 1) === 1) return 'a multicast address';
  const isStandard = octets.slice(0, 4).join() === '0,0,94,0' && (octets[4] === 1 || octets[4] === 2);
  return isStandard ? 'of the range that the standard gives out' : octets;
}

/** An address, a mode and a name, the first of each; a second use_ipvlan does not count. */
function readIpvlan([line, ...repeats]: readonly BoundDirective[], context: VirtualInterfaceContext): Read {
  const { log, family } = context;
  if (!line) return {};
  for (const repeat of repeats) log.repeated(repeat, line, 'use_ipvlan');
  let read: Read = {};
  for (const word of argumentsOf(line)) {
    const address = readOwnAddress(word);
    if (word === 'bridge' || word === 'private' || word === 'vepa') {
      if (read.mode) dropOption(log, line, word, `the mode is ${read.mode} already`);
      else read = { ...read, mode: word };
    } else if (address) {
      if (read.address) dropOption(log, line, word, 'there is an address already');
      else if (address.family !== family) dropOption(log, line, word, 'of another family than the instance');
      else read = { ...read, address, ...prefixOf(word) };
    } else {
      const name = takeName(read.name, word, line, (text) => text.length <= 15, context);
      if (name !== undefined) read = { ...read, name };
    }
  }
  if (family === 'ipv4' && !read.address) {
    log.warn(keepalivedFindings.alwaysInFault, {
      summary: 'an IPv4 instance with use_ipvlan needs an address for the interface',
      detail: 'The daemon keeps the instance in FAULT: it never holds an address.',
      at: line.directive.span,
      help: 'write use_ipvlan ADDRESS',
    });
  }
  return read;
}

/** An address whose prefix length, if it has one, fits; anything else is a name. */
function readOwnAddress(word: string): IpAddress | undefined {
  const slash = word.indexOf('/');
  const address = parseIpAddress(slash < 0 ? word : word.slice(0, slash));
  const length = slash < 0 ? '0' : word.slice(slash + 1);
  return address && /^\d+$/.test(length) && Number(length) <= bitsOf(address.family) ? address : undefined;
}

function prefixOf(word: string): { prefixLength?: number } {
  const [, length] = /\/(\d+)/.exec(word) ?? [];
  return length === undefined ? {} : { prefixLength: Number(length) };
}

function takeName(
  earlier: string | undefined,
  word: string,
  line: BoundDirective,
  isName: (text: string) => boolean,
  { namesTaken, log }: VirtualInterfaceContext,
): string | undefined {
  let problem: string | undefined;
  if (earlier !== undefined) problem = `the interface is named ${earlier} already`;
  else if (!isName(word)) problem = 'not the name of an interface';
  else if (namesTaken.has(word)) problem = 'another instance has an interface of this name';
  if (problem === undefined) return word;
  dropOption(log, line, word, problem);
  return earlier;
}
