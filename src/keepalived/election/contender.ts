import type { Span } from '../../../grammar/source/span.ts';

export type TrackedKind = 'script' | 'interface' | 'process' | 'file' | 'bfd';

/** An entry of a track_* block, or an interface that the daemon watches by itself. */
export interface TrackedObject {
  readonly kind: TrackedKind;
  readonly name: string;
  /** 0 is a hard condition: bad means FAULT. */
  readonly weight: number;
  readonly reverse: boolean;
  /** The entry gives its own weight, which decides what a sync group makes of a file. */
  readonly ownWeight?: boolean;
  /** Never good, whatever happens: a BFD session that the daemon does not open. */
  readonly isDead?: boolean;
  /** The entry and the definition. */
  readonly from: readonly Span[];
}

/** An instance as one node runs it, as far as the election goes. */
export interface ElectionMember {
  /** Its name in the cluster, which the nodes share. */
  readonly instance: string;
  /** 255: the address owner. */
  readonly priority: number;
  /** False with a nopreempt that counts. */
  readonly preempts: boolean;
  readonly preemptDelayMs: number;
  readonly version: 2 | 3;
  readonly advertIntervalMs: number;
  readonly downTimerAdverts: number;
  readonly virtualRouterId: number;
  /** Addresses in its adverts, in one notation, sorted. */
  readonly advertised: readonly string[];
  /** Primary address that it sends from, where the configuration tells it. */
  readonly sourceAddress?: bigint;
  readonly tracked: readonly TrackedObject[];
  /** Its block's first line, then the lines that decide. */
  readonly from: readonly Span[];
}

/** What changes state as one on a node: an instance by itself, or the members of a sync group. */
export interface Contender {
  readonly node: string;
  readonly members: readonly ElectionMember[];
  /** Absent for an instance in no sync group. */
  readonly syncGroup?: {
    readonly tracked: readonly TrackedObject[];
    /** sync_group_tracking_weight */
    readonly countsMemberWeights: boolean;
    readonly from: readonly Span[];
  };
}

/** All contenders that meet in an election, directly or through a sync group. */
export interface ElectionGroup {
  readonly name: string;
  readonly contenders: readonly Contender[];
  /** False leaves priorities as the weights make them. The daemon keeps them between 1 and 254. */
  readonly clamps?: false;
}
