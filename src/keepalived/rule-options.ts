import { dropOption, lostWord } from './entry-messages.ts';
import type { EntryWords } from './entry-words.ts';
import { canBeInterface, reportImpossibleInterface } from './interface-name.ts';
import type { Family } from './ip-address.ts';
import type { Network } from './network.ts';
import type { ReadingLog } from './reading-log.ts';
import type { NumberRange, RoutingRule, RuleAction } from './routing-configuration.ts';
import { parseCNumber, routingNames, takeNamed, takeRealms } from './routing-names.ts';
import { readStrictWhole } from './values.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A rule while it is read. */
export interface RuleReading {
  readonly words: EntryWords;
  readonly log: ReadingLog;
  readonly rule: Mutable<
    Pick<RoutingRule, 'inverted'> &
      Partial<Omit<RoutingRule, 'family' | 'source' | 'destination' | 'action' | 'tracked' | 'from'>>
  > & { source?: Network | 'default'; destination?: Network | 'default' };
  action?: RuleAction;
  tracked: boolean;
  /** An option is given that only a look-up in a table can have. */
  needsTable: boolean;
}

type OptionReader = (reading: RuleReading) => void;

const takePreference: OptionReader = ({ words, rule }) => {
  const text = words.take();
  const value = text.trimStart().startsWith('-') ? undefined : parseCNumber(text);
  if (value === undefined) words.drop(`preference ${text} is no number`);
  else rule.preference = value;
};

const takeTable: OptionReader = (reading) => {
  const { words, log } = reading;
  const table = takeNamed(words, routingNames.table, log);
  if (table === 0) words.drop('table 0 is none');
  else act(reading, { kind: 'table', table });
};

const takeTos: OptionReader = ({ words, rule, log }) => {
  rule.tos = takeNamed(words, routingNames.tos, log);
};

const takeSuppressPrefix: OptionReader = (reading) => {
  reading.rule.suppressPrefixLength = reading.words.whole('suppress_prefixlength', 2_147_483_647);
  reading.needsTable = true;
};

const takeSuppressGroup: OptionReader = (reading) => {
  reading.rule.suppressGroup = takeNamed(reading.words, routingNames.group, reading.log);
  reading.needsTable = true;
};

const takeIncoming: OptionReader = (reading) => {
  reading.rule.incomingInterface = takeInterface(reading);
};

/** All options of a rule but its actions by name, under every spelling. */
export const ruleOptions: Readonly<Record<string, OptionReader>> = {
  inet: (reading) => takeFamily(reading, 'ipv4'),
  inet6: (reading) => takeFamily(reading, 'ipv6'),
  from: (reading) => takeSelector(reading, 'source', 'from'),
  to: (reading) => takeSelector(reading, 'destination', 'to'),
  table: takeTable,
  lookup: takeTable,
  not: ({ rule }) => {
    rule.inverted = true;
  },
  preference: takePreference,
  order: takePreference,
  priority: takePreference,
  tos: takeTos,
  dsfield: takeTos,
  fwmark: takeMark,
  realms(reading) {
    const { words, rule, log } = reading;
    const realms = takeRealms(words, log);
    if (realms) rule.realms = realms;
    else words.drop(`realms ${words.last.value} cannot be used`);
    words.agreeOn('ipv4');
    reading.needsTable = true;
  },
  suppress_prefixlength: takeSuppressPrefix,
  sup_pl: takeSuppressPrefix,
  suppress_ifgroup: takeSuppressGroup,
  sup_group: takeSuppressGroup,
  dev: takeIncoming,
  iif: takeIncoming,
  oif(reading) {
    reading.rule.outgoingInterface = takeInterface(reading);
  },
  'tunnel-id'({ words, rule }) {
    const text = words.take();
    const value = readStrictWhole(text, 0, 2 ** 64);
    if (value === undefined) words.drop(`tunnel-id ${text} is no number`);
    // Only 32 of its 64 bits count (measured with 2.2.7).
    else rule.tunnelId = Number(BigInt.asUintN(32, BigInt(text.trim())));
  },
  uidrange({ words, rule }) {
    const range = readRange(words.take(), 32);
    if (range) rule.userIds = range;
    else words.drop(`uidrange ${words.last.value} is not LOW-HIGH`);
  },
  l3mdev: (reading) => act(reading, { kind: 'l3mdev' }),
  protocol({ words, rule, log }) {
    const text = words.take();
    const value = readStrictWhole(text, 0, 255);
    if (value !== undefined) rule.protocol = value;
    else dropOption(log, words.entry, `protocol ${text}`, 'not a number from 0 to 255');
  },
  ipproto: takeTransport,
  sport: (reading) => takePorts(reading, 'sourcePorts', 'sport'),
  dport: (reading) => takePorts(reading, 'destinationPorts', 'dport'),
  no_track(reading) {
    reading.tracked = false;
  },
};

