import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import { type BoundDirective, childrenNamed } from '../keepalived/bound-directive.ts';
import type { ObjectCheck } from './checks.ts';
import { locationId } from './location-id.ts';
import type { MovingGroup } from './moving-group.ts';
import type {
  Clone,
  Constraint,
  FateInWords,
  LocationRule,
  LossKind,
  Origin,
  Primitive,
  Resource,
} from './plan.ts';
import { fatesInWords, fatesOf, originOf, type RuleFate } from './rule.ts';
import { conditionOf } from './track-scores.ts';
import {
  configuredNodes,
  effectsByName,
  partialReason,
  partialWayOut,
  rulesPerNode,
  type TrackEffect,
  trackingOf,
} from './tracking.ts';

/** How a kind of tracked object shows in its node attribute, and in words. */
export interface TrackedObjectKind {
  /** Name of the mapping rule. */
  readonly rule: string;
  readonly kind: TrackEffect['kind'];
  /** The block whose entries name objects. */
  readonly keyword: string;
  readonly fidelity: Exclude<Origin['fidelity'], LossKind>;
  readonly up: AttributeState;
  readonly down: AttributeState;
}

/** A comparison that is false for an attribute that nobody has set: an object of unknown state counts as good. */
interface AttributeState extends Pick<LocationRule, 'operation' | 'value'> {
  /** `succeeds` */
  readonly words: string;
}

/** An agent that every node runs for itself. */
export function cloned(agent: Primitive): [Primitive, Clone] {
  const { id, origin } = agent;
  return [agent, { kind: 'clone', id: `${id}-clone`, of: id, meta: { interleave: 'true' }, origin }];
}

/** The agents of a check, one for each of its definitions. */
export function buildVariants<Definition>(
  check: ObjectCheck<Definition>,
  build: (
    id: string,
    definition: Definition,
    attribute: string,
    directives: readonly BoundDirective[],
  ) => Primitive,
): Resource[] {
  return check.variants.flatMap(({ id, definition, directives, attribute = check.attribute }) =>
    cloned(build(id, definition, attribute, directives)),
  );
}

/** A node that defines an object otherwise, or does not need it, does not run the agent. */
export function confineVariants(
  rule: string,
  what: string,
  { name, variants }: ObjectCheck<unknown>,
  { nodes: all }: FailoverCluster,
): Constraint[] {
  return variants.flatMap(({ id, nodes, directives }) =>
    all
      .filter(({ name: node }) => !nodes.includes(node))
      .map(
        ({ name: node }): Constraint => ({
          kind: 'avoids',
          id: locationId(`${id}-clone`, node, '-INFINITY'),
          resource: `${id}-clone`,
          node,
          origin: originOf(
            rule,
            'exact',
            `${node} does not define the ${what} ${name} like this`,
            directives,
          ),
        }),
      ),
  );
}

/** Checks by name, each with its place among all of them, which is the order of a group's rules. There may be thousands. */
type PlacedChecks = ReadonlyMap<string, { readonly check: ObjectCheck<unknown>; readonly place: number }>;

/** What the weights of a kind's objects become: location rules of the groups. */
export function weightRules(
  groups: readonly MovingGroup[],
  kind: TrackedObjectKind,
  checks: readonly ObjectCheck<unknown>[],
): Constraint[] {
  const placed = new Map(checks.map((check, place) => [check.name, { check, place }]));
  return groups.flatMap((group) => weightRulesOf(group, kind, placed));
}

function weightRulesOf(group: MovingGroup, kind: TrackedObjectKind, checks: PlacedChecks): Constraint[] {
  const nodes = configuredNodes(group);
  const tracked = [...effectsByName(effectsOf(group, kind))].flatMap(([name, own]) => {
    const known = checks.get(name);
    return known && !known.check.notCountedBy?.has(group.id) ? [{ ...known, own }] : [];
  });
  return tracked
    .sort((a, b) => a.place - b.place)
    .flatMap(({ check, own }) =>
      rulesPerNode(nodes, own).flatMap(({ effect, node, from }) => {
        const { score, when } = conditionOf(effect);
        const { operation, value } = kind[when];
        const suffix = node === undefined ? '' : `-${node}`;
        return attributesOf(check, node).map(
          ({ attribute, id }): Constraint => ({
            kind: 'rule',
            id: `${group.id}-${id}${suffix}`,
            resource: group.id,
            score,
            attribute,
            operation,
            value,
            ...(node !== undefined && { node }),
            origin: originOf(kind.rule, kind.fidelity, weightInWords(effect, kind), from),
          }),
        );
      }),
    );
}

/** The attributes that tell of a check on a node, or on all: one, or that of each agent. */
function attributesOf({ attribute, variants }: ObjectCheck<unknown>, node: string | undefined) {
  const [first] = variants;
  if (first?.attribute === undefined) return [{ attribute, id: first?.id }];
  return variants
    .filter(({ nodes }) => node === undefined || nodes.includes(node))
    .map((variant) => ({ attribute: variant.attribute ?? attribute, id: variant.id }));
}

function effectsOf({ source }: MovingGroup, { kind }: TrackedObjectKind): TrackEffect[] {
  return trackingOf(source).effects.filter((effect) => effect.kind === kind && !effect.isDead);
}

function weightInWords(effect: TrackEffect, kind: TrackedObjectKind): string {
  const { score, when } = conditionOf(effect);
  const state = `where ${effect.name} ${kind[when].words}`;
  return score === '-INFINITY' ? `not ${state}` : `${score > 0 ? '+' : ''}${score} ${state}`;
}

/** The fates of the entries that name these checks. */
export function entryFates(
  groups: readonly MovingGroup[],
  kind: TrackedObjectKind,
  checks: readonly ObjectCheck<unknown>[],
): RuleFate[] {
  const own = new Map(checks.map((check) => [check.name, check]));
  return groups.flatMap((group) =>
    effectsOf(group, kind)
      .filter(({ name }) => own.has(name) && !own.get(name)?.notCountedBy?.has(group.id))
      .flatMap((effect) => lineFates(effect, group, kind)),
  );
}

/** The fates of a group's track blocks of one kind. */
export function blockFates(
  group: MovingGroup,
  { keyword, fidelity }: Pick<TrackedObjectKind, 'keyword' | 'fidelity'>,
): RuleFate[] {
  const instances = group.source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured.directive),
  );
  const syncGroups = group.source.syncGroups.map(({ configured }) => configured.directive);
  const blocks = [...instances, ...syncGroups].flatMap((block) => childrenNamed(block, keyword));
  return fatesOf(blocks, fidelity, `Its entries are location rules of ${group.id}.`);
}

function lineFates(effect: TrackEffect, group: MovingGroup, kind: TrackedObjectKind): RuleFate[] {
  const reason = `Location rule of ${group.id}: ${weightInWords(effect, kind)}.`;
  return entryLineFates(effect, group, { fate: kind.fidelity, reason });
}

/** One fate for each line of an entry: what counts for the whole group, but not for all of its members, differs. */
export function entryLineFates(
  { from }: TrackEffect,
  { source }: MovingGroup,
  words: FateInWords,
): RuleFate[] {
  const { partial } = trackingOf(source);
  return from.flatMap((line) =>
    partial.includes(line)
      ? fatesOf(
          [line],
          'approximate',
          `${words.reason} ${partialReason}`,
          words.wayOut === undefined ? partialWayOut : `${words.wayOut} ${partialWayOut}`,
        )
      : fatesInWords([line], words),
  );
}
