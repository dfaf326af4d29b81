import type { BoundDirective } from './bound-directive.ts';
import type { Checker } from './checker-configuration.ts';
import type { Family, IpAddress } from './ip-address.ts';
import type { ScriptUser } from './node-configuration.ts';

/** The part of keepalived.conf that is about load balancing (IPVS), as the checker process understands it. */
export interface LvsConfiguration {
  readonly virtualServers: readonly VirtualServer[];
  /** In the order of the text, without those that the daemon removes. */
  readonly virtualServerGroups: readonly VirtualServerGroup[];
  /** SSL { }: how SSL_GET checks present themselves. Absent: without a certificate. */
  readonly sslClient?: SslClient;
}

/** What the clients of a service address: an address with port, a firewall mark, or several of these. */
export type Service =
  | { readonly kind: 'address'; readonly address: IpAddress; readonly port: number }
  | { readonly kind: 'fwmark'; readonly mark: number }
  | { readonly kind: 'group'; readonly group: VirtualServerGroup };

export interface VirtualServerGroup {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly ranges: readonly AddressRange[];
  readonly marks: readonly GroupMark[];
}

/** Addresses with one port; 0 is every port. */
export interface AddressRange {
  readonly first: IpAddress;
  /** The same as `first` where the entry is one address. */
  readonly last: IpAddress;
  readonly port: number;
  readonly from: BoundDirective;
}

export interface GroupMark {
  readonly mark: number;
  /** Absent: whatever the real servers have. */
  readonly family?: Family;
  readonly from: BoundDirective;
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP';

/** How packets reach a real server. */
export interface Forwarding {
  readonly method: 'NAT' | 'DR' | 'TUN';
  /** What the words after the method say; it counts for TUN only. */
  readonly tunnel: Tunnel;
}

export interface Tunnel {
  readonly type: 'ipip' | 'gue' | 'gre';
  /** Of a gue tunnel; else 0. */
  readonly port: number;
  readonly checksum: 'nocsum' | 'csum' | 'remcsum';
}

/** A flag's meaning is the scheduler's: to sh and mh flag-1 is their fallback and flag-2 their port. */
export type SchedulerFlag = 'flag-1' | 'flag-2' | 'flag-3';

/** What real servers and their checkers inherit. */
export interface CheckDefaults {
  readonly delayLoopMs: number;
  readonly connectTimeoutMs: number;
  /** Absent: each kind of checker has its own default; so for the next two. */
  readonly retry?: number;
  readonly delayBeforeRetryMs?: number;
  readonly warmupMs?: number;
  /** Down until the first check succeeds. */
  readonly alpha: boolean;
}

export interface VirtualServer extends CheckDefaults {
  readonly directive: BoundDirective;
  readonly service: Service;
  /** Both for a group of both families; none where nothing tells. */
  readonly families: readonly Family[];
  /** Absent for a firewall mark, which holds for every protocol. */
  readonly protocol?: Protocol;
  readonly scheduler: string;
  readonly schedulerFlags: readonly SchedulerFlag[];
  /** ops */
  readonly onePacket: boolean;
  /** What servers without a method of their own have; absent where all have their own. */
  readonly forwarding?: Forwarding;
  /** 0: every connection is balanced anew. */
  readonly persistenceTimeoutS: number;
  /** A netmask as dotted text (IPv4) or a prefix length (IPv6); absent: each client by itself. */
  readonly persistenceGranularity?: string | number;
  readonly persistenceEngine?: string;
  /** Weight 0 instead of removal when a server fails. */
  readonly inhibitOnFailure: boolean;
  /** Notifications of loss at the daemon's stop too. */
  readonly omega: boolean;
  /** Checks only while the address is on this host. */
  readonly haSuspend: boolean;
  readonly quorum: number;
  readonly hysteresis: number;
  readonly quorumUp?: ServerScript;
  readonly quorumDown?: ServerScript;
  readonly smtpAlert: boolean;
  /** Host header for HTTP checks that have none themselves. */
  readonly virtualHost?: string;
  readonly snmpName?: string;
  readonly sorryServer?: SorryServer;
  /** At least one: the daemon drops a virtual server without any. */
  readonly realServers: readonly RealServer[];
}

export interface ServerScript {
  readonly argv: readonly string[];
  /** Absent: keepalived_script if that account exists, else root. */
  readonly user?: ScriptUser;
  readonly from: BoundDirective;
}

export interface SorryServer {
  readonly address: IpAddress;
  readonly port: number;
  readonly forwarding: Forwarding;
  readonly inhibitOnFailure: boolean;
  readonly from: BoundDirective;
}

export interface RealServer extends CheckDefaults {
  readonly directive: BoundDirective;
  readonly address: IpAddress;
  readonly port: number;
  readonly weight: number;
  readonly forwarding: Forwarding;
  /** Connections from which on there are no new ones, and below which there are again; 0: no limit. */
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly inhibitOnFailure: boolean;
  readonly notifyUp?: ServerScript;
  readonly notifyDown?: ServerScript;
  readonly smtpAlert: boolean;
  readonly virtualHost?: string;
  readonly snmpName?: string;
  readonly checkers: readonly Checker[];
}

export interface SslClient {
  readonly directive: BoundDirective;
  /** There is a password for the key; it is in the secrets only. */
  readonly hasPassword: boolean;
  readonly caFile?: string;
  readonly certificateFile?: string;
  readonly keyFile?: string;
}
