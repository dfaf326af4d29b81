import { agentPath, agentText } from '../../../templates/agents/index.ts';
import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { RoutingRule } from '../../keepalived/routing-configuration.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Primitive } from '../plan.ts';
import {
  type RoutingEntry,
  routingEntries,
  routingMeta,
  routingOperations,
  routingWithoutGroup,
} from '../routing-members.ts';
import { type Contribution, fatesOf, originOf, type Rule, type RuleContext } from '../rule.ts';
import { ruleParameters, ruleWords } from '../rule-words.ts';

const name = 'virtual-rule';

export const virtualRule: Rule = {
  name,
  sentence: 'a virtual rule becomes a resource of an agent that is shipped and adds policy rules',
  apply(context) {
    const built = context.groups.map((group) => buildRules(group, context));
    const resources = built.flatMap((made) => made.resources);
    const idle = routingWithoutGroup(context, 'virtual_rules', 'policy rules');
    return {
      resources,
      groupMembers: built.flatMap(({ groupMembers }) => groupMembers),
      files:
        resources.length > 0
          ? [
              {
                path: agentPath('rule'),
                mode: '0755',
                content: agentText.rule,
                why: 'agent that adds policy rules',
              },
            ]
          : [],
      fates: [...built.flatMap(({ fates }) => fates), ...idle.fates],
      manualSteps: idle.manualSteps,
      diagnostics: idle.diagnostics,
    };
  },
};

function buildRules(group: MovingGroup, { ids }: RuleContext) {
  const entries = routingEntries(
    group,
    ({ virtualRules }) => virtualRules,
    (rule) => JSON.stringify(ruleParameters(rule)),
  );
  const resources = entries.map((entry) => buildRule(entry, ids.take(`rule-${entry.first.preference}`)));
  const blocks = group.source.instances.flatMap(({ members }) =>
    members.flatMap(({ configured }) => childrenNamed(configured.directive, 'virtual_rules')),
  );
  return {
    resources,
    groupMembers: [{ group: group.id, place: 'routing', members: resources.map(({ id }) => id) }],
    fates: [
      ...fatesOf(
        blocks,
        'equivalent',
        `Its rules are members of the group ${group.id}, after the addresses.`,
      ),
      ...entries.flatMap((entry, index) => entryFates(entry, resources[index])),
    ],
  } satisfies Contribution & { resources: Primitive[] };
}

function buildRule({ first, from, nodes, tracked }: RoutingEntry<RoutingRule>, id: string): Primitive {
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:rule',
    attributes: { ...ruleParameters(first), ...(nodes && { nodes: nodes.join(' ') }) },
    operations: routingOperations(tracked),
    meta: routingMeta,
    origin: originOf(name, 'equivalent', `policy rule ${ruleWords(first).join(' ')}`, from),
  };
}

function entryFates({ from, tracked, nodes }: RoutingEntry<RoutingRule>, resource: Primitive | undefined) {
  const reasons = [
    `Added by ${resource?.id} where the addresses are, after them and the routes.`,
    tracked
      ? 'When it is deleted, it is added again, without a change of the holder in between.'
      : 'As before, nothing happens when it is deleted.',
    ...(nodes ? [`Only ${nodes.join(', ')} has it: elsewhere the resource does nothing.`] : []),
  ];
  return fatesOf(from, tracked ? 'equivalent' : 'exact', reasons.join(' '));
}
