import type { Span } from '../../grammar/source/span.ts';

/** A place in the input, as the plan's JSON carries it. */
export type Place = Pick<Span, 'file' | 'line' | 'column'>;

/** Where an element of the plan comes from and how well it matches. */
export interface Origin {
  /** Name of the rule's file in src/pacemaker/rules. */
  readonly rule: string;
  readonly fidelity: 'exact' | 'equivalent' | 'approximate';
  /** One line, why it is there. */
  readonly why: string;
  readonly from: readonly Place[];
}

export interface Operation {
  /** `monitor`, `start`, `stop`, or what else the agent knows. */
  readonly name: string;
  /** Name and value as pcs takes them, e.g. interval=10s. */
  readonly options: Readonly<Record<string, string>>;
}

export interface Primitive {
  readonly kind: 'primitive';
  readonly id: string;
  /** `ocf:heartbeat:IPaddr2`, `systemd:haproxy`; a fencing device is `stonith:fence_ipmilan`. */
  readonly agent: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Parameters that hold on one node only. */
  readonly attributesOnNodes?: readonly {
    readonly node: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly operations: readonly Operation[];
  readonly meta: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export interface Group {
  readonly kind: 'group';
  readonly id: string;
  /** Ids of primitives, in starting order. */
  readonly members: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export interface Clone {
  readonly kind: 'clone';
  /** pcs names it after the primitive: `ID-clone`. */
  readonly id: string;
  readonly of: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly origin: Origin;
}

export type Resource = Primitive | Group | Clone;

/** `resource prefers node=score`. The id is the one that pcs derives. */
export interface LocationPreference {
  readonly kind: 'prefers';
  readonly id: string;
  readonly resource: string;
  readonly node: string;
  readonly score: number;
  readonly origin: Origin;
}

/** `resource avoids node`: never there. */
export interface LocationBan {
  readonly kind: 'avoids';
  readonly id: string;
  readonly resource: string;
  readonly node: string;
  readonly origin: Origin;
}

/** A score that holds on nodes whose attribute compares so; an unset attribute never does, but for `ne`. */
export interface LocationRule {
  readonly kind: 'rule';
  readonly id: string;
  readonly resource: string;
  readonly score: number | '-INFINITY';
  readonly attribute: string;
  readonly operation: 'eq' | 'lt' | 'ne';
  readonly value: string;
  /** Only on this node; everywhere if absent. */
  readonly node?: string;
  readonly origin: Origin;
}

/** The attribute's own value is the score, a number or -INFINITY, on nodes that have the attribute. */
export interface LocationScore {
  readonly kind: 'score-attribute';
  readonly id: string;
  readonly resource: string;
  readonly attribute: string;
  /** Only on this node; everywhere if absent. */
  readonly node?: string;
  readonly origin: Origin;
}

export type Constraint = LocationPreference | LocationBan | LocationRule | LocationScore;

/**
 * `resource` goes where `with` is: always, or with a score that is weighed against the others. The score counts for the
 * whole group or clone that is named.
 */
export interface Colocation {
  readonly id: string;
  readonly resource: string;
  readonly with: string;
  readonly score: number | 'INFINITY' | '-INFINITY';
  readonly origin: Origin;
}

/** `second` does its action after `first` has done its own. */
export interface Order {
  readonly id: string;
  readonly first: string;
  readonly second: string;
  /** The same action for both. */
  readonly action: 'start' | 'stop';
  /** Optional: it counts only where both happen in one transition. */
  readonly strength: 'Mandatory' | 'Optional';
  /** Whether the reverse actions happen in the reverse order. */
  readonly symmetrical: boolean;
  readonly origin: Origin;
}

/** A program that every node runs at every event of the cluster, as hacluster. */
export interface Alert {
  readonly id: string;
  readonly path: string;
  /** Environment variables of the program. */
  readonly options: Readonly<Record<string, string>>;
  /** The program runs once for each. pcs 0.11.5 breaks off at a value with an apostrophe. */
  readonly recipients: readonly { readonly id: string; readonly value: string }[];
  readonly origin: Origin;
}

/** The devices that must all succeed at this level to fence the node; the levels are tried in order. */
export interface FencingLevel {
  readonly id: string;
  readonly node: string;
  /** From 1. */
  readonly level: number;
  readonly devices: readonly string[];
  readonly origin: Origin;
}

export interface Property {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

/** A node that balances services with IPVS, and who keeps them there once Keepalived has let go of the addresses. */
export interface Balancer {
  readonly node: string;
  /** Keepalived without VRRP in a unit of its own, or a clone of ldirectord. */
  readonly keeper: 'keepalived' | 'ldirectord';
  readonly origin: Origin;
}

/** A file that must lie on the nodes before the cluster is configured. */
export interface PlanFile {
  /** The one node that gets it; absent: all do. */
  readonly node?: string;
  readonly path: string;
  /** Octal, as chmod takes it. */
  readonly mode: string;
  readonly content: string;
  readonly why: string;
}
