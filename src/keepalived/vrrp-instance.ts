import { readAnnouncement } from './announcement.ts';
import { argumentOf, type BoundDirective, childrenNamed, entriesOf } from './bound-directive.ts';
import type { Definitions } from './definitions.ts';
import { readAddressing } from './instance-addressing.ts';
import { readBehaviour } from './instance-behaviour.ts';
import { readRole } from './instance-role.ts';
import { readTransport, saysUnicast } from './instance-transport.ts';
import { canBeInterface, reportImpossibleInterface } from './interface-name.ts';
import type { GlobalDefinitions, VrrpInstance } from './node-configuration.ts';
import { readNotifyScripts } from './notify-scripts.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { type RulePreferences, readRule } from './routing-rule.ts';
import type { DefaultWeight } from './track-entries.ts';
import { readTrackLists } from './track-lists.ts';
import { allowed, allowedMs, readBoolean, readLenientWhole, readSecondsMs, readWhole } from './values.ts';
import { readVirtualInterface } from './virtual-mac.ts';
import { readRoute } from './virtual-route.ts';

/** What an instance takes from the rest of the file. */
export interface InstanceContext {
  readonly globals: GlobalDefinitions;
  /** What is defined before it. */
  readonly definitions: Definitions;
  readonly preferences: RulePreferences;
  /** Names of the virtual interfaces of the instances before it. */
  readonly virtualInterfaces: ReadonlySet<string>;
  readonly log: ReadingLog;
}

/** Reads a vrrp_instance block with the daemon's defaults, clamps and order rules. */
export function readVrrpInstance(block: BoundDirective, context: InstanceContext): VrrpInstance {
  const { globals, definitions, preferences, log } = context;
  const strict = log.last(block, 'strict_mode', globals.strict.value, readBoolean).value;
  const addressing = readAddressing(block, globals, strict, log);
  const { version, family } = addressing;
  const authenticatesHeaders = !strict && version.value === 2 && family === 'ipv4' && usesHeaders(block);
  const role = readRole(block, { strict, authenticatesHeaders }, log);
  const own = log.last(block, 'interface', undefined, readInterface);
  const isUnicast = addressing.unicastPeers.length > 0;
  const hasInterface = own.value !== undefined;
  const virtualInterface = readVirtualInterface(block, {
    family,
    strict,
    saysUnicast: saysUnicast(block),
    hasInterface,
    namesTaken: context.virtualInterfaces,
    log,
  });
  const vmacAddr = log.flag(block, 'use_vmac_addr');
  const isOwner = role.priority.value === 255;
  const hasVirtualInterface = virtualInterface !== undefined;
  const hasSource = addressing.sourceAddress.value !== undefined;
  const rules = entriesOf(block, 'virtual_rules').map((entry) => readRule(entry, { log, preferences }));
  return {
    name: argumentOf(block),
    directive: block,
    interface: own,
    virtualRouterId: log.last(block, 'virtual_router_id', 0, (bound) => readWhole(bound, ...allowed(bound))),
    ...role,
    ...addressing,
    ...readTransport(block, { family, isUnicast, hasSource, hasInterface, globals, log }),
    ...readBehaviour(block, { strict, isOwner, version: version.value, hasVirtualInterface, globals, log }),
    ...(virtualInterface && { virtualInterface }),
    usesVmacForAddresses: vmacAddr ? { value: true, from: vmacAddr } : { value: false },
    strict,
    advertIntervalMs: readAdvertInterval(block, version.value, log),
    downTimerAdverts: readDownTimer(block, globals, strict, log),
    tracksOwnInterface: readOwnTracking(block, log),
    ...readTrackLists(block, definitions, interfacesOf(block, log), log),
    virtualRoutes: entriesOf(block, 'virtual_routes').flatMap((entry) => readRoute(entry, log) ?? []),
    virtualRules: rules.flatMap((rule) => rule ?? []),
    announcement: readAnnouncement(block, globals.announcement, strict, log),
    notifyScripts: readNotifyScripts(block, globals.scriptUser?.value, log),
  };
}

/** The loopback interface is refused, and a name with a colon is an alias, which no interface has. */
function readInterface(bound: BoundDirective): Reading<string | undefined> {
  const name = argumentOf(bound);
  if (name.length > 15) return { problem: 'longer than 15 characters' };
  if (name !== 'lo' && canBeInterface(name)) return { value: name };
  const problem = name === 'lo' ? 'the loopback interface' : 'not the name of an interface';
  return { problem, instead: undefined, shown: 'none' };
}

/** Authentication by AH, which takes a password; the last type that the daemon knows counts. */
function usesHeaders(block: BoundDirective): boolean {
  const lines = childrenNamed(block, 'authentication').flatMap(({ children }) => children);
  const words = (keyword: string) =>
    lines.filter((line) => line.directive.words[0].value === keyword).map((line) => argumentOf(line));
  const type = words('auth_type').findLast((word) => word === 'AH' || word === 'PASS');
  return type === 'AH' && words('auth_pass').length > 0;
}

/** Version 2 rounds to whole seconds, at least one; version 3 to hundredths, at most 40.95 s. */
function readAdvertInterval(block: BoundDirective, version: 2 | 3, log: ReadingLog): Setting<number> {
  const given = log.last(block, 'advert_int', 1000, (bound) =>
    readSecondsMs(bound, ...allowedMs(bound), log.release),
  );
  const value =
    version === 2
      ? Math.max(1000, Math.round(given.value / 1000) * 1000)
      : given.value >= 40_960
        ? 40_950
        : Math.max(10, Math.round(given.value / 10) * 10);
  return { ...given, value };
}

/** Strict mode knows no other number than 3. */
function readDownTimer(
  block: BoundDirective,
  globals: GlobalDefinitions,
  strict: boolean,
  log: ReadingLog,
): Setting<number> {
  const inherited = globals.downTimerAdverts.value;
  const given = log.last(block, 'down_timer_adverts', inherited, (bound) =>
    readLenientWhole(bound, ...allowed(bound)),
  );
  if (!strict || given.value === 3) return given;
  if (given.from) log.ignore(given.from, 'In strict mode the daemon uses 3.');
  return { value: 3 };
}

function readOwnTracking(block: BoundDirective, log: ReadingLog): Setting<boolean> {
  const off = log.flag(block, 'dont_track_primary');
  return off ? { value: false, from: off } : { value: true };
}

/** Entries of track_interface: the instance's own interface is none, and any other must be able to exist. */
function interfacesOf(block: BoundDirective, log: ReadingLog): DefaultWeight {
  const own = childrenNamed(block, 'interface').at(-1);
  return (name, entry) => {
    if (!canBeInterface(name)) reportImpossibleInterface('track_interface', name, entry.directive.span, log);
    if (!own || argumentOf(own) !== name) return { weight: 0, reverse: false };
    const off = childrenNamed(block, 'dont_track_primary').length > 0;
    log.ignore(
      entry,
      `${name} is the instance's own interface: the daemon ignores the entry${off ? '' : ' and tracks it anyway'}.`,
    );
    return undefined;
  };
}
