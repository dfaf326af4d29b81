import type { Family } from '../keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  SyncGroup,
  VirtualAddress,
  VrrpInstance,
} from '../keepalived/node-configuration.ts';

/** The configurations of all nodes, joined into what fails over together. */
export interface FailoverCluster {
  /** Given nodes first, then peers that only a configuration knows. */
  readonly nodes: readonly ClusterNode[];
  readonly configurations: readonly NodeConfiguration[];
  /** What moves as one: an instance by itself, or all instances of a sync group. */
  readonly groups: readonly FailoverGroup[];
}

export interface ClusterNode {
  readonly name: string;
  /** False: the name is an assumption that the operator must confirm. */
  readonly named: boolean;
  /** Sources of its adverts, or its address among another node's peers. */
  readonly addresses: readonly string[];
  /** Name of its configuration file; absent for a peer that no given file describes. */
  readonly file?: string;
}

export interface FailoverGroup {
  /** The sync group's name, else the instance's. */
  readonly name: string;
  readonly syncGroups: readonly MemberOf<SyncGroup>[];
  readonly instances: readonly FailoverInstance[];
}

/** Something that several nodes configure, as one of them does. */
export interface MemberOf<T> {
  readonly node: string;
  readonly configured: T;
}

/** The instances of all nodes that elect one holder among themselves. */
export interface FailoverInstance {
  readonly name: string;
  readonly family: Family;
  readonly virtualRouterId: number;
  readonly members: readonly MemberOf<VrrpInstance>[];
  readonly addresses: readonly FailoverAddress[];
}

/** One address with the entries of all nodes that have it. */
export interface FailoverAddress {
  readonly first: VirtualAddress;
  readonly entries: readonly MemberOf<VirtualAddress>[];
}
