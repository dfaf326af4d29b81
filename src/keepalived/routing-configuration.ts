import type { BoundDirective } from './bound-directive.ts';
import type { Family, IpAddress } from './ip-address.ts';
import type { Network } from './network.ts';
import type { NamedNumber } from './routing-names.ts';

/** A tunnel that packets of a route go into. */
export type Encapsulation =
  | {
      readonly type: 'ip' | 'ip6';
      readonly id?: number;
      readonly destination?: IpAddress;
      readonly source?: IpAddress;
      /** `tc` of ip6. */
      readonly tos?: NamedNumber;
      /** `hoplimit` of ip6. */
      readonly ttl?: number;
      readonly flags?: number;
    }
  | { readonly type: 'mpls'; readonly labels: readonly number[] }
  | { readonly type: 'ila'; readonly locator?: string };

/** One of several gateways of a route. */
export interface Nexthop {
  readonly gateway?: IpAddress;
  readonly device?: string;
  readonly weight?: number;
  readonly onLink: boolean;
  readonly realms?: readonly NamedNumber[];
  readonly encapsulation?: Encapsulation;
}

/** A metric of a route, and whether the kernel may not adjust it. */
export interface RouteMetric<T> {
  readonly value: T;
  readonly locked: boolean;
}

/** Options that say how traffic on a route behaves. */
export interface RouteMetrics {
  readonly mtu?: RouteMetric<number>;
  readonly advmss?: RouteMetric<number>;
  readonly reordering?: RouteMetric<number>;
  readonly cwnd?: RouteMetric<number>;
  readonly ssthresh?: RouteMetric<number>;
  readonly congctl?: RouteMetric<string>;
  /** In milliseconds, of 200 to 120000. */
  readonly rtt?: RouteMetric<number>;
  readonly rttvar?: RouteMetric<number>;
  readonly rtoMin?: RouteMetric<number>;
  readonly hoplimit?: number;
  readonly window?: number;
  readonly initcwnd?: number;
  readonly initrwnd?: number;
  readonly quickack?: number;
  readonly fastopenNoCookie?: number;
  readonly ecn?: boolean;
}

/** An entry of virtual_routes or static_routes. */
export interface Route {
  readonly family: Family;
  /** unicast, blackhole, …, or the number of a type without a name. */
  readonly type: string;
  /** How it is put among other routes to the same destination. */
  readonly placement: 'prepend' | 'append' | 'add';
  readonly destination: Network;
  /** `from`: which senders it is for. */
  readonly sourceSelector?: Network;
  /** `src`: the address that the host's own packets get. */
  readonly preferredSource?: IpAddress;
  readonly gateway?: IpAddress;
  readonly device?: string;
  readonly table: NamedNumber;
  /** `vrf`, whose table counts. */
  readonly vrf?: string;
  readonly tos?: NamedNumber;
  readonly protocol?: NamedNumber;
  readonly scope?: NamedNumber;
  readonly metric?: number;
  readonly onLink: boolean;
  readonly realms?: readonly NamedNumber[];
  readonly expiresSeconds?: number;
  /** Of the router: low 3, medium 0, high 1. */
  readonly preference?: number;
  readonly ttlPropagate?: boolean;
  readonly metrics: RouteMetrics;
  readonly encapsulation?: Encapsulation;
  readonly nexthops: readonly Nexthop[];
  /** The instance goes to FAULT with its interface, and comes back when it is deleted. */
  readonly tracked: boolean;
  readonly trackGroup?: string;
  readonly from: BoundDirective;
}

export type RuleAction =
  | { readonly kind: 'table'; readonly table: NamedNumber }
  | { readonly kind: 'goto'; readonly preference: number }
  | { readonly kind: 'l3mdev' | 'nop' | 'blackhole' | 'unreachable' | 'prohibit' };

export interface NumberRange {
  readonly low: number;
  readonly high: number;
}

/** An entry of virtual_rules or static_rules. */
export interface RoutingRule {
  readonly family: Family;
  readonly inverted: boolean;
  readonly source?: Network;
  readonly destination?: Network;
  /** Its own, or the one that the daemon counted out for it. */
  readonly preference: number;
  readonly tos?: NamedNumber;
  readonly fwmark?: { readonly value: number; readonly mask?: number };
  readonly incomingInterface?: string;
  readonly outgoingInterface?: string;
  readonly realms?: readonly NamedNumber[];
  readonly suppressPrefixLength?: number;
  readonly suppressGroup?: NamedNumber;
  readonly tunnelId?: number;
  readonly userIds?: NumberRange;
  readonly protocol?: number;
  readonly transport?: NamedNumber;
  readonly sourcePorts?: NumberRange;
  readonly destinationPorts?: NumberRange;
  readonly action: RuleAction;
  readonly tracked: boolean;
  readonly trackGroup?: string;
  readonly from: BoundDirective;
}