/** A rule has one action; a second one drops it. */
export function act(reading: RuleReading, action: RuleAction): void {
  if (reading.action) reading.words.drop('it has two actions');
  else reading.action = action;
}

/** By a number up to 127 (measured with 2.2.7), or by a name of the host's. */
function takeTransport({ words, rule, log }: RuleReading): void {
  const text = words.peek() ?? '';
  if (/^\s*\d/.test(text) ? readStrictWhole(text, 0, 127) === undefined : /^\s*(?:-.*)?$/.test(text)) {
    words.take();
    dropOption(log, words.entry, `ipproto ${text}`, 'neither a number from 0 to 127 nor a name');
  } else rule.transport = takeNamed(words, routingNames.transport, log);
}

/** The daemon's reader loses the word after the family (measured with 2.2.7). */
function takeFamily({ words, log }: RuleReading, family: Family): void {
  const { last } = words;
  words.agreeOn(family);
  lostWord(log, last, words.peek());
  words.skip();
}

/** A word for everything is of no family, which is another one than any that was decided before. */
function takeSelector({ words, rule }: RuleReading, field: 'source' | 'destination', name: string): void {
  const network = words.network(name);
  if (!network) return;
  if (network !== 'default') words.agreeOn(network.family);
  else if (words.family !== undefined)
    words.drop(`${name} ${words.last.value} stands after an address or a family: it must come first`);
  rule[field] = network;
}

function takeInterface({ words, log }: RuleReading): string {
  const name = words.take();
  if (!words.hasFailed && !canBeInterface(name)) reportImpossibleInterface('dev', name, words.last.span, log);
  return name;
}

/** VALUE[/MASK]; nothing is 0. */
function takeMark({ words, rule }: RuleReading): void {
  const text = words.take();
  const slash = text.indexOf('/');
  const value = readMark(slash < 0 ? text : text.slice(0, slash));
  const mask = slash < 0 ? undefined : readMark(text.slice(slash + 1));
  if (value === undefined || (slash >= 0 && mask === undefined)) words.drop(`fwmark ${text} is no number`);
  else rule.fwmark = { value, ...(mask !== undefined && { mask }) };
}

function readMark(text: string): number | undefined {
  if (text === '') return 0;
  return text.trimStart().startsWith('-') ? undefined : parseCNumber(text);
}

/** A range, as C scans one: what follows the second number is nothing, and numbers that are too large wrap. */
function readRange(text: string, bits: 16 | 32): NumberRange | undefined {
  const [, low, high] = /^\s*([+-]?\d+)-\s*([+-]?\d+)/.exec(text) ?? [];
  if (low === undefined || high === undefined) return undefined;
  const wrap = (digits: string) => Number(BigInt.asUintN(bits, BigInt(digits.replace('+', ''))));
  return { low: wrap(low), high: wrap(high) };
}

/** One port alone is no range to the daemon: it does without (measured with 2.2.7). */
function takePorts(
  { words, rule, log }: RuleReading,
  field: 'sourcePorts' | 'destinationPorts',
  name: string,
): void {
  const text = words.take();
  const range = readRange(text, 16);
  if (range) rule[field] = range;
  else dropOption(log, words.entry, `${name} ${text}`, 'not LOW-HIGH');
}
