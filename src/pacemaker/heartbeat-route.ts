import type { Route } from '../keepalived/routing-configuration.ts';
import { ownProtocol } from '../keepalived/virtual-route.ts';
import { addressWord, networkWord } from './route-words.ts';

/**
 * A route as the parameters of ocf:heartbeat:Route; undefined where that agent would do something else.
 *
 * It calls `ip route add DESTINATION dev D via G src S table T`. That is what Keepalived does with a gateway; without one
 * ip gives the route another scope. For a default route it fails where the host has one of its own, and Keepalived puts
 * its own before it (measured with resource-agents 4.12 and keepalived 2.2.7). It splits words once more, and expands them.
 */
export function routerAttributes(route: Route): Record<string, string> | undefined {
  const { gateway, device, preferredSource, table } = route;
  const destination = networkWord(route.destination);
  if (destination === 'default' || !gateway || !isPlain(route)) return undefined;
  if (![device ?? '', String(table)].every((word) => /^[\w.:@-]*$/.test(word))) return undefined;
  return {
    destination,
    ...(device !== undefined && { device }),
    gateway: addressWord(gateway),
    ...(preferredSource && { source: addressWord(preferredSource) }),
    ...(table !== 254 && { table: String(table) }),
    family: route.family === 'ipv6' ? 'ip6' : 'ip4',
  };
}

function isPlain(route: Route): boolean {
  const { type, placement, protocol = ownProtocol, scope = 0, metrics, nexthops, onLink } = route;
  const others = [
    route.sourceSelector,
    route.vrf,
    route.tos,
    route.metric,
    route.realms,
    route.expiresSeconds,
    route.preference,
    route.encapsulation,
  ];
  return (
    type === 'unicast' &&
    placement === 'prepend' &&
    protocol === ownProtocol &&
    scope === 0 &&
    !onLink &&
    nexthops.length === 0 &&
    Object.keys(metrics).length === 0 &&
    others.every((option) => option === undefined)
  );
}
