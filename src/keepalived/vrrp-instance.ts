import {
  argumentOf,
  argumentSpan,
  type BoundDirective,
  childrenNamed,
  entriesOf,
} from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { type Family, type IpAddress, parseIpAddress } from './ip-address.ts';
import type { GlobalDefinitions, VirtualAddress, VrrpInstance, VrrpScript } from './node-configuration.ts';
import { readNotifyScripts } from './notify-scripts.ts';
import type { ReadingLog, Setting } from './reading-log.ts';
import { type DefaultWeight, readTrackEntries } from './track-entries.ts';
import { readSecondsMs, readWhole } from './values.ts';
import { readVirtualAddress } from './virtual-address.ts';

/** What an instance takes from the rest of the file: globals, and the scripts defined before it. */
export interface InstanceContext {
  readonly globals: GlobalDefinitions;
  readonly scripts: readonly VrrpScript[];
  readonly log: ReadingLog;
}

/** Reads a vrrp_instance block with the daemon's defaults, clamps and order rules. */
export function readVrrpInstance(block: BoundDirective, context: InstanceContext): VrrpInstance {
  const { globals, log } = context;
  const state = readState(block, log);
  const priority = readPriority(block, state.value, log);
  const sourceAddress = readSource(block, log);
  const unicastPeers = readPeers(block, log);
  const read = [
    ...entriesOf(block, 'virtual_ipaddress').map((entry) => readVirtualAddress(entry, false, log)),
    ...entriesOf(block, 'virtual_ipaddress_excluded').map((entry) => readVirtualAddress(entry, true, log)),
  ].filter((address) => address !== undefined);
  const family = familyOf(read, sourceAddress.value, unicastPeers[0]?.address);
  const version = readVersion(block, family, globals, log);
  return {
    name: argumentOf(block),
    directive: block,
    interface: log.last<string | undefined>(block, 'interface', undefined, (bound) => ({
      value: argumentOf(bound),
    })),
    virtualRouterId: log.last(block, 'virtual_router_id', 0, (bound) => readWhole(bound, 1, 255)),
    state,
    priority,
    version,
    family,
    advertIntervalMs: readAdvertInterval(block, version.value, log),
    downTimerAdverts: readDownTimer(block, globals, log),
    ...readPreemption(block, state.value, priority.value, log),
    tracksOwnInterface: readOwnTracking(block, log),
    sourceAddress,
    unicastPeers,
    addresses: read.filter((address) => address.excluded || keepFamily(address, family, log)),
    ...readTracking(block, context),
    notifyScripts: readNotifyScripts(block, globals.scriptUser?.value, log),
  };
}

/** MASTER stays MASTER whatever follows; the daemon reports a later BACKUP. */
function readState(block: BoundDirective, log: ReadingLog): Setting<'MASTER' | 'BACKUP'> {
  let state: Setting<'MASTER' | 'BACKUP'> = { value: 'BACKUP' };
  for (const bound of childrenNamed(block, 'state')) {
    const word = argumentOf(bound);
    if (word !== 'MASTER' && word !== 'BACKUP') {
      log.ignore(bound, `The daemon does not know the state ${word} and uses BACKUP.`);
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: `state ${word} is neither MASTER nor BACKUP`,
        detail: 'The daemon reports it and uses BACKUP.',
        at: argumentSpan(bound),
        help: 'write MASTER or BACKUP, in capitals',
      });
    } else if (state.value === 'MASTER') log.ignore(bound, 'The state is MASTER already and stays so.');
    else {
      if (state.from) log.ignore(state.from, 'A later state wins.');
      state = { value: word, from: bound };
    }
  }
  return state;
}

/** Default 100; 255 with state MASTER and no priority (since 1.2.20); an invalid one counts as 100. */
function readPriority(block: BoundDirective, state: 'MASTER' | 'BACKUP', log: ReadingLog): Setting<number> {
  const given = childrenNamed(block, 'priority').length > 0;
  const fallback = !given && state === 'MASTER' ? 255 : 100;
  if (fallback === 255) {
    log.warn(keepalivedFindings.masterWithoutPriority, {
      summary: `vrrp_instance ${argumentOf(block)} has state MASTER and no priority: the daemon uses 255`,
      detail: 'It then owns the addresses: weights do not count, and it always takes the addresses back.',
      at: childrenNamed(block, 'state').at(-1)?.directive.span ?? block.directive.span,
      help: 'give it the priority that it should have',
    });
  }
  return log.last(block, 'priority', fallback, (bound) => readWhole(bound, 1, 255, 100));
}

function readSource(block: BoundDirective, log: ReadingLog): Setting<IpAddress | undefined> {
  const read = (bound: BoundDirective) => {
    const value = parseIpAddress(argumentOf(bound));
    return value ? { value } : { problem: 'not an address' };
  };
  const unicast = log.last<IpAddress | undefined>(block, 'unicast_src_ip', undefined, read);
  const multicast = log.last<IpAddress | undefined>(block, 'mcast_src_ip', undefined, read);
  return unicast.value ? unicast : multicast;
}

function readPeers(block: BoundDirective, log: ReadingLog) {
  return entriesOf(block, 'unicast_peer').flatMap((from) => {
    const text = from.directive.words[0].value;
    const address = parseIpAddress(text);
    if (address) return [{ address, from }];
    log.ignore(from, `The daemon skips ${text}: it is not an address.`);
    log.warn(keepalivedFindings.entryDropped, {
      summary: `unicast_peer ${text} is not an address`,
      detail: 'The daemon reports the entry and skips it.',
      at: from.directive.span,
      help: 'give the address of the peer, without a prefix length',
    });
    return [];
  });
}

