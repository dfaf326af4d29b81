import { agentPath, agentText } from '../../../templates/agents/index.ts';
import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { Route } from '../../keepalived/routing-configuration.ts';
import { routerAttributes } from '../heartbeat-route.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Primitive } from '../plan.ts';
import { networkWord, routeParameters, unusedOptions } from '../route-words.ts';
import {
  type RoutingEntry,
  routingEntries,
  routingMeta,
  routingOperations,
  routingWithoutGroup,
} from '../routing-members.ts';
import { type Contribution, fatesOf, originOf, type Rule, type RuleContext } from '../rule.ts';

const name = 'virtual-route';

export const virtualRoute: Rule = {
  name,
  sentence:
    'a virtual route becomes an ocf:heartbeat:Route where that agent can express it, else an agent that is shipped and knows all options',
  apply(context) {
    const built = context.groups.map((group) => buildRoutes(group, context));
    const resources = built.flatMap((made) => made.resources);
    const idle = routingWithoutGroup(context, 'virtual_routes', 'routes');
    return {
      resources,
      groupMembers: built.flatMap(({ groupMembers }) => groupMembers),
      files: resources.some(({ agent }) => agent === 'ocf:kp2pcm:route')
        ? [
            {
              path: agentPath('route'),
              mode: '0755',
              content: agentText.route,
              why: 'agent that adds routes with all options',
            },
          ]
        : [],
      fates: [...built.flatMap(({ fates }) => fates), ...idle.fates],
      manualSteps: idle.manualSteps,
      diagnostics: idle.diagnostics,
    };
  },
};

function buildRoutes(group: MovingGroup, { ids }: RuleContext) {
  const entries = routingEntries(
    group,
    ({ virtualRoutes }) => virtualRoutes,
    (route) => JSON.stringify([route.placement, routeParameters(route)]),
  );
  const resources = entries.map((entry) => buildRoute(entry, ids.take(`route-${destinationOf(entry)}`)));
  const blocks = group.source.instances.flatMap(({ members }) =>
    members.flatMap(({ configured }) => childrenNamed(configured.directive, 'virtual_routes')),
  );
  return {
    resources,
    groupMembers: [{ group: group.id, place: 'routing', members: resources.map(({ id }) => id) }],
    fates: [
      ...fatesOf(
        blocks,
        'equivalent',
        `Its routes are members of the group ${group.id}, after the addresses.`,
      ),
      ...entries.flatMap((entry, index) => entryFates(entry, resources[index])),
    ],
  } satisfies Contribution & { resources: Primitive[] };
}

const destinationOf = ({ first }: RoutingEntry<Route>) => networkWord(first.destination);

function buildRoute(entry: RoutingEntry<Route>, id: string): Primitive {
  const plain = entry.nodes ? undefined : routerAttributes(entry.first);
  return {
    kind: 'primitive',
    id,
    agent: plain ? 'ocf:heartbeat:Route' : 'ocf:kp2pcm:route',
    attributes: plain ?? {
      ...routeParameters(entry.first),
      ...(entry.nodes && { nodes: entry.nodes.join(' ') }),
    },
    operations: routingOperations(entry.tracked),
    meta: routingMeta,
    origin: originOf(name, 'equivalent', `route to ${destinationOf(entry)}`, entry.from),
  };
}

function entryFates({ first, from, tracked, nodes }: RoutingEntry<Route>, resource: Primitive | undefined) {
  const unused = unusedOptions(first);
  const reasons = [
    `Added by ${resource?.id} where the addresses are, after them.`,
    tracked
      ? 'When it is deleted, it is added again, without a change of the holder in between.'
      : 'As before, nothing happens when it is deleted.',
    ...(nodes ? [`Only ${nodes.join(', ')} has it: elsewhere the resource does nothing.`] : []),
    ...(unused.length > 0 ? [`The kernel does not use ${unused.join(' and ')}, so it is left out.`] : []),
  ];
  return fatesOf(from, tracked ? 'equivalent' : 'exact', reasons.join(' '));
}
