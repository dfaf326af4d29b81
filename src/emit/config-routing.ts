import type {
  Encapsulation,
  Nexthop,
  NumberRange,
  Route,
  RouteMetric,
  RouteMetrics,
  RoutingRule,
} from '../keepalived/routing-configuration.ts';
import { addressText, networkText } from './config-values.ts';

export function routeOf(route: Route) {
  return {
    family: route.family,
    type: route.type,
    placement: route.placement,
    destination: networkText(route.destination),
    sourceSelector: networkText(route.sourceSelector),
    preferredSource: addressText(route.preferredSource),
    gateway: addressText(route.gateway),
    device: route.device ?? null,
    table: route.table,
    vrf: route.vrf ?? null,
    tos: route.tos ?? null,
    protocol: route.protocol ?? null,
    scope: route.scope ?? null,
    metric: route.metric ?? null,
    onLink: route.onLink,
    realms: route.realms ?? [],
    expiresMs: route.expiresSeconds === undefined ? null : route.expiresSeconds * 1000,
    preference: route.preference ?? null,
    ttlPropagate: route.ttlPropagate ?? null,
    metrics: metricsOf(route.metrics),
    encapsulation: encapsulationOf(route.encapsulation),
    nexthops: route.nexthops.map(nexthopOf),
    tracked: route.tracked,
    trackGroup: route.trackGroup ?? null,
  };
}

function metricsOf(metrics: RouteMetrics) {
  return {
    mtu: metricOf(metrics.mtu),
    advmss: metricOf(metrics.advmss),
    reordering: metricOf(metrics.reordering),
    cwnd: metricOf(metrics.cwnd),
    ssthresh: metricOf(metrics.ssthresh),
    congctl: metricOf(metrics.congctl),
    rttMs: metricOf(metrics.rtt),
    rttvarMs: metricOf(metrics.rttvar),
    rtoMinMs: metricOf(metrics.rtoMin),
    hoplimit: metrics.hoplimit ?? null,
    window: metrics.window ?? null,
    initcwnd: metrics.initcwnd ?? null,
    initrwnd: metrics.initrwnd ?? null,
    quickack: metrics.quickack ?? null,
    fastopenNoCookie: metrics.fastopenNoCookie ?? null,
    ecn: metrics.ecn ?? null,
  };
}

function metricOf<T>(metric: RouteMetric<T> | undefined) {
  return metric ? { value: metric.value, locked: metric.locked } : null;
}

function nexthopOf(nexthop: Nexthop) {
  return {
    gateway: addressText(nexthop.gateway),
    device: nexthop.device ?? null,
    weight: nexthop.weight ?? null,
    onLink: nexthop.onLink,
    realms: nexthop.realms ?? [],
    encapsulation: encapsulationOf(nexthop.encapsulation),
  };
}

function encapsulationOf(encapsulation: Encapsulation | undefined) {
  if (!encapsulation) return null;
  const { type: kind } = encapsulation;
  if (kind === 'mpls') return { kind, labels: encapsulation.labels };
  if (kind === 'ila') return { kind, locator: encapsulation.locator ?? null };
  const { id, destination, source, tos, ttl, flags } = encapsulation;
  return {
    kind,
    id: id ?? null,
    destination: addressText(destination),
    source: addressText(source),
    tos: tos ?? null,
    ttl: ttl ?? null,
    flags: flags ?? null,
  };
}

export function ruleOf(rule: RoutingRule) {
  const { action, fwmark } = rule;
  return {
    family: rule.family,
    preference: rule.preference,
    inverted: rule.inverted,
    source: networkText(rule.source),
    destination: networkText(rule.destination),
    tos: rule.tos ?? null,
    fwmark: fwmark?.value ?? null,
    fwmarkMask: fwmark?.mask ?? null,
    incomingInterface: rule.incomingInterface ?? null,
    outgoingInterface: rule.outgoingInterface ?? null,
    userIds: rangeOf(rule.userIds),
    transport: rule.transport ?? null,
    sourcePorts: rangeOf(rule.sourcePorts),
    destinationPorts: rangeOf(rule.destinationPorts),
    tunnelId: rule.tunnelId ?? null,
    action: action.kind,
    table: action.kind === 'table' ? action.table : null,
    gotoPreference: action.kind === 'goto' ? action.preference : null,
    realms: rule.realms ?? [],
    suppressPrefixLength: rule.suppressPrefixLength ?? null,
    suppressGroup: rule.suppressGroup ?? null,
    protocol: rule.protocol ?? null,
    tracked: rule.tracked,
    trackGroup: rule.trackGroup ?? null,
  };
}

function rangeOf(range: NumberRange | undefined) {
  return range ? { first: range.low, last: range.high } : null;
}
