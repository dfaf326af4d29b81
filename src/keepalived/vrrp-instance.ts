import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { readAddressing } from './instance-addressing.ts';
import { readRole } from './instance-role.ts';
import type { GlobalDefinitions, VrrpInstance, VrrpScript } from './node-configuration.ts';
import { readNotifyScripts } from './notify-scripts.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { type DefaultWeight, readTrackEntries } from './track-entries.ts';
import { readBoolean, readLenientWhole, readSecondsMs, readWhole } from './values.ts';

/** What an instance takes from the rest of the file: globals, and the scripts defined before it. */
export interface InstanceContext {
  readonly globals: GlobalDefinitions;
  readonly scripts: readonly VrrpScript[];
  readonly log: ReadingLog;
}

/** Reads a vrrp_instance block with the daemon's defaults, clamps and order rules. */
export function readVrrpInstance(block: BoundDirective, context: InstanceContext): VrrpInstance {
  const { globals, log } = context;
  const strict = log.last(block, 'strict_mode', globals.strict.value, readBoolean).value;
  const addressing = readAddressing(block, globals, strict, log);
  const { version } = addressing;
  const authenticatesHeaders =
    !strict && version.value === 2 && addressing.family === 'ipv4' && usesHeaders(block);
  return {
    name: argumentOf(block),
    directive: block,
    interface: log.last(block, 'interface', undefined, readInterface),
    virtualRouterId: log.last(block, 'virtual_router_id', 0, (bound) => readWhole(bound, 1, 255)),
    ...readRole(block, { strict, authenticatesHeaders }, log),
    ...addressing,
    strict,
    advertIntervalMs: readAdvertInterval(block, version.value, log),
    downTimerAdverts: readDownTimer(block, globals, strict, log),
    tracksOwnInterface: readOwnTracking(block, log),
    ...readTracking(block, context),
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

/** What the kernel takes for a name. */
function canBeInterface(name: string): boolean {
  return name.length <= 15 && /^[^:/\s]+$/.test(name) && name !== '.' && name !== '..';
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
    readSecondsMs(bound, 10, 255_000, log.release),
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
  const given = log.last(block, 'down_timer_adverts', inherited, (bound) => readLenientWhole(bound, 1, 100));
  if (!strict || given.value === 3) return given;
  if (given.from) log.ignore(given.from, 'In strict mode the daemon uses 3.');
  return { value: 3 };
}

function readOwnTracking(block: BoundDirective, log: ReadingLog): Setting<boolean> {
  const off = log.flag(block, 'dont_track_primary');
  return off ? { value: false, from: off } : { value: true };
}

function readTracking(block: BoundDirective, { scripts, log }: InstanceContext) {
  const own = childrenNamed(block, 'interface').at(-1);
  const interfaces: DefaultWeight = (name, entry) => {
    if (!canBeInterface(name)) {
      log.warn(keepalivedFindings.fatalValue, {
        summary: `track_interface ${name} cannot be the name of an interface`,
        detail: 'The daemon exits: every interface that an instance names must exist.',
        at: entry.directive.span,
        help: 'name an interface, one a line',
      });
    }
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
