import type { Announcement } from './announcement.ts';
import type { BoundDirective } from './bound-directive.ts';
import type { GlobalSettings } from './global-settings.ts';
import type { InstanceBehaviour } from './instance-behaviour.ts';
import type { InstanceTransport } from './instance-transport.ts';
import type { InterfaceSettings } from './interface-settings.ts';
import type { Family, IpAddress } from './ip-address.ts';
import type { LvsConfiguration } from './lvs-configuration.ts';
import type { Setting } from './reading-log.ts';
import type { Route, RoutingRule } from './routing-configuration.ts';
import type { StaticEntries } from './static-entries.ts';
import type { BfdInstance, TrackedFile, TrackedProcess } from './tracked-objects.ts';
import type { VirtualInterface } from './virtual-mac.ts';

/** One node's configuration as the daemon understands it. */
export interface NodeConfiguration extends StaticEntries, InterfaceSettings, LvsConfiguration {
  /** The node's name. */
  readonly node: string;
  /** Name of its main file. */
  readonly file: string;
  readonly directives: readonly BoundDirective[];
  readonly globals: GlobalDefinitions;
  readonly scripts: readonly VrrpScript[];
  readonly trackFiles: readonly TrackedFile[];
  readonly trackProcesses: readonly TrackedProcess[];
  readonly bfdInstances: readonly BfdInstance[];
  readonly instances: readonly VrrpInstance[];
  readonly syncGroups: readonly SyncGroup[];
  /** Directives that the daemon does nothing with, and why. */
  readonly ignored: ReadonlyMap<BoundDirective, string>;
  /** Passwords, of which nothing is left in all the rest. */
  readonly secrets: readonly string[];
  /** The same by their places, for comparing nodes. No output may have them. */
  readonly passwords: ReadonlyMap<string, string>;
}

export interface GlobalDefinitions extends GlobalSettings {
  readonly vrrpVersion: Setting<2 | 3>;
  readonly downTimerAdverts: Setting<number>;
  /** vrrp_strict: what an instance without strict_mode has. */
  readonly strict: Setting<boolean>;
  readonly scriptUser?: Setting<ScriptUser>;
}

export interface ScriptUser {
  readonly user: string;
  readonly group?: string;
}

/** A check that the daemon runs again and again. */
export interface VrrpScript {
  readonly name: string;
  readonly directive: BoundDirective;
  /** What execve gets; for `</path` the test that the file can be opened. */
  readonly argv: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly rise: number;
  readonly fall: number;
  readonly weight: number;
  readonly reverse: boolean;
  /** The script's own user, else script_user; absent: keepalived_script if that account exists, else root. */
  readonly user?: ScriptUser;
}

/** An entry of a track_* block. */
export interface TrackEntry {
  readonly name: string;
  /** 0 is a hard condition: bad means FAULT. */
  readonly weight: number;
  readonly reverse: boolean;
  /** A BFD session that the daemon never opens: it is down for ever. */
  readonly isDead?: true;
  readonly from: BoundDirective;
}

export interface VirtualAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** From `dev`; else the instance's interface. */
  readonly device?: string;
  readonly label?: string;
  readonly broadcast?: string;
  readonly peer?: IpAddress;
  readonly scope?: string;
  readonly preferredLft?: string;
  readonly noPrefixRoute: boolean;
  readonly noTrack: boolean;
  /** Options that are rare, in the author's words; the peer too. */
  readonly unusual: readonly string[];
  /** Held on a virtual MAC of its own. */
  readonly usesVmac: boolean;
  /** Of a static address. */
  readonly trackGroup?: string;
  readonly excluded: boolean;
  readonly from: BoundDirective;
}

/** A notify_* line. */
export interface NotifyScript {
  readonly event: 'master' | 'backup' | 'fault' | 'stop' | 'deleted' | 'any' | 'master_rx_lower_pri';
  readonly argv: readonly string[];
  readonly user?: ScriptUser;
  readonly from: BoundDirective;
}

/** What an instance or a sync group tracks. */
export interface TrackLists {
  readonly trackScripts: readonly TrackEntry[];
  readonly trackInterfaces: readonly TrackEntry[];
  readonly trackFiles: readonly TrackEntry[];
  readonly trackProcesses: readonly TrackEntry[];
  readonly trackBfds: readonly TrackEntry[];
}

export interface UnicastPeer {
  readonly address: IpAddress;
  readonly minTtl: number;
  readonly maxTtl: number;
  readonly from: BoundDirective;
}

export interface VrrpInstance extends TrackLists, InstanceTransport, InstanceBehaviour {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly interface: Setting<string | undefined>;
  readonly virtualRouterId: Setting<number>;
  readonly state: Setting<'MASTER' | 'BACKUP'>;
  /** Base priority; 255 makes the node the address owner. */
  readonly priority: Setting<number>;
  readonly version: Setting<2 | 3>;
  readonly family: Family;
  readonly advertIntervalMs: Setting<number>;
  readonly downTimerAdverts: Setting<number>;
  /** Full compliance with the VRRP standards, which refuses or changes several settings. */
  readonly strict: boolean;
  /** False with a nopreempt that counts. */
  readonly preempts: Setting<boolean>;
  readonly preemptDelayMs: Setting<number>;
  readonly tracksOwnInterface: Setting<boolean>;
  readonly sourceAddress: Setting<IpAddress | undefined>;
  readonly unicastPeers: readonly UnicastPeer[];
  readonly addresses: readonly VirtualAddress[];
  readonly virtualRoutes: readonly Route[];
  readonly virtualRules: readonly RoutingRule[];
  readonly virtualInterface?: VirtualInterface;
  /** use_vmac_addr: addresses that are elsewhere get virtual MACs of their own. */
  readonly usesVmacForAddresses: Setting<boolean>;
  readonly announcement: Announcement;
  readonly notifyScripts: readonly NotifyScript[];
}

export interface SyncGroup extends TrackLists {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly members: readonly string[];
  readonly memberLines: readonly BoundDirective[];
  /** sync_group_tracking_weight: weights of the members' own entries count. */
  readonly countsMemberWeights: Setting<boolean>;
  readonly smtpAlert: Setting<boolean>;
  /** What its members have that do not say it themselves. */
  readonly notifiesPriorityChanges: Setting<boolean | undefined>;
  readonly notifyScripts: readonly NotifyScript[];
}
