import type { BoundDirective } from './bound-directive.ts';
import type { Family, IpAddress } from './ip-address.ts';
import type { Setting } from './reading-log.ts';

/** One node's configuration as the daemon understands it. */
export interface NodeConfiguration {
  /** The node's name. */
  readonly node: string;
  /** Name of its main file. */
  readonly file: string;
  readonly directives: readonly BoundDirective[];
  readonly globals: GlobalDefinitions;
  readonly scripts: readonly VrrpScript[];
  readonly instances: readonly VrrpInstance[];
  readonly syncGroups: readonly SyncGroup[];
  /** Directives that the daemon does nothing with, and why. */
  readonly ignored: ReadonlyMap<BoundDirective, string>;
  /** Passwords, of which nothing is left in all the rest. */
  readonly secrets: readonly string[];
}

export interface GlobalDefinitions {
  readonly vrrpVersion: Setting<2 | 3>;
  readonly downTimerAdverts: Setting<number>;
  /** vrrp_strict: what an instance without strict_mode has. */
  readonly strict: Setting<boolean>;
  /** dynamic_interfaces: an interface may be missing. */
  readonly dynamicInterfaces: boolean;
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
  readonly from: BoundDirective;
}

export interface VirtualAddress {
  readonly address: IpAddress;
  readonly prefixLength: number;
  /** From `dev`; else the instance's interface. */
  readonly device?: string;
  readonly label?: string;
  readonly broadcast?: string;
  readonly scope?: string;
  readonly preferredLft?: string;
  readonly noPrefixRoute: boolean;
  readonly noTrack: boolean;
  /** Options that IPaddr2 has no parameter for, in the author's words. */
  readonly unusual: readonly string[];
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

export interface VrrpInstance {
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
  readonly unicastPeers: readonly { readonly address: IpAddress; readonly from: BoundDirective }[];
  readonly addresses: readonly VirtualAddress[];
  readonly trackScripts: readonly TrackEntry[];
  readonly trackInterfaces: readonly TrackEntry[];
  readonly notifyScripts: readonly NotifyScript[];
}

export interface SyncGroup {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly members: readonly string[];
  readonly memberLines: readonly BoundDirective[];
  /** sync_group_tracking_weight: weights of the members' own entries count. */
  readonly countsMemberWeights: Setting<boolean>;
  readonly trackScripts: readonly TrackEntry[];
  readonly trackInterfaces: readonly TrackEntry[];
  readonly notifyScripts: readonly NotifyScript[];
}
