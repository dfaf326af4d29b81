import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import type { VrrpInstance } from '../../keepalived/node-configuration.ts';
import { agentFiles } from '../agent-files.ts';
import { attributeName } from '../element-ids.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import type { MovingGroup } from '../moving-group.ts';
import { cloned } from '../object-rules.ts';
import type { Constraint, Order, Primitive } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { scoresOf, waitingScore } from '../scores.ts';
import { type Wait, waitsOf } from '../taking-back.ts';
import { trackingOf } from '../tracking.ts';

const name = 'preempt-delay';

export const preemptDelay: Rule = {
  name,
  sentence:
    'preempt_delay becomes a cloned agent that keeps a node attribute while a node waits, and a location rule that takes from its score',
  apply(context) {
    const attributes = new Set<string>();
    const waiting = context.groups.map((group) => ({ group, waits: waitsOf(group) }));
    const built = waiting
      .filter(({ waits }) => waits.length > 0)
      .map(({ group, waits }) => build(group, waits, distinctName(group.id, attributes), context));
    return {
      resources: built.flatMap(({ agents }) => agents.flatMap(cloned)),
      constraints: built.flatMap(({ constraints }) => constraints),
      orders: built.flatMap(({ orders }) => orders),
      files: agentFiles(name, built.length > 0, 'agent that says while a node waits'),
      fates: waiting.flatMap(({ group, waits }) => fates(group, waits, context)),
      diagnostics: waiting.flatMap(({ group, waits }) => inPart(group, waits, context)),
    };
  },
};

/** An attribute for each group, also where two ids differ only in what an attribute's name cannot hold. */
function distinctName(group: string, taken: Set<string>): string {
  const base = attributeName('kp_wait', group);
  let attribute = base;
  for (let number = 2; taken.has(attribute); number++) attribute = `${base}_${number}`;
  taken.add(attribute);
  return attribute;
}

/** Nodes that wait as long, and that the same forbids, share an agent. */
interface Variant {
  readonly nodes: readonly string[];
  readonly delayS: number;
  readonly watch: string;
}

function build(group: MovingGroup, waits: readonly Wait[], attribute: string, context: RuleContext) {
  const { cluster, ids, constraints: before } = context;
  const lines = delayLines(group);
  const addresses = group.addresses.map(({ address }) => address.first.address.text).join(' ');
  const variants = variantsOf(group, waits, before);
  const agents = variants.map(({ nodes, delayS, watch }, place): Primitive => {
    const id = ids.take(place === 0 ? `wait-${group.id}` : `wait-${group.id}-${nodes[0]}`);
    const says =
      delayS > 0
        ? `${attribute} is 1 for ${delayS} s after a start or FAULT, then 0`
        : `${attribute} is 0: no preempt_delay there`;
    return {
      kind: 'primitive',
      id,
      agent: 'ocf:kp2pcm:preempt-delay',
      attributes: {
        name: attribute,
        delay: String(delayS),
        ...(addresses !== '' && { addresses }),
        ...(watch !== '' && { watch }),
      },
      operations: [{ name: 'monitor', options: { interval: '2s', timeout: '20s' } }],
      meta: {},
      origin: originOf(name, 'equivalent', says, lines),
    };
  });
  const bans = agents.flatMap(({ id }, place) =>
    cluster.nodes
      .filter(({ name: node }) => !variants[place]?.nodes.includes(node))
      .map(
        ({ name: node }): Constraint => ({
          kind: 'avoids',
          id: locationId(`${id}-clone`, node, '-INFINITY'),
          resource: `${id}-clone`,
          node,
          origin: originOf(name, 'exact', `${node} does not wait for ${group.id} like this`, lines),
        }),
      ),
  );
  const rule: Constraint = {
    kind: 'rule',
    id: `${group.id}-wait`,
    resource: group.id,
    score: waitingScore(group),
    attribute,
    // A node that has just come has no attribute yet, and must not take the group before the agent has started there.
    operation: 'ne',
    value: '0',
    origin: originOf(name, 'equivalent', 'where it waits it takes the group from no other node', lines),
  };
  return { agents, constraints: [rule, ...bans], orders: agents.map(({ id }) => orderOf(id, group)) };
}

/** Where a node leaves, the group goes before the agent does, so that no attribute of a holder is left behind. */
function orderOf(agent: string, group: MovingGroup): Order {
  return {
    id: `${agent}-clone-then-${group.id}`,
    first: `${agent}-clone`,
    second: group.id,
    action: 'start',
    strength: 'Optional',
    symmetrical: true,
    origin: originOf(name, 'equivalent', `${group.id} stops before ${agent} does`, delayLines(group)),
  };
}

