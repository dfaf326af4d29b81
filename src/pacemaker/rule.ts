import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { TranslateOptions } from '../translation.ts';
import type { Checks } from './checks.ts';
import type { ElementIds } from './element-ids.ts';
import type { MovingGroup } from './moving-group.ts';
import {
  type Alert,
  type Balancer,
  type ClusterSettings,
  type Colocation,
  type Constraint,
  type FateInWords,
  type FateKind,
  type FencingLevel,
  fateInWords,
  type LossKind,
  type ManualStep,
  type Order,
  type Origin,
  type Place,
  type PlanFile,
  type PlanSecret,
  type Property,
  type Resource,
} from './plan.ts';

/** What every rule may look at. */
export interface RuleContext {
  readonly cluster: FailoverCluster;
  readonly options: TranslateOptions;
  /** Gives ids to what the rule adds. */
  readonly ids: ElementIds;
  /** The failover groups that hold addresses, with the ids of their elements. */
  readonly groups: readonly MovingGroup[];
  /** Those whose every address an earlier group holds already: they become nothing in Pacemaker. */
  readonly emptied: readonly MovingGroup[];
  readonly checks: Checks;
  /** Those that the rules before it in the list have made. */
  readonly constraints: readonly Constraint[];
}

/** A rule's word on one directive. */
export type RuleFate = FateInWords & { readonly directive: BoundDirective };

/**
 * Where a member stands in its group, which starts them in this order and stops them in the reverse one: what must be
 * there before clients find the address (a file system, its exports), the addresses, routes and rules that need them,
 * services that bind to them, and last the agent that tells of the move.
 */
export const memberPlaces = [
  'before addresses',
  'addresses',
  'routing',
  'after addresses',
  'notify',
] as const;
export type MemberPlace = (typeof memberPlaces)[number];

/** Primitives that join a group, in their order. */
export interface GroupMembers {
  readonly group: string;
  readonly place: MemberPlace;
  readonly members: readonly string[];
}

/** What a rule adds to the plan. */
export interface Contribution {
  readonly resources?: readonly Resource[];
  /** Members for groups that the rule `instance` makes. */
  readonly groupMembers?: readonly GroupMembers[];
  /** Meta attributes for groups that another rule makes. */
  readonly groupMeta?: readonly { readonly group: string; readonly meta: Readonly<Record<string, string>> }[];
  readonly constraints?: readonly Constraint[];
  readonly colocations?: readonly Colocation[];
  readonly orders?: readonly Order[];
  readonly fencingLevels?: readonly FencingLevel[];
  readonly alerts?: readonly Alert[];
  readonly properties?: readonly Property[];
  readonly balancers?: readonly Balancer[];
  readonly secrets?: readonly PlanSecret[];
  readonly files?: readonly PlanFile[];
  readonly manualSteps?: readonly ManualStep[];
  readonly cluster?: Partial<Omit<ClusterSettings, 'origins'>> & {
    readonly origins?: Partial<ClusterSettings['origins']>;
  };
  readonly fates?: readonly RuleFate[];
  readonly diagnostics?: readonly Diagnostic[];
}

/** One sentence "X becomes Y", in a file of its name. */
export interface Rule {
  readonly name: string;
  readonly sentence: string;
  apply(context: RuleContext): Contribution;
}

export function placeOfSpan({ file, line, column }: Span): Place {
  return { file, line, column };
}

export function placesOf(directives: readonly (BoundDirective | undefined)[]): Place[] {
  const places = new Map<string, Place>();
  for (const bound of directives) {
    if (!bound) continue;
    const place = placeOfSpan(bound.directive.span);
    places.set(`${place.file}:${place.line}:${place.column}`, place);
  }
  return [...places.values()];
}

/** Makes the fates of several directives with one reason. A kind that may be a loss needs a way out. */
export function fatesOf<Kind extends FateKind>(
  directives: readonly (BoundDirective | undefined)[],
  fate: Kind,
  reason: string,
  ...[wayOut = '']: [Extract<Kind, LossKind>] extends [never] ? [] : [wayOut: string]
): RuleFate[] {
  return fatesInWords(directives, fateInWords(fate, reason, wayOut));
}

export function fatesInWords(
  directives: readonly (BoundDirective | undefined)[],
  words: FateInWords,
): RuleFate[] {
  return directives.flatMap((directive) => (directive ? [{ ...words, directive }] : []));
}

export function originOf(
  rule: string,
  fidelity: Origin['fidelity'],
  why: string,
  directives: readonly (BoundDirective | undefined)[],
): Origin {
  return { rule, fidelity, why, from: placesOf(directives) };
}
