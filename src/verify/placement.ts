import type { ClusterEvent, Conditions } from '../keepalived/election/conditions.ts';

/** Where Pacemaker runs a group. */
export interface Placement {
  /** Nodes on which any of its members is up, sorted. */
  readonly nodes: readonly string[];
  /** All members are up on the one node, or none anywhere. */
  readonly whole: boolean;
}

/** A state in which Pacemaker has nothing left to do. */
export interface PacemakerState {
  readonly conditions: Conditions;
  /** By the group's id. */
  readonly placements: ReadonlyMap<string, Placement>;
}

/** Pacemaker's scheduler, asked from state to state. */
export interface Scheduler {
  /** All nodes up and every check good. */
  start(): Promise<PacemakerState>;
  next(before: PacemakerState, event: ClusterEvent, options: { quorate: boolean }): Promise<PacemakerState>;
}

/** One text for equal placements. */
export function placementKey({ nodes, whole }: Placement): string {
  return `${nodes.join('+')}${whole ? '' : ' in part'}`;
}
