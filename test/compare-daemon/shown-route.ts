import type { IpAddress } from '../../src/keepalived/ip-address.ts';
import type { Network } from '../../src/keepalived/network.ts';
import type {
  Encapsulation,
  Nexthop,
  Route,
  RouteMetric,
  RoutingRule,
} from '../../src/keepalived/routing-configuration.ts';
import type { NamedNumber } from '../../src/keepalived/routing-names.ts';
import { sameAddress } from './daemon-reading.ts';
import { numberOfName } from './routing-files.ts';

/** A route as the daemon's dump spells it, without the sign that it is installed. */
export function shownRoute(route: Route): string {
  const { metrics } = route;
  return [
    route.placement,
    route.type === 'unicast' ? '' : route.type,
    shownNetwork(route.destination),
    option('from', route.sourceSelector && shownNetwork(route.sourceSelector)),
    option('src', shownAddress(route.preferredSource)),
    option('tos', shownNumber('tos', route.tos)),
    route.encapsulation ? shownEncapsulation(route.encapsulation) : '',
    shownGateway(route.gateway),
    option('dev', route.device),
    route.table === 254 ? '' : option('table', shownNumber('table', route.table)),
    option('proto', shownNumber('protocol', route.protocol)),
    option('scope', shownNumber('scope', route.scope)),
    option('metric', route.metric),
    route.family === 'ipv4' && route.onLink ? 'onlink' : '',
    shownRealms(route.realms, realmsOf(route.realms) >>> 16 > 0),
    option('expires', route.expiresSeconds === undefined ? undefined : `${route.expiresSeconds}sec`),
    // The dump has no blank before the sign that it is locked.
    option('congctl', metrics.congctl && `${metrics.congctl.value}${metrics.congctl.locked ? 'lock' : ''}`),
    shownTime('rtt', metrics.rtt),
    shownTime('rttvar', metrics.rttvar),
    shownTime('rto_min', metrics.rtoMin),
    metrics.ecn ? 'features ecn' : '',
    shownMetric('mtu', metrics.mtu),
    option('window', metrics.window),
    shownMetric('ssthresh', metrics.ssthresh),
    shownMetric('cwnd', metrics.cwnd),
    shownMetric('advmss', metrics.advmss),
    shownMetric('reordering', metrics.reordering),
    option('hoplimit', metrics.hoplimit),
    option('initcwnd', metrics.initcwnd),
    option('initrwnd', metrics.initrwnd),
    option('quickack', metrics.quickack),
    option('pref', route.preference === undefined ? undefined : (preferences[route.preference] ?? 'unknown')),
    option('fastopen_no_cookie', metrics.fastopenNoCookie),
    route.ttlPropagate === undefined ? '' : `ttl-propagate ${route.ttlPropagate ? 'en' : 'dis'}abled`,
    // The dump asks the route's realms how to write those of a nexthop.
    ...route.nexthops.map((nexthop) => shownNexthop(nexthop, realmsOf(route.realms) >>> 16 > 0)),
    route.tracked ? '' : 'no_track',
    option('track_group', route.trackGroup),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

const preferences: Readonly<Record<number, string>> = { 0: 'medium', 1: 'high', 3: 'low' };

/** A rule as the daemon's dump spells it. */
export function shownRule(rule: RoutingRule): string {
  const { source, destination, fwmark, action, sourcePorts, destinationPorts, userIds } = rule;
  const range = (value: RoutingRule['userIds']) => value && `${value.low}-${value.high}`;
  const realms = realmsOf(rule.realms);
  return [
    !source && !destination && rule.family === 'ipv6' ? 'inet6' : '',
    rule.inverted ? 'not' : '',
    `from ${source ? shownNetwork(source) : 'all'}`,
    option('to', destination && shownNetwork(destination)),
    `priority ${rule.preference}`,
    `tos 0x${Number(shownNumber('tos', rule.tos ?? 0)).toString(16)}`,
    fwmark ? `fwmark 0x${fwmark.value.toString(16)}${shownMask(fwmark.mask)}` : '',
    option('iif', rule.incomingInterface),
    option('oif', rule.outgoingInterface),
    option('suppress_prefixlen', rule.suppressPrefixLength),
    option('suppress_ifgroup', shownNumber('group', rule.suppressGroup)),
    rule.tunnelId ? `tunnel-id ${rule.tunnelId}` : '',
    option('uidrange', range(userIds)),
    action.kind === 'l3mdev' ? 'l3mdev' : '',
    option('protocol', rule.protocol),
    option('ipproto', shownNumber('transport', rule.transport)),
    option('sport', range(sourcePorts)),
    option('dport', range(destinationPorts)),
    realms === 0 ? '' : `realms ${realms >>> 16}/${realms & 0xffff}`,
    shownAction(action),
    rule.tracked ? '' : 'no_track',
    option('track_group', rule.trackGroup),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function shownAction(action: RoutingRule['action']): string {
  if (action.kind === 'table') return `lookup ${shownNumber('table', action.table)}`;
  if (action.kind === 'l3mdev') return 'lookup 0';
  if (action.kind === 'goto') return `goto ${action.preference}`;
  return action.kind === 'nop' ? 'nop' : `type ${action.kind}`;
}

function shownMask(mask: number | undefined): string {
  return mask === undefined || mask === 0xffffffff ? '' : `/0x${mask.toString(16)}`;
}

function option(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : `${name} ${value}`;
}

function shownNumber(kind: Parameters<typeof numberOfName>[0], value: NamedNumber | undefined) {
  return typeof value === 'string' ? numberOfName(kind, value) : value;
}

function shownAddress(address: IpAddress | undefined): string | undefined {
  return address && sameAddress(address.text);
}

function shownNetwork({ family, address, prefixLength }: Network): string {
  const bits = family === 'ipv4' ? 32 : 128;
  const text = sameAddress(address?.text ?? (family === 'ipv4' ? '0.0.0.0' : '::'));
  return prefixLength === bits ? text : `${text}/${prefixLength}`;
}

function shownGateway(gateway: IpAddress | undefined): string {
  return gateway ? `via inet${gateway.family === 'ipv6' ? '6' : ''} ${sameAddress(gateway.text)}` : '';
}

function realmsOf(realms: readonly NamedNumber[] = []): number {
  const numbers = realms.map((realm) => Number(shownNumber('realm', realm)));
  return numbers.reduce((sum, number) => sum * 65_536 + number, 0);
}

function shownRealms(realms: readonly NamedNumber[] | undefined, asPair: boolean): string {
  const value = realmsOf(realms);
  if (value === 0) return '';
  return asPair ? `realms ${value >>> 16}/${value & 0xffff}` : `realm ${value & 0xffff}`;
}

function shownMetric(name: string, metric: RouteMetric<number> | undefined): string {
  return metric ? `${name} ${metric.locked ? 'lock ' : ''}${metric.value}` : '';
}

/** Six significant digits, as %g prints. */
function shownTime(name: string, metric: RouteMetric<number> | undefined): string {
  if (!metric) return '';
  const digits = (value: number) => String(Number(value.toPrecision(6)));
  const time = metric.value >= 1000 ? `${digits(metric.value / 1000)}s` : `${digits(metric.value)}ms`;
  return `${name} ${metric.locked ? 'lock ' : ''}${time}`;
}

function shownNexthop(nexthop: Nexthop, asPair: boolean): string {
  return [
    'nexthop',
    shownGateway(nexthop.gateway),
    option('dev', nexthop.device),
    option('weight', nexthop.weight),
    nexthop.onLink ? 'onlink' : '',
    shownRealms(nexthop.realms, asPair),
    nexthop.encapsulation ? shownEncapsulation(nexthop.encapsulation) : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function shownEncapsulation(encapsulation: Encapsulation): string {
  const { type } = encapsulation;
  if (type === 'mpls') {
    const last = encapsulation.labels.length - 1;
    const labels = encapsulation.labels.map((label, index) =>
      (label * 4096 + (index === last ? 256 : 0)).toString(16),
    );
    return ['encap mpls', ...(labels.length > 0 ? [labels.join('/')] : [])].join(' ');
  }
  if (type === 'ila') return `encap ila ${shownLocator(encapsulation.locator)}`;
  const is6 = type === 'ip6';
  return [
    `encap ${type}`,
    option('id', encapsulation.id),
    option('dst', shownAddress(encapsulation.destination)),
    option('src', shownAddress(encapsulation.source)),
    option(is6 ? 'tc' : 'tos', shownNumber('tos', encapsulation.tos)),
    option(is6 ? 'hoplimit' : 'ttl', encapsulation.ttl),
    encapsulation.flags === undefined ? '' : `flags 0x${encapsulation.flags.toString(16)}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** The bytes as sent, read as a number of this machine's. */
function shownLocator(locator: string | undefined): string {
  const groups = (locator ?? '0:0:0:0').split(':').map((group) => BigInt(`0x${group}`));
  const bytes = groups.flatMap((group) => [group >> 8n, group & 255n]);
  return String(bytes.reduceRight((sum, byte) => (sum << 8n) | byte, 0n));
}
