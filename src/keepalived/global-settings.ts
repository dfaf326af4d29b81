import { type Announcement, readAnnouncementDefaults } from './announcement.ts';
import {
  argumentOf,
  argumentsOf,
  type BlockContent,
  type BoundDirective,
  childrenNamed,
} from './bound-directive.ts';
import { isMulticast } from './instance-transport.ts';
import { type Family, type IpAddress, parseBareAddress, parseIpAddress } from './ip-address.ts';
import type { ScriptUser } from './node-configuration.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { readScriptCall } from './script-string.ts';
import { allowed, allowedMs, readBoolean, readLenientWhole, readSecondsMs } from './values.ts';

/** A command of global_defs. */
export interface GlobalScript {
  readonly argv: readonly string[];
  readonly user?: ScriptUser;
  readonly from: BoundDirective;
}

/** A pipe that the daemon writes state changes to, and what reads them there. */
export interface NotifyFifo {
  readonly path?: string;
  readonly user?: ScriptUser;
  readonly script?: GlobalScript;
}

/** What global_defs says for VRRP, beside the version, strict mode and the user of scripts. */
export interface GlobalSettings {
  readonly announcement: Announcement;
  readonly multicastGroups: Readonly<Record<Family, Setting<IpAddress>>>;
  readonly checksUnicastSource: Setting<boolean>;
  readonly skipsAddressCheck: Setting<boolean>;
  readonly lowerPriorityNoAdvert: Setting<boolean>;
  readonly higherPrioritySendsAdvert: Setting<boolean>;
  /** Of VRRP: smtp_alert_vrrp, else smtp_alert. */
  readonly smtpAlert: Setting<boolean>;
  readonly notifiesPriorityChanges: Setting<boolean>;
  /** Interfaces need not exist. */
  readonly dynamicInterfaces: Setting<boolean>;
  readonly allowsInterfaceChanges: boolean;
  /** Of static addresses without dev. */
  readonly defaultInterface: Setting<string>;
  readonly startupDelayMs: Setting<number>;
  /** From 2.4 on; counted from the boot. */
  readonly delayAfterBootMs: Setting<number>;
  /** Between the messages on one interface. */
  readonly garpIntervalMs: Setting<number>;
  readonly gnaIntervalMs: Setting<number>;
  readonly vmacPrefix: Setting<string>;
  readonly vmacAddrPrefix: Setting<string>;
  readonly logsUnknownRouterIds: Setting<boolean>;
  /** A reload writes all states to the pipes once more. */
  readonly fifoRepeatsStates: Setting<boolean>;
  readonly notifyFifo: NotifyFifo;
  readonly vrrpNotifyFifo: NotifyFifo;
  readonly startupScript?: GlobalScript & { readonly timeoutSeconds: number };
  readonly shutdownScript?: GlobalScript & { readonly timeoutSeconds: number };
}

/** Reads the global_defs blocks, which are one to the daemon. */
export function readGlobalSettings(globals: BlockContent, log: ReadingLog): GlobalSettings {
  const flag = (keyword: string): Setting<boolean> => {
    const from = log.flag(globals, keyword);
    return from ? { value: true, from } : { value: false };
  };
  const bool = (keyword: string, fallback = false) => log.last(globals, keyword, fallback, readBoolean);
  const all = bool('smtp_alert');
  const vmacPrefix = readFirst(globals, 'vmac_prefix', 'vrrp', log);
  const startupScript = readTimedScript(globals, 'startup_script', log);
  const shutdownScript = readTimedScript(globals, 'shutdown_script', log);
  const interval = (keyword: string) =>
    log.last(globals, keyword, 0, (line) => readSecondsMs(line, ...allowedMs(line)));
  return {
    announcement: readAnnouncementDefaults(globals, log),
    multicastGroups: {
      ipv4: readGroup(globals, 'vrrp_mcast_group4', 'ipv4', '224.0.0.18', log),
      ipv6: readGroup(globals, 'vrrp_mcast_group6', 'ipv6', 'ff02::12', log),
    },
    checksUnicastSource: flag('vrrp_check_unicast_src'),
    skipsAddressCheck: flag('vrrp_skip_check_adv_addr'),
    lowerPriorityNoAdvert: bool('vrrp_lower_prio_no_advert'),
    higherPrioritySendsAdvert: bool('vrrp_higher_prio_send_advert'),
    smtpAlert: ownOr(bool('smtp_alert_vrrp'), all),
    notifiesPriorityChanges: bool('vrrp_notify_priority_changes'),
    dynamicInterfaces: flag('dynamic_interfaces'),
    allowsInterfaceChanges: childrenNamed(globals, 'dynamic_interfaces').some(
      (line) => argumentOf(line) === 'allow_if_changes',
    ),
    defaultInterface: log.last(globals, 'default_interface', 'eth0', (line) => {
      const name = argumentOf(line);
      return name === '' ? { problem: 'no name is given' } : { value: name };
    }),
    startupDelayMs: interval('vrrp_startup_delay'),
    delayAfterBootMs: interval('vrrp_delay_after_boot'),
    garpIntervalMs: interval('vrrp_garp_interval'),
    gnaIntervalMs: interval('vrrp_gna_interval'),
    vmacPrefix,
    vmacAddrPrefix: readFirst(globals, 'vmac_addr_prefix', vmacPrefix.value, log),
    logsUnknownRouterIds: flag('log_unknown_vrids'),
    fifoRepeatsStates: flag('fifo_write_vrrp_states_on_reload'),
    notifyFifo: readFifo(globals, 'notify_fifo', log),
    vrrpNotifyFifo: readFifo(globals, 'vrrp_notify_fifo', log),
    ...(startupScript && { startupScript }),
    ...(shutdownScript && { shutdownScript }),
  };
}

