import type { Span } from '../../grammar/source/span.ts';
import type { FenceKind } from './fence-kinds.ts';

/** A value and where the companion file has it. */
export interface Located<T> {
  readonly value: T;
  readonly at: Span;
}

/** What kp2pcm.yaml says: all that the migration needs and keepalived.conf does not know. */
export interface Companion {
  /** Name of the file, as artefacts print it. */
  readonly file: string;
  readonly cluster: CompanionCluster;
  readonly nodes: readonly CompanionNode[];
  readonly fencing?: CompanionFencing;
  readonly services: readonly Service[];
}

export const quorumPolicies = ['ignore', 'stop', 'freeze', 'suicide', 'demote'] as const;
export type QuorumPolicy = (typeof quorumPolicies)[number];

export interface CompanionCluster {
  readonly name?: Located<string>;
  /** Corosync's token in milliseconds. */
  readonly tokenMs?: Located<number>;
  readonly quorum?: Located<QuorumPolicy>;
}

export interface CompanionNode {
  readonly name: Located<string>;
  /** One for each link of Corosync, in the order of the links. */
  readonly addresses: readonly Located<string>[];
}

export type CompanionFencing =
  | { readonly kind: 'none'; readonly at: Span }
  | {
      readonly kind: 'devices';
      readonly at: Span;
      readonly devices: readonly FenceDevice[];
      readonly levels: readonly FenceLevels[];
    };

export interface FenceDevice {
  readonly name: Located<string>;
  /** A shorthand, or the agent by name. */
  readonly kind?: FenceKind;
  readonly agent?: Located<string>;
  readonly nodes: readonly FencedNode[];
  readonly parameters: readonly Parameter[];
  /** As Pacemaker takes it, e.g. 5s. */
  readonly delay?: Located<string>;
  readonly monitor?: string;
}

/** A node that a device can fence, and what the device calls it, if not by its name. */
export interface FencedNode {
  readonly node: Located<string>;
  readonly plug?: string;
}

/** The devices of a node, level by level; those of one level must all succeed. */
export interface FenceLevels {
  readonly node: Located<string>;
  readonly levels: readonly (readonly Located<string>[])[];
}

export interface Parameter {
  readonly name: string;
  readonly value: string | SecretReference;
  readonly at: Span;
}

/** Where a script finds a secret when it runs. No output holds one. */
export type SecretReference =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'environment'; readonly variable: string };

/** Something that follows an instance, or runs on every node. */
export interface Service {
  readonly name: Located<string>;
  readonly what: ServiceKind;
  readonly place: ServicePlace;
  readonly parameters: readonly Parameter[];
  readonly operations: readonly ServiceOperation[];
  readonly meta: readonly Parameter[];
}

export type ServicePlace =
  | {
      readonly kind: 'follows';
      /** A vrrp_instance, or a vrrp_sync_group. */
      readonly instance: Located<string>;
      /** When it starts; NFS has both, and others start after the addresses if nothing is said. */
      readonly start: 'before' | 'after';
    }
  | {
      readonly kind: 'clone';
      readonly after: readonly Located<string>[];
      readonly neededBy: readonly NeededBy[];
    };

/** An instance that prefers nodes with the service by so much, or runs nowhere else. */
export interface NeededBy {
  readonly instance: Located<string>;
  readonly score: number | 'INFINITY';
}

export type ServiceKind =
  | { readonly kind: 'agent'; readonly agent: Located<string> }
  | { readonly kind: 'nginx'; readonly nginx: NginxService }
  | { readonly kind: 'filesystem'; readonly filesystem: MountedFilesystem }
  | { readonly kind: 'nfs'; readonly nfs: NfsService };

export interface NginxService {
  readonly configuration?: string;
  /** URL of the status page that the deep monitor reads. */
  readonly status?: string;
  readonly program?: string;
}

export interface MountedFilesystem {
  readonly device: string;
  readonly directory: string;
  readonly type: string;
  readonly options?: string;
}

export interface NfsService {
  readonly filesystem?: MountedFilesystem;
  /** Where the server keeps what its clients have locked. */
  readonly state?: string;
  readonly exports: readonly NfsExport[];
}

export interface NfsExport {
  readonly directory: string;
  readonly clients: string;
  readonly options?: string;
  readonly fsid?: string;
}

export interface ServiceOperation {
  readonly name: 'monitor' | 'start' | 'stop';
  readonly interval?: string;
  readonly timeout?: string;
  readonly onFail?: string;
  /** OCF_CHECK_LEVEL of a deep monitor. */
  readonly checkLevel?: number;
}
