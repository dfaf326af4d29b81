import type { Located, Service } from '../../companion/companion.ts';
import { originAt } from '../companion-elements.ts';
import { groupNamed, neededOnce } from '../companion-names.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Clone, Colocation, ManualStep, Order, PlanSecret, Primitive } from '../plan.ts';
import {
  type Contribution,
  type GroupMembers,
  placeOfSpan,
  placesOf,
  type Rule,
  type RuleContext,
} from '../rule.ts';
import { buildResources } from '../service-resources.ts';

const name = 'service';

/** A clone that fails once is not left to try for ever: the addresses that need it go, as after a failed check. */
const cloneRecovery = { 'migration-threshold': '1', 'failure-timeout': '60s' };

export const service: Rule = {
  name,
  sentence: 'a service of the companion file joins the group of its instance, or becomes a clone',
  apply(context): Contribution {
    const services = context.options.companion?.services ?? [];
    const built = services.map((one) =>
      one.place.kind === 'clone' ? cloneOf(one, context) : memberOf(one, context),
    );
    return {
      resources: built.flatMap(({ primitives, clone }) => [...primitives, ...(clone ? [clone] : [])]),
      groupMembers: built.flatMap(({ members }) => members ?? []),
      colocations: built.flatMap(({ colocations = [] }) => colocations),
      orders: built.flatMap(({ orders = [] }) => orders),
      secrets: built.flatMap(({ secrets }) => secrets),
      manualSteps: built.map(({ step }) => step),
    };
  },
};

interface Built {
  readonly primitives: readonly Primitive[];
  readonly secrets: readonly PlanSecret[];
  readonly clone?: Clone;
  readonly members?: GroupMembers;
  readonly colocations?: readonly Colocation[];
  readonly orders?: readonly Order[];
  readonly step: ManualStep;
}

function memberOf(one: Service, { groups }: RuleContext): Built {
  const instance = one.place.kind === 'follows' ? one.place.instance.value : '';
  const start = one.place.kind === 'follows' ? one.place.start : 'after';
  const group = groupNamed(groups, instance);
  const addresses = group?.addresses.map(({ address }) => address.first.address.text) ?? [];
  const why = `${one.name.value} runs where the addresses of ${instance} are, and starts ${start} them`;
  const { primitives, secrets } = buildResources(one, addresses, why);
  const place = start === 'before' ? 'before addresses' : 'after addresses';
  return {
    primitives,
    secrets,
    ...(group && { members: { group: group.id, place, members: primitives.map(({ id }) => id) } }),
    step: handOver(one, start === 'before'),
  };
}

function cloneOf(one: Service, { groups, options, checks }: RuleContext): Built {
  const replaced = checks.covered.groups.filter(({ service: own }) => own === one.name.value);
  // The lines of the checks whose place it takes: by them verify knows what fails with it.
  const places = placesOf(replaced.flatMap(({ definitions }) => definitions));
  const { primitives, secrets } = buildResources(one, [], `${one.name.value}, on every node`);
  const id = `${one.name.value}-clone`;
  const { after, neededBy } = one.place.kind === 'clone' ? one.place : { after: [], neededBy: [] };
  const recovery = neededBy.length > 0 ? cloneRecovery : {};
  const clones = options.companion?.services ?? [];
  return {
    primitives: primitives.map((made) => ({
      ...made,
      meta: { ...recovery, ...made.meta },
      origin: { ...made.origin, from: [...made.origin.from, ...places] },
    })),
    secrets,
    clone: {
      kind: 'clone',
      id,
      of: one.name.value,
      // Otherwise a restart on one node would restart what depends on it on all.
      meta: { interleave: 'true' },
      origin: originAt(name, 'equivalent', `${one.name.value} runs on every node`, [one.name.at]),
    },
    colocations: neededOnce(neededBy, groups).flatMap(({ instance, score }) => {
      const group = groupNamed(groups, instance.value);
      const strength = score === 'INFINITY' ? 'runs only where' : `gains ${score} where`;
      const why = `${instance.value} ${strength} ${one.name.value} runs`;
      const origin = originAt(name, 'equivalent', why, [instance.at]);
      return group ? [{ id: `${group.id}-with-${id}`, resource: group.id, with: id, score, origin }] : [];
    }),
    orders: after.flatMap((first) => orderAfter(first, id, groups, clones)),
    step: handOver(one, false),
  };
}

/**
 * Optional: it counts where both start in one go. By Pacemaker's own description (Pacemaker Explained, "Ordering
 * Constraints") a mandatory one stops what comes second whenever the first stops: the clone would restart on every node when
 * the addresses move, and with it all connections would end.
 */
function orderAfter(
  first: Located<string>,
  then: string,
  groups: readonly MovingGroup[],
  services: readonly Service[],
): Order[] {
  const group = groupNamed(groups, first.value)?.id;
  const clone = services.some(
    ({ name: other, place }) => other.value === first.value && place.kind === 'clone',
  );
  const id = group ?? (clone ? `${first.value}-clone` : undefined);
  if (id === undefined) return [];
  const why = `${then} starts after ${id}, where both start together`;
  const origin = originAt(name, 'equivalent', why, [first.at]);
  return [
    {
      id: `${id}-then-${then}`,
      first: id,
      second: then,
      action: 'start',
      strength: 'Optional',
      symmetrical: true,
      origin,
    },
  ];
}

/** systemd and the cluster must not both start it. */
function handOver({ name: { value, at }, place }: Service, early: boolean): ManualStep {
  const where =
    place.kind === 'clone'
      ? 'Leave it running: the cluster takes it over as it is.'
      : 'Leave it running on the node that holds the addresses, and stop it on the others.';
  const order = early
    ? ' It must run there before the cutover: what starts before the addresses would otherwise take them down for as long as it needs to start.'
    : '';
  return {
    title: `Hand ${value} over to the cluster`,
    instruction: `Install and configure it on every node. Take it out of what starts it at boot (systemctl disable, /etc/fstab), on every node. ${where}${order}`,
    when: 'before',
    from: [placeOfSpan(at)],
  };
}
