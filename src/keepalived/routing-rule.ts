import { entryIn } from '../../grammar/source/table-entry.ts';
import type { BoundDirective } from './bound-directive.ts';
import { dropOption } from './entry-messages.ts';
import { EntryWords } from './entry-words.ts';
import { keepalivedFindings } from './findings.ts';
import type { Family } from './ip-address.ts';
import { ofFamily } from './network.ts';
import type { ReadingLog } from './reading-log.ts';
import type { RoutingRule } from './routing-configuration.ts';
import { act, type RuleReading, ruleOptions } from './rule-options.ts';
import { ownProtocol, routeType, unknownTrackGroup } from './virtual-route.ts';

/** Counts out preferences to the rules that have none, downwards through the whole file. */
export class RulePreferences {
  private readonly next = { ipv4: 16_384, ipv6: 16_384 };

  take(family: Family): number {
    return this.next[family]--;
  }
}

export interface RuleContext {
  readonly log: ReadingLog;
  readonly preferences: RulePreferences;
  /** Only a static rule may name one. */
  readonly trackGroups?: readonly string[];
}

/** Reads an entry of virtual_rules or static_rules. Undefined, with a diagnostic, where the daemon drops it. */
export function readRule(entry: BoundDirective, context: RuleContext): RoutingRule | undefined {
  const { log } = context;
  const words = new EntryWords(entry, log);
  const reading: RuleReading = { words, log, rule: { inverted: false }, tracked: true, needsTable: false };
  while (!words.isDone) readOption(reading, context);
  checkAction(reading);
  return words.conclude('rule') ? settle(reading, context) : undefined;
}

function readOption(reading: RuleReading, { trackGroups, log }: RuleContext): void {
  const { words, rule } = reading;
  const word = words.take();
  const option = entryIn(ruleOptions, word);
  if (option) option(reading);
  else if (word === 'track_group' && trackGroups) {
    const name = words.take();
    if (rule.trackGroup !== undefined) words.stop();
    else if (trackGroups.includes(name)) rule.trackGroup = name;
    else unknownTrackGroup(name, words, log);
  } else takeAction(reading, word === 'type' ? words.take() : word);
}

function takeAction(reading: RuleReading, word: string): void {
  const { words } = reading;
  if (word === 'goto') {
    act(reading, { kind: 'goto', preference: words.whole('goto') });
    return;
  }
  const kind = word === 'nop' ? word : routeType(word);
  if (kind === 'nop' || kind === 'blackhole' || kind === 'unreachable' || kind === 'prohibit')
    act(reading, { kind });
  else words.drop(`'${word}' is no option of a rule`);
}

function checkAction({ words, rule, action, needsTable }: RuleReading): void {
  if (action?.kind === 'goto' && rule.preference === undefined) words.drop('goto needs a preference');
  else if (action?.kind === 'goto' && (rule.preference ?? 0) >= action.preference)
    words.drop(`goto ${action.preference} is not after its own preference ${rule.preference}`);
  else if (!action) words.drop('it has no action, such as table');
  else if (needsTable && action.kind !== 'table' && action.kind !== 'l3mdev')
    words.drop('realms and suppress options are for rules with a table');
}

function settle(reading: RuleReading, { log, preferences }: RuleContext): RoutingRule {
  const { words, rule, tracked } = reading;
  const { entry } = words;
  const { source, destination, trackGroup, ...rest } = rule;
  const family = words.family ?? 'ipv4';
  const action = reading.action ?? { kind: 'nop' };
  if (tracked && rest.protocol !== undefined && rest.protocol !== ownProtocol)
    dropOption(
      log,
      entry,
      `protocol ${rest.protocol}`,
      `a tracked rule has ${ownProtocol}, keepalived's own`,
    );
  const keepsGroup = trackGroup !== undefined && rest.incomingInterface !== undefined;
  if (trackGroup !== undefined && !keepsGroup)
    dropOption(log, entry, `track_group ${trackGroup}`, 'a rule needs dev for it');
  return {
    ...rest,
    family,
    ...(source && { source: ofFamily(source, family) }),
    ...(destination && { destination: ofFamily(destination, family) }),
    preference: rest.preference ?? countOut(entry, family, log, preferences),
    ...(tracked && { protocol: ownProtocol }),
    ...(keepsGroup && { trackGroup }),
    action,
    tracked,
    from: entry,
  };
}

function countOut(
  entry: BoundDirective,
  family: Family,
  log: ReadingLog,
  preferences: RulePreferences,
): number {
  const preference = preferences.take(family);
  log.warn(keepalivedFindings.countedPreference, {
    summary: `a rule without a preference gets ${preference}`,
    detail:
      'The daemon counts down from 16384 through the whole file: a rule added above moves all that follow.',
    at: entry.directive.span,
    help: `add preference ${preference}, or the number that is meant`,
  });
  return preference;
}
