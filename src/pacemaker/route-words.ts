import { bitsOf, formatIpAddress, type IpAddress } from '../keepalived/ip-address.ts';
import type { Network } from '../keepalived/network.ts';
import type {
  Encapsulation,
  Nexthop,
  Route,
  RouteMetric,
  RouteMetrics,
} from '../keepalived/routing-configuration.ts';
import type { NamedNumber } from '../keepalived/routing-names.ts';
import { ownProtocol } from '../keepalived/virtual-route.ts';
import { joinArguments } from './script-arguments.ts';

/**
 * What follows the destination and the table in ip-route(8), so that the kernel gets what Keepalived gives it. Everything
 * that ip(8) would choose by itself is said: Keepalived's routes have the scope global, where ip takes link for a device.
 * Names of tables and the like stay names: each host looks them up.
 */
function routeWords(route: Route): string[] {
  const { sourceSelector, preferredSource, realms } = route;
  return [
    ...(sourceSelector ? ['from', networkWord(sourceSelector)] : []),
    ...(route.tos === undefined ? [] : ['tos', hexadecimal(route.tos)]),
    ...encapsulationWords(route.encapsulation),
    ...hopWords(route),
    'proto',
    String(route.protocol ?? ownProtocol),
    'scope',
    String(route.scope ?? 0),
    ...(preferredSource ? ['src', addressWord(preferredSource)] : []),
    ...valueWords('metric', route.metric),
    ...(realms ? ['realms', realms.join('/')] : []),
    ...metricWords(route.metrics),
    ...(route.preference === undefined
      ? []
      : ['pref', preferences[route.preference] ?? `${route.preference}`]),
    ...valueWords('expires', route.expiresSeconds),
    ...route.nexthops.flatMap(nexthopWords),
  ];
}

/** What follows `ip` to add a route, in its place among others, or to delete it. */
export function routeCommand(route: Route, verb: Route['placement'] | 'del'): string[] {
  const { family, type, destination, table, vrf } = route;
  const where = vrf === undefined ? ['table', String(table)] : ['vrf', vrf];
  const option = family === 'ipv6' ? '-6' : '-4';
  return [option, 'route', verb, type, networkWord(destination), ...where, ...routeWords(route)];
}

/** A route as the parameters of the shipped agent. */
export function routeParameters(route: Route): Record<string, string> {
  const { family, type, placement, table, vrf } = route;
  return {
    destination: networkWord(route.destination),
    ...(type !== 'unicast' && { type }),
    ...(family === 'ipv6' && { family }),
    ...(vrf === undefined ? table !== 254 && { table: String(table) } : { vrf }),
    ...(placement !== 'prepend' && { placement }),
    options: joinArguments(routeWords(route)),
  };
}

const preferences: Readonly<Record<number, string>> = { 0: 'medium', 1: 'high', 3: 'low' };

/** Options that the kernel takes without a trace (measured with 2.2.7 on Linux 6.18). */
export function unusedOptions({ metrics, ttlPropagate, encapsulation }: Route): string[] {
  const flags = encapsulation && 'flags' in encapsulation ? (encapsulation.flags ?? 0) : 0;
  const withoutWord = tunnelFlags.reduce((left, [bit]) => left & ~bit, flags);
  return [
    ...(metrics.rtoMin && !metrics.rtoMin.locked ? ['rto_min without lock'] : []),
    ...(ttlPropagate === undefined ? [] : ['ttl-propagate']),
    ...(withoutWord === 0 ? [] : [`the bits 0x${withoutWord.toString(16)} of flags`]),
  ];
}

/** An address in its shortest form. */
export function addressWord({ family, value }: IpAddress): string {
  return formatIpAddress(family, value);
}

/** `default` for everything, however it is written. */
export function networkWord({ address, family, prefixLength }: Network): string {
  if (!address || (prefixLength === 0 && address.value === 0n)) return 'default';
  const text = addressWord(address);
  return prefixLength === bitsOf(family) ? text : `${text}/${prefixLength}`;
}