/** The first of VIP, source and peer that appears decides; the lists come in this order in practically every file. */
function familyOf(
  addresses: readonly VirtualAddress[],
  source: IpAddress | undefined,
  peer: IpAddress | undefined,
): Family {
  const first = addresses.find((address) => !address.excluded);
  return first?.address.family ?? source?.family ?? peer?.family ?? addresses[0]?.address.family ?? 'ipv4';
}

function keepFamily({ address, from }: VirtualAddress, family: Family, log: ReadingLog): boolean {
  if (address.family === family) return true;
  log.ignore(from, `The instance is ${family}; the daemon drops an address of the other family.`);
  log.warn(keepalivedFindings.wrongFamily, {
    summary: `${address.text} is dropped: the instance is ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`,
    detail: 'The first address of an instance decides its family, and virtual_ipaddress takes no other.',
    at: from.directive.span,
    help: 'put it into virtual_ipaddress_excluded, or into an instance of its own',
  });
  return false;
}

/** IPv6 is always version 3. */
function readVersion(
  block: BoundDirective,
  family: Family,
  globals: GlobalDefinitions,
  log: ReadingLog,
): Setting<2 | 3> {
  const own = log.last(block, 'version', globals.vrrpVersion.value, (bound) => {
    const reading = readWhole(bound, 2, 3);
    return 'problem' in reading ? { problem: reading.problem } : { value: reading.value as 2 | 3 };
  });
  return family === 'ipv6' ? { ...own, value: 3 } : own;
}

/** Version 2 rounds to whole seconds, at least one; version 3 to hundredths, at most 40.95 s. */
function readAdvertInterval(block: BoundDirective, version: 2 | 3, log: ReadingLog): Setting<number> {
  const given = log.last(block, 'advert_int', 1000, (bound) => readSecondsMs(bound, 10, 255_000));
  const value =
    version === 2
      ? Math.max(1000, Math.round(given.value / 1000) * 1000)
      : Math.min(40_950, Math.max(10, Math.round(given.value / 10) * 10));
  return { ...given, value };
}

function readDownTimer(block: BoundDirective, globals: GlobalDefinitions, log: ReadingLog): Setting<number> {
  const inherited = globals.downTimerAdverts.value;
  return log.last(block, 'down_timer_adverts', inherited, (bound) => readWhole(bound, 1, 100));
}

/** The daemon clears nopreempt and preempt_delay where the node starts as MASTER or owns the address. */
function readPreemption(block: BoundDirective, state: string, priority: number, log: ReadingLog) {
  const last = childrenNamed(block, 'nopreempt', 'preempt').at(-1);
  for (const earlier of childrenNamed(block, 'nopreempt', 'preempt').slice(0, -1)) {
    log.ignore(earlier, 'A later line of nopreempt or preempt wins.');
  }
  const delay = log.last(block, 'preempt_delay', 0, (bound) => readSecondsMs(bound, 0, 1_000_000));
  const cleared = state === 'MASTER' ? 'state MASTER' : priority === 255 ? 'priority 255' : undefined;
  const forbids = last?.directive.words[0].value === 'nopreempt';
  if (last && forbids && cleared !== undefined) {
    log.ignore(last, `The daemon clears nopreempt because of ${cleared}.`);
    log.warn(keepalivedFindings.nopreemptCleared, {
      summary: `nopreempt does not count with ${cleared}`,
      detail: 'The daemon clears it with a message, so this node takes the addresses back when it returns.',
      at: last.directive.span,
      help:
        cleared === 'state MASTER'
          ? 'if the node must not preempt, give it state BACKUP'
          : 'an address owner always preempts',
    });
  }
  const counts = cleared === undefined;
  if (delay.from && (!counts || forbids)) {
    const because = forbids && counts ? 'nopreempt' : cleared;
    log.ignore(delay.from, `The daemon clears preempt_delay because of ${because}.`);
  }
  const preempts: Setting<boolean> = !last
    ? { value: true }
    : forbids && counts
      ? { value: false, from: last }
      : forbids
        ? { value: true }
        : { value: true, from: last };
  return { preempts, preemptDelayMs: counts && !forbids ? delay : { value: 0 } };
}

function readOwnTracking(block: BoundDirective, log: ReadingLog): Setting<boolean> {
  const off = log.flag(block, 'dont_track_primary');
  return off ? { value: false, from: off } : { value: true };
}

function readTracking(block: BoundDirective, { scripts, log }: InstanceContext) {
  const own = childrenNamed(block, 'interface').at(-1);
  const interfaces: DefaultWeight = (name, entry) => {
    if (!own || argumentOf(own) !== name) return { weight: 0, reverse: false };
    const off = childrenNamed(block, 'dont_track_primary').length > 0;
    log.ignore(
      entry,
      `${name} is the instance's own interface: the daemon ignores the entry${off ? '' : ' and tracks it anyway'}.`,
    );
    return undefined;
  };
  return {
    trackScripts: readTrackEntries(block, 'track_script', definedScripts(scripts, log), log),
    trackInterfaces: readTrackEntries(block, 'track_interface', interfaces, log),
  };
}

/** Scripts are looked up while the file is read: only those defined before the entry are found. */
export function definedScripts(scripts: readonly VrrpScript[], log: ReadingLog): DefaultWeight {
  return (name, entry) => {
    const script = scripts.find((candidate) => candidate.name === name);
    if (script) return script;
    log.ignore(entry, `No vrrp_script ${name} is defined before this line: the daemon ignores the entry.`);
    log.warn(keepalivedFindings.notTracked, {
      summary: `track_script ${name}: no such vrrp_script at this point`,
      detail:
        'The daemon looks the name up while it reads and ignores the entry: the instance runs unprotected by it.',
      at: entry.directive.span,
      help: `define vrrp_script ${name} above the instance, or correct the name`,
    });
    return undefined;
  };
}