function ownOr<T>(own: Setting<T>, fallback: Setting<T>): Setting<T> {
  return own.from ? own : fallback;
}

function readFirst(
  globals: BlockContent,
  keyword: string,
  fallback: string,
  log: ReadingLog,
): Setting<string> {
  const [first, ...repeats] = childrenNamed(globals, keyword);
  if (!first) return { value: fallback };
  for (const repeat of repeats) log.repeated(repeat, first, keyword);
  return { value: argumentOf(first), from: first };
}

function readGroup(
  globals: BlockContent,
  keyword: string,
  family: Family,
  fallback: string,
  log: ReadingLog,
): Setting<IpAddress> {
  const standard = parseIpAddress(fallback) ?? { family, value: 0n, text: fallback };
  return log.last(globals, keyword, standard, (line): Reading<IpAddress> => {
    const value = parseBareAddress(argumentOf(line));
    if (value?.family === family && isMulticast(value, 'any')) return { value };
    return { problem: `not a multicast address of ${family}` };
  });
}

/** Scripts of global_defs run as the script_user that stands before them. */
function userAt(globals: BlockContent, line: BoundDirective): ScriptUser | undefined {
  const before = globals.children.slice(0, globals.children.indexOf(line));
  const last = childrenNamed({ children: before }, 'script_user').at(-1);
  if (!last) return undefined;
  const [user = '', group] = argumentsOf(last);
  return group === undefined ? { user } : { user, group };
}

function readScript(globals: BlockContent, keyword: string, log: ReadingLog): GlobalScript | undefined {
  const lines = childrenNamed(globals, keyword).filter(({ directive }) => directive.words.length > 1);
  const [first, ...repeats] = lines;
  if (!first) return undefined;
  for (const repeat of repeats) log.repeated(repeat, first, keyword);
  const { argv, rest } = readScriptCall(first.directive.text);
  if (argv.length === 0) {
    log.ignore(first, 'The daemon cannot split the script string and drops it.');
    return undefined;
  }
  const [name, group] = rest;
  const own = name === undefined ? undefined : group === undefined ? { user: name } : { user: name, group };
  const user = own ?? userAt(globals, first);
  return { argv, from: first, ...(user && { user }) };
}

function readTimedScript(
  globals: BlockContent,
  keyword: 'startup_script' | 'shutdown_script',
  log: ReadingLog,
): GlobalSettings['startupScript'] {
  const timeout = log.last(globals, `${keyword}_timeout`, 10, (line) =>
    readLenientWhole(line, ...allowed(line)),
  );
  const script = readScript(globals, keyword, log);
  return script && { ...script, timeoutSeconds: timeout.value };
}

function readFifo(globals: BlockContent, keyword: string, log: ReadingLog): NotifyFifo {
  const lines = childrenNamed(globals, keyword).filter(({ directive }) => directive.words.length > 1);
  const [first, ...repeats] = lines;
  for (const repeat of repeats) if (first) log.repeated(repeat, first, keyword);
  const script = readScript(globals, `${keyword}_script`, log);
  if (!first) return { ...(script && { script }) };
  const [path = '', name, group] = argumentsOf(first);
  const own = name === undefined ? undefined : group === undefined ? { user: name } : { user: name, group };
  const user = own ?? userAt(globals, first);
  return { path, ...(user && { user }), ...(script && { script }) };
}
