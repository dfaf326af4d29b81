import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type {
  Contender,
  ElectionGroup,
  ElectionMember,
  TrackedObject,
} from '../keepalived/election/contender.ts';
import type { Fate, Place, Plan, PlanInstance } from '../pacemaker/plan.ts';

/**
 * A difference that the plan announces: the election as it would be if Keepalived did what the announcement says of
 * Pacemaker. What Pacemaker does must then be explained by announcements alone.
 */
export interface Deviation {
  /** Code of the finding. */
  readonly code: string;
  readonly applied: (group: ElectionGroup) => ElectionGroup;
  /** The lines that the announcement points at. */
  readonly lines: readonly Place[];
  /** The fates of these lines that are not exact. */
  readonly fates: readonly Fate[];
}

/** A kind of deviation, and how the election changes by it. */
interface Kind {
  readonly code: string;
  readonly apply: (group: ElectionGroup, instance: PlanInstance, plan: Plan) => ElectionGroup;
}

const kinds: readonly Kind[] = [
  // Stickiness holds for all nodes alike.
  {
    code: 'KP304',
    apply: (group, { preempts }) => withMembers(group, (member) => ({ ...member, preempts })),
  },
  { code: 'KP313', apply: (group) => ({ ...group, clamps: false }) },
  { code: 'KP420', apply: completeEverywhere },
  { code: 'KP354', apply: countedByServices },
  { code: 'KP306', apply: (group) => withContenders(group, likeTheFirst) },
  { code: 'KP421', apply: (group) => withContenders(group, trackingAlike) },
  { code: 'KP211', apply: tiedEverywhere },
  { code: 'KP203', apply: (group) => withMembers(group, (member) => ({ ...member, virtualRouterId: 0 })) },
  { code: 'KP204', apply: (group) => withMembers(group, (member) => ({ ...member, advertised: [] })) },
  { code: 'KP214', apply: (group) => withMembers(group, (member) => ({ ...member, version: 3 })) },
  {
    code: 'KP208',
    apply: (group) => withMembers(group, (member) => ({ ...member, advertIntervalMs: 1000 })),
  },
];

/** What the translation announces of a group, by its messages and fates. */
export function announcedDeviations(
  group: ElectionGroup,
  instance: PlanInstance,
  { plan, diagnostics }: { readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] },
): Deviation[] {
  const own = new Set(linesOf(group).map(lineKey));
  return kinds.flatMap(({ code, apply }): Deviation[] => {
    const lines = diagnostics
      .filter((diagnostic) => diagnostic.code === code)
      .map(({ at, notes }) => [at, ...notes.map((note) => note.at)].flatMap((span) => span ?? []))
      .filter((spans) => spans.some((span) => own.has(lineKey(span))))
      .flat();
    if (lines.length === 0) return [];
    const applied = (election: ElectionGroup) => apply(election, instance, plan);
    return [{ code, applied, lines: placesOf(lines), fates: inexactFates(plan, lines) }];
  });
}

function inexactFates({ fates }: Plan, lines: readonly Place[]): Fate[] {
  const keys = new Set(lines.map(lineKey));
  return fates.filter(
    (fate) => (fate.fate === 'approximate' || fate.fate === 'manual') && keys.has(lineKey(fate)),
  );
}

/** The lines that decide a group's elections. */
export function linesOf({ contenders }: ElectionGroup): Place[] {
  return contenders.flatMap(({ members, syncGroup }) => [
    ...members.flatMap(({ from, tracked }) => [...from, ...tracked.flatMap((object) => object.from)]),
    ...(syncGroup ? [...syncGroup.from, ...syncGroup.tracked.flatMap((object) => object.from)] : []),
  ]);
}