export function valueWords(name: string, value: NamedNumber | undefined): string[] {
  return value === undefined ? [] : [name, String(value)];
}

/** ip(8) reads the number of a tos as hexadecimal, whatever it looks like. */
export function hexadecimal(value: NamedNumber): string {
  return typeof value === 'number' ? `0x${value.toString(16)}` : value;
}

function hopWords({ gateway, device, onLink }: Pick<Nexthop, 'gateway' | 'device' | 'onLink'>): string[] {
  return [
    ...(gateway ? ['via', addressWord(gateway)] : []),
    ...valueWords('dev', device),
    ...(onLink ? ['onlink'] : []),
  ];
}

function nexthopWords(nexthop: Nexthop): string[] {
  return [
    'nexthop',
    ...encapsulationWords(nexthop.encapsulation),
    ...hopWords(nexthop),
    'weight',
    String(nexthop.weight ?? 1),
    ...(nexthop.realms ? ['realms', nexthop.realms.join('/')] : []),
  ];
}

/**
 * Bits of `flags` that ip(8) has words for. Keepalived hands its number over as it is, and the kernel takes the bytes the other
 * way round (measured with 2.2.7: `flags 1024` sets key). The other bits leave no trace in the route.
 */
const tunnelFlags: readonly (readonly [bit: number, word: string])[] = [
  [0x100, 'csum'],
  [0x400, 'key'],
  [0x800, 'seq'],
];

function encapsulationWords(encapsulation: Encapsulation | undefined): string[] {
  if (!encapsulation) return [];
  const { type } = encapsulation;
  if (type === 'mpls') return ['encap', 'mpls', encapsulation.labels.join('/')];
  if (type === 'ila') return ['encap', 'ila', ...(encapsulation.locator ? [encapsulation.locator] : [])];
  const { id, source, destination, ttl, tos, flags = 0 } = encapsulation;
  return [
    'encap',
    type,
    ...valueWords('id', id),
    ...(source ? ['src', addressWord(source)] : []),
    ...(destination ? ['dst', addressWord(destination)] : []),
    ...valueWords(type === 'ip' ? 'ttl' : 'hoplimit', ttl),
    ...(tos === undefined ? [] : [type === 'ip' ? 'tos' : 'tc', hexadecimal(tos)]),
    ...tunnelFlags.flatMap(([bit, word]) => (flags & bit ? [word] : [])),
  ];
}

function metricWords(metrics: RouteMetrics): string[] {
  const { mtu, advmss, reordering, cwnd, ssthresh, congctl, rtt, rttvar, rtoMin } = metrics;
  return [
    ...lockable('mtu', mtu, String),
    ...lockable('advmss', advmss, String),
    ...lockable('reordering', reordering, String),
    ...lockable('cwnd', cwnd, String),
    ...lockable('ssthresh', ssthresh, String),
    // Without a unit it is eighths and quarters of a millisecond, as the kernel keeps them; with one ip rounds up.
    ...lockable('rtt', rtt, (ms) => String(ms * 8)),
    ...lockable('rttvar', rttvar, (ms) => String(ms * 4)),
    // ip always locks it; and the kernel does not use one that is not locked.
    ...(rtoMin?.locked ? ['rto_min', `${rtoMin.value}ms`] : []),
    ...lockable('congctl', congctl, String),
    ...valueWords('hoplimit', metrics.hoplimit),
    ...valueWords('window', metrics.window),
    ...valueWords('initcwnd', metrics.initcwnd),
    ...valueWords('initrwnd', metrics.initrwnd),
    ...valueWords('quickack', metrics.quickack),
    ...valueWords('fastopen_no_cookie', metrics.fastopenNoCookie),
    ...(metrics.ecn ? ['features', 'ecn'] : []),
  ];
}

function lockable<T>(name: string, metric: RouteMetric<T> | undefined, text: (value: T) => string): string[] {
  return metric ? [name, ...(metric.locked ? ['lock'] : []), text(metric.value)] : [];
}
