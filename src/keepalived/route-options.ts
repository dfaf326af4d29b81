import { entryIn } from '../../grammar/source/table-entry.ts';
import { dropOption, lostWord } from './entry-messages.ts';
import { canBeInterface, reportImpossibleInterface } from './interface-name.ts';
import { readRoundTripMs } from './round-trip-time.ts';
import type { RouteReading } from './route-reading.ts';
import type { RouteMetrics } from './routing-configuration.ts';
import { routingNames, takeNamed, takeRealms } from './routing-names.ts';
import { readStrictWhole } from './values.ts';

/** Reads what follows the name of an option. */
type OptionReader = (reading: RouteReading) => void;

/** Names of metrics that are a plain number, and how large it may be. */
const numbers: Readonly<Record<string, readonly [keyof RouteMetrics, number]>> = {
  hoplimit: ['hoplimit', 255],
  window: ['window', 4_294_967_295],
  initcwnd: ['initcwnd', 4_294_967_295],
  initrwnd: ['initrwnd', 4_294_967_295],
  quickack: ['quickack', 1],
  fastopen_no_cookie: ['fastopenNoCookie', 1],
};

const lockableNumbers = ['mtu', 'advmss', 'reordering', 'cwnd', 'ssthresh'] as const;

/** Names of metrics that are a time, and the kernel's units in a millisecond. */
const times: Readonly<Record<string, readonly ['rtt' | 'rttvar' | 'rtoMin', number]>> = {
  rtt: ['rtt', 8],
  rttvar: ['rttvar', 4],
  rto_min: ['rtoMin', 1],
};

const selectors: Readonly<Record<string, OptionReader>> = {
  inet: (reading) => takeFamily(reading, 'ipv4'),
  inet6: (reading) => takeFamily(reading, 'ipv6'),
  src({ words, route }) {
    const address = words.address('src');
    words.agreeOn(address?.family);
    if (address) route.preferredSource = address;
  },
  via: takeGateway,
  // As it was spelled once.
  gw: takeGateway,
  from({ words, route }) {
    const network = words.network('from');
    if (network === 'default' || network?.family === 'ipv4') words.drop('from is for IPv6 only');
    else if (network) {
      words.agreeOn(network.family);
      route.sourceSelector = network;
    }
  },
  as({ words, log }) {
    words.takeIf('to') ? words.skip() : words.take();
    dropOption(log, words.entry, 'as', 'address translation is not supported');
  },
  table({ words, route, log }) {
    route.table = takeNamed(words, routingNames.table, log);
  },
  protocol({ words, route, log }) {
    route.protocol = takeNamed(words, routingNames.protocol, log);
  },
  scope({ words, route, log }) {
    route.scope = takeNamed(words, routingNames.scope, log);
  },
  vrf({ words, route }) {
    route.vrf = words.take();
  },
  realms({ words, route, log }) {
    const realms = takeRealms(words, log);
    if (realms) route.realms = realms;
    else words.drop(`realms ${words.last.value} cannot be used`);
    words.agreeOn('ipv4');
  },
  onlink({ route }) {
    route.onLink = true;
  },
  expires({ words, route }) {
    words.agreeOn('ipv6');
    route.expiresSeconds = words.whole('expires');
  },
  pref: takePreference,
  'ttl-propagate'({ words, route, log }) {
    const text = words.take();
    route.ttlPropagate = text === 'enabled';
    if (text !== 'enabled' && text !== 'disabled')
      dropOption(
        log,
        words.entry,
        `ttl-propagate ${text}`,
        'neither enabled nor disabled, and taken as disabled',
      );
  },
  no_track(reading) {
    reading.tracked = false;
  },
  add: ({ route }) => {
    route.placement = 'add';
  },
  prepend: ({ route }) => {
    route.placement = 'prepend';
  },
  append: ({ route }) => {
    route.placement = 'append';
  },
  or: takeSecondGateway,
};

const metrics: Readonly<Record<string, OptionReader>> = {
  features({ words, route, log }) {
    const text = words.take();
    if (text === 'ecn') route.metrics.ecn = true;
    else dropOption(log, words.entry, `features ${text}`, 'only ecn is supported');
  },
  congctl({ words, route }) {
    const locked = words.takeIf('lock');
    route.metrics.congctl = { value: words.take(), locked };
  },
};

/** All options of a route but those that decide how the rest of the line is read, under every spelling. */
export const routeOptions: ReadonlyMap<string, OptionReader> = new Map([
  ...Object.entries(selectors),
  ...Object.entries(metrics),
  ...['tos', 'dsfield'].map((name): [string, OptionReader] => [
    name,
    ({ words, route, log }) => {
      route.tos = takeNamed(words, routingNames.tos, log);
    },
  ]),
  ...['metric', 'priority', 'preference'].map((name): [string, OptionReader] => [
    name,
    ({ words, route }) => {
      route.metric = words.whole(name);
    },
  ]),
  ...['dev', 'oif'].map((name): [string, OptionReader] => [name, takeDevice]),
  ...Object.entries(numbers).map(([name, [field, high]]): [string, OptionReader] => [
    name,
    ({ words, route }) => Object.assign(route.metrics, { [field]: words.whole(name, high) }),
  ]),
  ...lockableNumbers.map((name): [string, OptionReader] => [
    name,
    ({ words, route }) => {
      const locked = words.takeIf('lock');
      route.metrics[name] = { value: words.whole(name), locked };
    },
  ]),
  ...Object.entries(times).map(([name, [field, unitsPerMs]]): [string, OptionReader] => [
    name,
    ({ words, route }) => {
      const locked = words.takeIf('lock');
      const text = words.take();
      const value = readRoundTripMs(text, unitsPerMs);
      if (value === undefined) words.drop(`${name} ${text} is not a time`);
      else route.metrics[field] = { value, locked };
    },
  ]),
]);

/** The daemon's reader of routes and of rules loses the word after the family (measured with 2.2.7). */
function takeFamily({ words, log }: RouteReading, family: 'ipv4' | 'ipv6'): void {
  const { last } = words;
  words.agreeOn(family);
  lostWord(log, last, words.peek());
  words.skip();
}

function takeGateway({ words, route }: RouteReading): void {
  if (words.takeIf('inet')) words.agreeOn('ipv4');
  else if (words.takeIf('inet6')) words.agreeOn('ipv6');
  const address = words.address('via');
  words.agreeOn(address?.family);
  if (address) route.gateway = address;
}

function takeDevice({ words, route, log }: RouteReading): void {
  const name = words.take();
  if (!words.hasFailed && !canBeInterface(name)) reportImpossibleInterface('dev', name, words.last.span, log);
  route.device = name;
}

const preferences: Readonly<Record<string, number>> = { low: 3, medium: 0, high: 1 };

function takePreference({ words, route }: RouteReading): void {
  words.agreeOn('ipv6');
  const text = words.take();
  const value = entryIn(preferences, text) ?? readStrictWhole(text, 0, 255);
  if (value === undefined) words.drop(`pref ${text} is neither low, medium, high nor a number`);
  else route.preference = value;
}

/** Makes two nexthops: the gateway so far, and this one. */
function takeSecondGateway({ words, route, log }: RouteReading): void {
  if (route.nexthops.length > 0) {
    dropOption(log, words.entry, 'the second or', 'the first one counts');
    words.skip();
    return;
  }
  const { gateway } = route;
  const second = words.address('or');
  delete route.gateway;
  route.nexthops = [
    { onLink: false, ...(gateway && { gateway }) },
    { onLink: false, ...(second && { gateway: second }) },
  ];
}
