import type {
  Alert,
  Balancer,
  Colocation,
  Constraint,
  FencingLevel,
  Order,
  Origin,
  Place,
  PlanFile,
  Property,
  Resource,
} from './plan-elements.ts';

export type * from './plan-elements.ts';

/** The version of the plan's JSON shape. Fields may be added under one number; a change of meaning takes the next. */
export const planFormat = 'kp2pcm.plan/1';

/**
 * `exact`: same behaviour. `equivalent`: same result by other means. `approximate`: differs, and says where.
 * `manual`: the operator must do it. `not-needed`: no meaning after the migration. `ignored`: the daemon ignores it too.
 * `unknown`: not a word of keepalived.conf.
 */
export const fateKinds = [
  'exact',
  'equivalent',
  'approximate',
  'manual',
  'not-needed',
  'ignored',
  'unknown',
] as const;
export type FateKind = (typeof fateKinds)[number];

/** Fates with which something is lost or left to do. */
export const lossKinds = ['approximate', 'manual'] as const satisfies readonly FateKind[];
export type LossKind = (typeof lossKinds)[number];

/** What became of a directive, and why. A loss also has a way out: what to do to get the behaviour back, or to live without it. */
export type FateInWords =
  | { readonly fate: LossKind; readonly reason: string; readonly wayOut: string }
  | { readonly fate: Exclude<FateKind, LossKind>; readonly reason: string; readonly wayOut?: never };

/** What became of one directive of the input. */
export type Fate = Place &
  FateInWords & {
    /** Where it stands in the configuration's own terms: `vrrp_instance VI_1/virtual_ipaddress/10.0.0.5/24`. Never a secret. */
    readonly path: string;
    /** The rule that spoke for it. */
    readonly rule: string;
  };

/** One choice of words for whoever chooses between kinds: a way out that a kind has no need of is left out. */
export function fateInWords(fate: FateKind, reason: string, wayOut: string): FateInWords {
  return isLoss(fate) ? { fate, reason, wayOut } : { fate, reason };
}

export function isLoss(fate: FateKind): fate is LossKind {
  return lossKinds.some((kind) => kind === fate);
}

export interface PlanNode {
  readonly name: string;
  /** Addresses for the cluster's own traffic, where the configuration knows them (unicast_src_ip, unicast_peer). */
  readonly addresses: readonly string[];
  /** The configuration file that describes it; absent for a peer that only another node's file mentions. */
  readonly file?: string;
  /** Set when the name is an assumption: the scripts then hold it in this editable variable. */
  readonly variable?: string;
}

/** Something that only a person can do. */
export interface ManualStep {
  /** A heading, a few words. */
  readonly title: string;
  /** What to do and what happens if it is not done. */
  readonly instruction: string;
  readonly when: 'before' | 'after';
  readonly from: readonly Place[];
}

/** What the report says of one group of addresses that moves together. */
export interface PlanInstance {
  /** Keepalived's names: one instance, or all members of a sync group. */
  readonly instances: readonly string[];
  readonly syncGroup?: string;
  /** Id of the Pacemaker group. */
  readonly group: string;
  readonly virtualRouterIds: readonly number[];
  readonly addresses: readonly PlanAddress[];
  readonly nodes: readonly PlanInstanceNode[];
  readonly preempts: boolean;
  /** Keepalived's time from a silent death of the holder to the takeover, in milliseconds. */
  readonly failoverMs: number;
}

export interface PlanAddress {
  /** Id of its resource. */
  readonly resource: string;
  readonly address: string;
  readonly prefixLength: number;
  readonly family: 'ipv4' | 'ipv6';
  /** Interface on each node that may hold it. */
  readonly interfaces: Readonly<Record<string, string>>;
  /** Keepalived holds it on an interface of its own (use_vmac, use_ipvlan), from which it moves to the one of the plan. */
  readonly leaves?: 'vmac' | 'ipvlan';
}

export interface PlanInstanceNode {
  readonly node: string;
  /** Absent: not known (only another node's file was given). */
  readonly priority?: number;
  readonly state?: 'MASTER' | 'BACKUP';
  readonly nopreempt?: boolean;
  /** Location score that the plan gives it. */
  readonly score: number;
}

export interface ClusterSettings {
  readonly name: string;
  /** Corosync's totem token in milliseconds; token_coefficient is always 0. */
  readonly tokenMs: number;
  /** Expected time from a node's silent death to the address on another node, in milliseconds. */
  readonly failoverMs: number;
  readonly quorumPolicy: 'ignore' | 'stop' | 'freeze' | 'suicide' | 'demote';
  readonly fencing: 'none' | 'devices';
  readonly origins: {
    readonly name: Origin;
    readonly token: Origin;
    readonly quorum: Origin;
    readonly fencing: Origin;
  };
}

/** A secret that no output holds: a placeholder stands in its place until the script runs. */
export interface PlanSecret {
  readonly placeholder: string;
  readonly resource: string;
  readonly parameter: string;
  /** Whether `source` is the path of a file, whose first line counts, or a variable of the environment. */
  readonly kind: 'file' | 'environment';
  readonly source: string;
}

/** The steps of migrate.sh that carry commands of the plan. */
export type CommandStep = 'cluster' | 'configure' | 'cutover';

/** One command, as the words that the program receives. */
export interface Command {
  readonly step: CommandStep;
  readonly argv: readonly string[];
  /** One line, for the reviewer. */
  readonly why: string;
  readonly from: readonly Place[];
}

/** The whole migration as data. Everything that is emitted is a view of it. */
export interface Plan {
  readonly format: typeof planFormat;
  /** Twelve hexadecimal digits, a function of all that the scripts do: the scripts of one plan share it. */
  readonly planId: string;
  /** Names of the input files, in the order given. */
  readonly sources: readonly string[];
  readonly nodes: readonly PlanNode[];
  readonly cluster: ClusterSettings;
  readonly instances: readonly PlanInstance[];
  readonly properties: readonly Property[];
  readonly resources: readonly Resource[];
  readonly constraints: readonly Constraint[];
  readonly colocations: readonly Colocation[];
  readonly orders: readonly Order[];
  readonly fencingLevels: readonly FencingLevel[];
  readonly alerts: readonly Alert[];
  /** Absent where no node has a virtual server. */
  readonly balancers?: readonly Balancer[];
  readonly secrets: readonly PlanSecret[];
  readonly files: readonly PlanFile[];
  readonly manualSteps: readonly ManualStep[];
  readonly fates: readonly Fate[];
  readonly commands: readonly Command[];
}

/** The plan as the rules make it, before its commands are laid out and its id is computed. */
export type PlanBody = Omit<Plan, 'format' | 'planId' | 'commands'>;