function lineKey({ file, line }: Pick<Place, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

function placesOf(spans: readonly Place[]): Place[] {
  return [
    ...new Map(
      spans.map(({ file, line, column }) => [lineKey({ file, line }), { file, line, column }]),
    ).values(),
  ];
}

function withContenders(group: ElectionGroup, change: (contender: Contender) => Contender): ElectionGroup {
  return { ...group, contenders: group.contenders.map(change) };
}

function withMembers(
  group: ElectionGroup,
  change: (member: ElectionMember) => ElectionMember,
): ElectionGroup {
  return withContenders(group, (contender) => ({ ...contender, members: contender.members.map(change) }));
}

/** Where a service of the companion file counts in the place of checks, needed-by says what a node without it loses. */
function countedByServices(group: ElectionGroup, { group: id }: PlanInstance, plan: Plan): ElectionGroup {
  const services = plan.resources.flatMap((service) => {
    if (service.kind !== 'primitive' || service.origin.rule !== 'service') return [];
    const needed = plan.colocations.find((one) => one.resource === id && one.with === `${service.id}-clone`);
    const places = new Set(service.origin.from.map(lineKey));
    return needed ? [{ id: service.id, score: needed.score, places }] : [];
  });
  const withNeeds = (tracked: readonly TrackedObject[]) => {
    const counted = new Set<string>();
    return tracked.flatMap((object): TrackedObject[] => {
      const service = services.find(({ places }) => object.from.some((span) => places.has(lineKey(span))));
      if (!service) return [object];
      // Several checks of a service are one by then.
      if (counted.has(service.id)) return [];
      counted.add(service.id);
      const loss = typeof service.score === 'number' ? service.score : 0;
      return [{ ...object, weight: object.weight > 0 ? loss : -loss, reverse: false }];
    });
  };
  return withContenders(group, ({ members, syncGroup, ...contender }) => ({
    ...contender,
    members: members.map((member) => ({ ...member, tracked: withNeeds(member.tracked) })),
    ...(syncGroup && { syncGroup: { ...syncGroup, tracked: withNeeds(syncGroup.tracked) } }),
  }));
}

/** A sync group follows the preference of its first instance. */
function likeTheFirst(contender: Contender): Contender {
  const [first] = contender.members;
  if (!first) return contender;
  const { priority, preempts } = first;
  return { ...contender, members: contender.members.map((member) => ({ ...member, priority, preempts })) };
}

/** A node with one instance of the group is taken to have all of them. */
function completeEverywhere(group: ElectionGroup): ElectionGroup {
  const known = new Map(
    group.contenders.flatMap(({ members }) => members.map((member) => [member.instance, member] as const)),
  );
  return withContenders(group, (contender) => {
    const [first] = contender.members;
    const own = new Map(contender.members.map((member) => [member.instance, member]));
    const added = (member: ElectionMember): ElectionMember => {
      const {
        priority = member.priority,
        preempts = member.preempts,
        tracked = member.tracked,
      } = first ?? {};
      return { ...member, priority, preempts, tracked };
    };
    const members = [...known.values()].map((member) => own.get(member.instance) ?? added(member));
    return { ...contender, members };
  });
}

/** What one member tracks counts for all. */
function trackingAlike(contender: Contender): Contender {
  const tracked = contender.members.flatMap((member) => member.tracked);
  const once = tracked.filter(
    ({ kind, name }, index) =>
      tracked.findIndex((other) => other.kind === kind && other.name === name) === index,
  );
  return { ...contender, members: contender.members.map((member) => ({ ...member, tracked: once })) };
}

/** The instances of a sync group that only some nodes have are together on every node. */
function tiedEverywhere(group: ElectionGroup): ElectionGroup {
  const byNode = new Map<string, Contender>();
  for (const contender of group.contenders) {
    const known = byNode.get(contender.node);
    byNode.set(contender.node, known ? tied(known, contender) : contender);
  }
  return { ...group, contenders: [...byNode.values()] };
}

function tied(one: Contender, other: Contender): Contender {
  return {
    node: one.node,
    members: [...one.members, ...other.members],
    syncGroup: {
      tracked: [...(one.syncGroup?.tracked ?? []), ...(other.syncGroup?.tracked ?? [])],
      countsMemberWeights: [one, other].some(({ syncGroup }) => syncGroup?.countsMemberWeights),
      from: [...(one.syncGroup?.from ?? []), ...(other.syncGroup?.from ?? [])],
    },
  };
}
