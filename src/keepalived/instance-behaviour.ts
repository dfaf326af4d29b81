import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { takeBack } from './entry-messages.ts';
import type { GlobalDefinitions } from './node-configuration.ts';
import type { Reading, ReadingLog, Setting } from './reading-log.ts';
import { allowed, readBoolean, readLenientWhole } from './values.ts';

/** What an instance does with packets, adverts and messages, beside electing. */
export interface InstanceBehaviour {
  /** The host answers on the addresses. */
  readonly accepts: Setting<boolean>;
  /** Addresses in further adverts of one master are not compared. */
  readonly skipsAddressCheck: Setting<boolean>;
  /** False: an advert of lower priority is answered by one. */
  readonly lowerPriorityNoAdvert: Setting<boolean>;
  readonly higherPrioritySendsAdvert: Setting<boolean>;
  readonly promotesSecondaries: Setting<boolean>;
  readonly smtpAlert: Setting<boolean>;
  /** Of the instance itself; what is not said here comes from its group and the globals. */
  readonly notifiesPriorityChanges: Setting<boolean | undefined>;
  /** DELETED is reported when a reload removes the instance, instead of FAULT. */
  readonly notifiesDeleted: boolean;
  readonly linkbeatPolling: Setting<boolean>;
  readonly debugLevel: Setting<number>;
}

export interface BehaviourContext {
  readonly strict: boolean;
  readonly isOwner: boolean;
  readonly version: 2 | 3;
  readonly hasVirtualInterface: boolean;
  readonly globals: GlobalDefinitions;
  readonly log: ReadingLog;
}

export function readBehaviour(block: BoundDirective, context: BehaviourContext): InstanceBehaviour {
  const { log, globals } = context;
  const polling = log.flag(block, 'linkbeat_use_polling');
  return {
    accepts: readAccept(block, context),
    skipsAddressCheck: readSkip(block, context),
    lowerPriorityNoAdvert: strictly(block, 'lower_prio_no_advert', true, context),
    higherPrioritySendsAdvert: strictly(block, 'higher_prio_send_advert', false, context),
    promotesSecondaries: readPromotion(block, context),
    smtpAlert: log.last(block, 'smtp_alert', globals.smtpAlert.value, readBoolean),
    notifiesPriorityChanges: readPriorityChanges(block, log),
    notifiesDeleted: childrenNamed(block, 'notify_deleted').length > 0,
    linkbeatPolling: polling ? { value: true, from: polling } : { value: false },
    debugLevel: log.last(block, 'debug', 0, (line) => readLenientWhole(line, ...allowed(line))),
  };
}

export function readPriorityChanges(block: BoundDirective, log: ReadingLog): Setting<boolean | undefined> {
  return log.last<boolean | undefined>(block, 'notify_priority_changes', undefined, readBoolean);
}

/** Strict mode accepts nothing but for the owner of the addresses; version 2 not even where accept is said. */
function readAccept(
  block: BoundDirective,
  { strict, isOwner, version, log }: BehaviourContext,
): Setting<boolean> {
  const given = log.last<boolean>(block, ['accept', 'no_accept'], isOwner || !strict, (line) => ({
    value: line.directive.words[0].value === 'accept',
  }));
  if (!given.value || isOwner || !strict || version !== 2) return given;
  if (given.from) takeBack(given.from, 'strict mode excludes it in VRRP version 2', log);
  return { value: false };
}

/** Any word that is a boolean switches it on, even `off` (measured with 2.2.7 and 2.4.3). */
function readSkip(block: BoundDirective, { globals, log }: BehaviourContext): Setting<boolean> {
  const inherited = globals.skipsAddressCheck.value;
  return log.last(block, 'skip_check_adv_addr', inherited, (line): Reading<boolean> => {
    const reading = readBoolean(line);
    if ('value' in reading && !reading.value)
      return { problem: `the daemon takes ${argumentOf(line)} for on`, instead: true, shown: 'on' };
    return reading;
  });
}

/** A setting that strict mode fixes. */
function strictly(
  block: BoundDirective,
  keyword: 'lower_prio_no_advert' | 'higher_prio_send_advert',
  inStrict: boolean,
  { strict, globals, log }: BehaviourContext,
): Setting<boolean> {
  const inherited =
    keyword === 'lower_prio_no_advert' ? globals.lowerPriorityNoAdvert : globals.higherPrioritySendsAdvert;
  const given = log.last(block, keyword, strict ? inStrict : inherited.value, readBoolean);
  if (!strict || given.value === inStrict) return given;
  if (given.from) takeBack(given.from, 'strict mode decides it', log);
  return { value: inStrict };
}

function readPromotion(
  block: BoundDirective,
  { hasVirtualInterface, log }: BehaviourContext,
): Setting<boolean> {
  const line = log.flag(block, 'promote_secondaries');
  if (!line) return { value: false };
  if (!hasVirtualInterface) return { value: true, from: line };
  takeBack(line, 'a virtual interface has it anyway', log);
  return { value: false };
}
