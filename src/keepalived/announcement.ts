import {
  argumentOf,
  argumentsOf,
  type BlockContent,
  type BoundDirective,
  childrenNamed,
} from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { allowed, readBoolean, readLeadingWhole, readLenientWhole } from './values.ts';

/** How a new master tells its neighbours where the addresses are: gratuitous ARPs, unsolicited neighbour advertisements. */
export interface Announcement {
  /** Between the first burst and the second. */
  readonly delaySeconds: Setting<number>;
  /** Messages in each burst. */
  readonly repeat: Setting<number>;
  /** How often they are sent again; 0: never. */
  readonly refreshSeconds: Setting<number>;
  readonly refreshRepeat: Setting<number>;
  /** The same bursts after an advert of lower priority was heard. */
  readonly lowerPriorityDelaySeconds: Setting<number>;
  readonly lowerPriorityRepeat: Setting<number>;
  /** For interfaces beside the instance's own; 0: never. */
  readonly extraInterfaces: Setting<{ readonly seconds: number; readonly all: boolean }>;
}

const daemonDefaults = { delaySeconds: 5, repeat: 5, refreshSeconds: 0, refreshRepeat: 1 } as const;

/** The vrrp_garp_* lines of global_defs. A line of vrrp_min_garp changes what is still at its default there. */
export function readAnnouncementDefaults(globals: BlockContent, log: ReadingLog): Announcement {
  const basic = readBasic(globals, 'vrrp_garp', log);
  const settled = applyMinimum(globals, basic, log);
  const lowerPriority = (keyword: string, inherited: number) =>
    log.last(globals, keyword, inherited, (line) => readLenientWhole(line, ...allowed(line)));
  return {
    ...settled,
    lowerPriorityDelaySeconds: lowerPriority('vrrp_garp_lower_prio_delay', settled.delaySeconds.value),
    lowerPriorityRepeat: lowerPriority('vrrp_garp_lower_prio_repeat', settled.repeat.value),
    extraInterfaces: readExtraInterfaces(globals, ['vrrp_garp_extra_if', 'vrrp_vmac_garp_intvl'], 1, log),
  };
}

/** The garp_* lines of an instance. In strict mode nothing is sent after an advert of lower priority. */
export function readAnnouncement(
  block: BoundDirective,
  inherited: Announcement,
  strict: boolean,
  log: ReadingLog,
): Announcement {
  const lowerPriority = (keyword: string, fallback: number): Setting<number> => {
    const given = log.last(block, keyword, strict ? 0 : fallback, (line) =>
      readLenientWhole(line, ...allowed(line)),
    );
    if (!strict || given.value === 0) return given;
    if (given.from) log.ignore(given.from, 'In strict mode the daemon uses 0.');
    return { value: 0 };
  };
  return {
    ...readBasic(block, 'garp', log, inherited),
    lowerPriorityDelaySeconds: lowerPriority(
      'garp_lower_prio_delay',
      inherited.lowerPriorityDelaySeconds.value,
    ),
    lowerPriorityRepeat: lowerPriority('garp_lower_prio_repeat', inherited.lowerPriorityRepeat.value),
    extraInterfaces: readExtraInterfaces(
      block,
      ['garp_extra_if', 'vmac_garp_intvl'],
      0,
      log,
      inherited.extraInterfaces,
    ),
  };
}

type Basic = Pick<Announcement, keyof typeof daemonDefaults>;

function readBasic(block: BlockContent, prefix: string, log: ReadingLog, inherited?: Basic): Basic {
  const read = (name: string, field: keyof Basic, reader: (line: BoundDirective) => Reading<number>) =>
    log.last(block, `${prefix}_${name}`, inherited?.[field].value ?? daemonDefaults[field], reader);
  return {
    delaySeconds: read('master_delay', 'delaySeconds', (line) => readLenientWhole(line, ...allowed(line))),
    repeat: read('master_repeat', 'repeat', readRepeat),
    // A line that cannot be read switches refreshing off.
    refreshSeconds: read('master_refresh', 'refreshSeconds', (line) =>
      readLenientWhole(line, ...allowed(line), 0),
    ),
    refreshRepeat: read('master_refresh_repeat', 'refreshRepeat', readRepeat),
  };
}

/** 0, which releases before 2.0.7 took, is 1. */
function readRepeat(line: BoundDirective): Reading<number> {
  const reading = readLenientWhole(line, 0, 4_294_967_295);
  const value = 'value' in reading ? reading.value : reading.instead;
  if (value === 0) return { problem: 'not at least 1', instead: 1 };
  return reading;
}

/** vrrp_min_garp acts where it stands: lines after it count as usual. */
function applyMinimum(globals: BlockContent, basic: Basic, log: ReadingLog): Basic {
  const isOn = (line: BoundDirective) => {
    const reading = readBoolean(line);
    return 'value' in reading && reading.value;
  };
  const on = childrenNamed(globals, 'vrrp_min_garp').filter(isOn);
  const [first] = on;
  if (!first) {
    log.last(globals, 'vrrp_min_garp', false, readBoolean);
    return basic;
  }
  const place = globals.children.indexOf(first);
  const settle = (field: keyof Basic, minimum: number): Setting<number> => {
    const given = basic[field];
    const isLater = given.from !== undefined && globals.children.indexOf(given.from) > place;
    return isLater || given.value !== daemonDefaults[field] ? given : { value: minimum, from: first };
  };
  return {
    delaySeconds: settle('delaySeconds', 0),
    repeat: settle('repeat', 1),
    refreshSeconds: settle('refreshSeconds', 0),
    refreshRepeat: settle('refreshRepeat', 0),
  };
}

/** `all` and a number in any order. `all` stays once it is said. */
function readExtraInterfaces(
  block: BlockContent,
  keywords: readonly string[],
  low: number,
  log: ReadingLog,
  inherited: Announcement['extraInterfaces'] = { value: { seconds: 0, all: false } },
): Announcement['extraInterfaces'] {
  let setting: Setting<number> | undefined;
  let all = false;
  for (const line of childrenNamed(block, ...keywords)) {
    let seconds: number | undefined;
    let problem: string | undefined;
    for (const word of argumentsOf(line)) {
      if (word === 'all') all = true;
      else {
        const reading = readLeadingWhole(word, low, 86_400);
        seconds = 'value' in reading ? reading.value : reading.instead;
        if (seconds === undefined) problem = 'problem' in reading ? reading.problem : undefined;
      }
      if (problem !== undefined) break;
    }
    if (problem === undefined && seconds === undefined) problem = 'no time is given';
    if (problem === undefined && seconds !== undefined) setting = { value: seconds, from: line };
    else reportExtraInterfaces(line, problem ?? '', log);
  }
  if (!setting) return { ...inherited, value: { ...inherited.value, all: inherited.value.all || all } };
  return { ...setting, value: { seconds: setting.value, all } };
}

function reportExtraInterfaces(line: BoundDirective, problem: string, log: ReadingLog): void {
  log.ignore(line, `${problem}; the daemon ignores the line.`);
  log.warn(keepalivedFindings.valueNotUsed, {
    summary: `${line.directive.words[0].value} ${argumentOf(line)}: ${problem}`,
    detail: 'The daemon reports it and ignores the line.',
    at: line.directive.span,
    help: 'give a number of seconds up to 86400',
  });
}
