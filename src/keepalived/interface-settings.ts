import { argumentOf, type BoundDirective, childrenNamed, entriesOf } from './bound-directive.ts';
import { dropEntry, dropOption } from './entry-messages.ts';
import { keepalivedFindings } from './findings.ts';
import type { VrrpInstance } from './node-configuration.ts';
import type { ReadingLog, Setting } from './reading-log.ts';
import { allowedMs, readSecondsMs, readSecondsWordMs } from './values.ts';

/** How long a link must be down or up before it counts. */
export interface LinkDelay {
  readonly interface: string;
  readonly downMs: number;
  readonly upMs: number;
  readonly from: BoundDirective;
}

/** A garp_group: one limit for the messages of several interfaces. */
export interface GarpGroup {
  readonly directive: BoundDirective;
  readonly garpIntervalMs?: number;
  readonly gnaIntervalMs?: number;
  readonly interfaces: readonly string[];
  /** The limit is shared, by `interfaces`; else it is of each. */
  readonly shared: boolean;
}

/** An interface whose link is asked for again and again. */
export interface LinkbeatInterface {
  readonly interface: string;
  readonly type?: 'MII' | 'ETHTOOL' | 'IOCTL';
  readonly from: BoundDirective;
}

export interface InterfaceSettings {
  readonly linkDelays: readonly LinkDelay[];
  readonly garpGroups: readonly GarpGroup[];
  readonly linkbeatInterfaces: readonly LinkbeatInterface[];
  /** linkbeat_use_polling at the root: for the interfaces of all instances. */
  readonly linkbeatPollingEverywhere: Setting<boolean>;
}

/** Reads what the root says of interfaces. */
export function readInterfaceSettings(blocks: readonly BoundDirective[], log: ReadingLog): InterfaceSettings {
  const root = { children: blocks };
  const polling = log.flag(root, 'linkbeat_use_polling');
  return {
    linkDelays: readLinkDelays(entriesOf(root, 'interface_up_down_delays'), log),
    garpGroups: readGarpGroups(childrenNamed(root, 'garp_group'), log),
    linkbeatInterfaces: entriesOf(root, 'linkbeat_interfaces').map((entry) => readLinkbeat(entry, log)),
    linkbeatPollingEverywhere: polling ? { value: true, from: polling } : { value: false },
  };
}

/**
 * A delay must be shorter than the time in which an instance on the interface misses its adverts: the daemon shortens one that
 * is not, and has none where a single missed advert counts.
 */
export function settleLinkDelays(
  settings: InterfaceSettings,
  instances: readonly Pick<VrrpInstance, 'interface' | 'downTimerAdverts' | 'advertIntervalMs'>[],
  log: ReadingLog,
): InterfaceSettings {
  const linkDelays = settings.linkDelays.map((delay) => {
    let { downMs, upMs } = delay;
    for (const { interface: own, downTimerAdverts, advertIntervalMs } of instances) {
      if (own.value !== delay.interface) continue;
      const missed = (downTimerAdverts.value - 1) * advertIntervalMs.value;
      const longest = Math.max(0, missed - Math.floor((advertIntervalMs.value * 1000) / 256) / 1000);
      if (downMs >= missed) downMs = longest;
      if (upMs >= missed) upMs = longest;
    }
    if (downMs !== delay.downMs || upMs !== delay.upMs)
      dropOption(
        log,
        delay.from,
        'a delay',
        'an instance there would take over before it is over, so it is shortened',
      );
    return { ...delay, downMs, upMs };
  });
  return { ...settings, linkDelays };
}

/** Of several entries for one interface the last counts. */
function readLinkDelays(entries: readonly BoundDirective[], log: ReadingLog): LinkDelay[] {
  const delays = new Map<string, LinkDelay>();
  for (const from of entries) {
    const [name, down, up, surplus] = from.directive.words;
    if (!down) {
      dropEntry(log, from, 'entry', 'no time is given');
      continue;
    }
    const times = [down, ...(up ? [up] : [])].map(({ value }) => readSecondsWordMs(value, 0, 255_000));
    const values = times.map((time) => ('value' in time ? time.value : time.instead));
    const [downMs, upMs = 0] = values;
    if (downMs === undefined || values.includes(undefined)) {
      dropEntry(log, from, 'entry', 'a time is not from 0 to 255 seconds');
      continue;
    }
    if (surplus) dropOption(log, from, surplus.value, 'a third time');
    delays.set(name.value, { interface: name.value, downMs, upMs, from });
  }
  return [...delays.values()];
}

/** An interface belongs to the first group that names it; a group without a time is removed. */
function readGarpGroups(blocks: readonly BoundDirective[], log: ReadingLog): GarpGroup[] {
  const taken = new Set<string>();
  return blocks.flatMap((block) => {
    const time = (keyword: string) =>
      log.last<number | undefined>(block, keyword, undefined, (line) =>
        readSecondsMs(line, ...allowedMs(line)),
      ).value;
    const [garp, gna] = [time('garp_interval'), time('gna_interval')];
    if (garp === undefined && gna === undefined) {
      log.ignore(block, 'The daemon removes a garp_group without a time.');
      log.warn(keepalivedFindings.definitionRemoved, {
        summary: 'a garp_group without garp_interval and gna_interval is removed',
        detail: 'The daemon reports it and sends without a gap on its interfaces.',
        at: block.directive.span,
        help: 'give it garp_interval, or delete it',
      });
      return [];
    }
    const list = entriesOf(block, 'interfaces').flatMap(({ directive }) => directive.words);
    const names = [
      ...childrenNamed(block, 'interface').map((line) => argumentOf(line)),
      ...list.map(({ value }) => value),
    ];
    const interfaces = names.filter((name) => !taken.has(name));
    for (const name of interfaces) taken.add(name);
    if (interfaces.length < names.length)
      dropOption(log, block, 'an interface of this garp_group', 'another garp_group has it');
    return [
      {
        directive: block,
        ...(garp !== undefined && { garpIntervalMs: garp }),
        ...(gna !== undefined && { gnaIntervalMs: gna }),
        interfaces,
        shared: list.length > 0,
      },
    ];
  });
}

function readLinkbeat(from: BoundDirective, log: ReadingLog): LinkbeatInterface {
  const [name, type, surplus] = from.directive.words;
  const known = (['MII', 'ETHTOOL', 'IOCTL'] as const).find((candidate) => candidate === type?.value);
  const odd = type && !known ? type : surplus;
  if (odd) dropOption(log, from, odd.value, 'neither MII, ETHTOOL nor IOCTL');
  return { interface: name.value, ...(known && { type: known }), from };
}