function variantsOf(group: MovingGroup, waits: readonly Wait[], before: readonly Constraint[]): Variant[] {
  const own = before.filter(({ resource }) => resource === group.id);
  const variants = new Map<string, { nodes: string[]; delayS: number; watch: string }>();
  for (const { node, delayS } of waits.toSorted((one, other) => (one.node < other.node ? -1 : 1))) {
    const watch = delayS > 0 ? own.flatMap((rule) => forbidding(rule, node)).join(' ') : '';
    const key = JSON.stringify([delayS, watch]);
    const known = variants.get(key);
    if (known) known.nodes.push(node);
    else variants.set(key, { nodes: [node], delayS, watch });
  }
  return [...variants.values()];
}

/** When a rule forbids the node, which was FAULT: after that the daemon's delay begins anew (measured with 2.2.7). */
function forbidding(rule: Constraint, on: string): string[] {
  if (rule.kind === 'prefers' || rule.kind === 'avoids') return [];
  if (rule.node !== undefined && rule.node !== on) return [];
  if (rule.kind === 'score-attribute') return [rule.attribute, 'eq', '-INFINITY'];
  return rule.score === '-INFINITY' ? [rule.attribute, rule.operation, rule.value] : [];
}

function configurations({ source }: MovingGroup): VrrpInstance[] {
  return source.instances.flatMap(({ members }) => members.map(({ configured }) => configured));
}

function delayLines(group: MovingGroup) {
  return configurations(group).map(({ preemptDelayMs }) => preemptDelayMs.from);
}

/** Why the translation of a group's delays is not what Keepalived does in every case. */
function differences(group: MovingGroup, waits: readonly Wait[], { checks }: RuleContext): string[] {
  if (waits.length === 0) {
    return [
      'nopreempt on the best node holds here for all nodes alike: the group does not go back by itself, and no node waits',
    ];
  }
  const { effects } = trackingOf(group.source);
  const weights = effects.some(({ weight, isDead }) => weight !== 0 && !isDead);
  const isManaged = checks.managed.services.length > 0;
  return [
    ...(weights
      ? ['where a weight alone made the better node worse for a time, it goes back as soon as that is over']
      : []),
    ...(isManaged ? ['after a failure of a service that the cluster runs, it goes back at once'] : []),
    ...(group.nodes.length > 2
      ? [
          'where the holder fails while the best node waits, another node takes over first, and the best one after its delay',
        ]
      : []),
  ];
}

/** `pcs resource move` leaves a constraint in versions before 0.11 (pcs-by-version), which clear takes away. */
function returnByHand(group: MovingGroup): string {
  const { id } = group;
  const scores = scoresOf(group);
  const best = Math.max(...scores.map(({ score }) => score));
  const node = scores.find(({ score }) => score === best)?.node;
  return `Nothing needs doing if the group may move at these moments. Otherwise put nopreempt (with state BACKUP) on all nodes, translate again, and bring the group back by hand: \`pcs resource move ${id} ${node}\`, then \`pcs resource clear ${id}\`.`;
}

const returnByItself =
  'Nothing needs doing if the group is to stay where it is. If it is to go back after the delay, take nopreempt out on every node, and translate again.';

function fates(group: MovingGroup, waits: readonly Wait[], context: RuleContext): RuleFate[] {
  const reasons = differences(group, waits, context);
  return configurations(group).flatMap(({ preemptDelayMs: { from, value } }) => {
    if (value === 0) return fatesOf([from], 'exact', 'No delay, here as there.');
    const does =
      waits.length > 0
        ? `A node that starts, or comes out of FAULT, waits: ${waitingScore(group)} for ${group.id} until then.`
        : '';
    const text = [does, ...reasons.map((reason) => `${reason[0]?.toUpperCase()}${reason.slice(1)}.`)];
    return fatesOf(
      [from],
      reasons.length > 0 ? 'approximate' : 'equivalent',
      text.filter((part) => part !== '').join(' '),
      waits.length > 0 ? returnByHand(group) : returnByItself,
    );
  });
}

function inPart(group: MovingGroup, waits: readonly Wait[], context: RuleContext): Diagnostic[] {
  const reasons = differences(group, waits, context);
  const line = configurations(group).find(({ preemptDelayMs: { from, value } }) => from && value > 0);
  if (!line || reasons.length === 0) return [];
  return [
    report(pacemakerFindings.preemptDelayInPart, {
      summary: `preempt_delay does not hold for every return of ${group.source.name}`,
      detail: `The difference: ${reasons.join('; ')}.`,
      at: line.preemptDelayMs.from?.directive.span,
      help: 'if that matters, use nopreempt and move the group back by hand',
    }),
  ];
}
