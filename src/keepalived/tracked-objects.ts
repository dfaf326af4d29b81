import type { BoundDirective } from './bound-directive.ts';
import type { IpAddress } from './ip-address.ts';

/** A track_file block: an integer in a file, which is added to the priority. */
export interface TrackedFile {
  readonly name: string;
  readonly directive: BoundDirective;
  readonly path: string;
  /** What the value is multiplied with; 0: any other value than 0 means FAULT. */
  readonly weight: number;
  readonly reverse: boolean;
  /** What the daemon writes at its start: only where there is no file, or always. */
  readonly initial?: { readonly value: number; readonly overwrite: boolean };
}

/** A vrrp_track_process block. */
export interface TrackedProcess {
  readonly name: string;
  readonly directive: BoundDirective;
  /** A path or a name, and the arguments that it must have. */
  readonly argv: readonly string[];
  /** How the arguments are compared; absent: they are not. */
  readonly argumentMatch?: 'exact' | 'initial' | 'partial';
  /** The command line is looked at, not the first 15 characters of the name. */
  readonly fullCommand: boolean;
  /** How many must run at least. */
  readonly quorum: number;
  /** How many may run at most; 0: none may. */
  readonly quorumMax?: number;
  readonly weight: number;
  readonly reverse: boolean;
  readonly terminateDelayMs: number;
  readonly forkDelayMs: number;
}

/** A bfd_instance block. */
export interface BfdInstance {
  readonly name: string;
  readonly directive: BoundDirective;
  /** What a track_bfd entry without a weight of its own has. */
  readonly weight: number;
  readonly reverse: boolean;
  /** Which processes hear of the session. */
  readonly informs: { readonly vrrp: boolean; readonly checker: boolean };
  /** Absent where the BFD process has no use for the block: then the session is never up. */
  readonly session?: BfdSession;
}

export interface BfdSession {
  readonly neighbor: IpAddress;
  readonly source?: IpAddress;
  readonly minRxMs: number;
  readonly minTxMs: number;
  readonly idleTxMs: number;
  readonly multiplier: number;
  readonly ttl: number;
  readonly maxHops: number;
  readonly passive: boolean;
}
