import {
  type Clone,
  type Constraint,
  type Group,
  type LocationBan,
  type LocationPreference,
  type LocationRule,
  type LocationScore,
  type Place,
  type Plan,
  type PlanBody,
  type PlanNode,
  type Primitive,
  type Property,
  planFormat,
} from '../pacemaker/plan.ts';
import type { PcsDialect } from '../translation.ts';
import { nodeAttributesElement } from './cib.ts';
import { assignments, configureCommand, type NodeWord, nodeWords } from './command-parts.ts';
import { planIdOf } from './plan-id.ts';
import { addAlert, addColocation, addFencingLevel, addOrder } from './relation-commands.ts';
import { argvOf, type ScriptCommand, type VariableWord } from './words.ts';
import { quoteXml } from './xml-text.ts';

/**
 * Lays out the plan's commands in a dialect of pcs, in the order in which they must run. Those of the step `configure`
 * change a file: the scripts put `-f FILE` after `pcs`.
 */
export function layOutCommands(plan: PlanBody, pcs: PcsDialect = 'portable'): ScriptCommand[] {
  return [
    ...clusterCommands(plan),
    ...plan.properties.map((property) => setProperty(property, pcs)),
    ...plan.resources
      .filter((resource) => resource.kind === 'primitive')
      .flatMap((resource) => [
        createPrimitive(resource),
        ...attributesOnNodes(resource, nodeWords(plan.nodes)),
      ]),
    ...plan.resources.filter((resource) => resource.kind === 'group').flatMap(addGroup),
    ...plan.resources.filter((resource) => resource.kind === 'clone').map(addClone),
    ...plan.fencingLevels.map((level) => addFencingLevel(level, nodeWords(plan.nodes))),
    ...constraintCommands(plan.constraints, nodeWords(plan.nodes), pcs),
    ...plan.colocations.map(addColocation),
    ...plan.orders.map(addOrder),
    ...plan.alerts.flatMap(addAlert),
  ];
}

/** Completes a plan: its commands, and the id that its scripts share. */
export function completePlan(body: PlanBody, pcs?: PcsDialect): Plan {
  const commands = layOutCommands(body, pcs).map(({ step, words, why, from }) => ({
    step,
    argv: argvOf(words),
    why,
    from,
  }));
  // All that the scripts are laid out from; what the report says besides may change without making them strangers.
  const { nodes, cluster, instances, files, secrets } = body;
  const texts = files.map(({ path, content, node = '' }) => [path, content.length, node]);
  const planId = planIdOf([nodes, cluster, instances, texts, commands.map(({ argv }) => argv), ...secrets]);
  return { ...body, format: planFormat, commands, planId };
}

const clusterName = (value: string): VariableWord => ({ variable: 'CLUSTER_NAME', value, suffix: '' });

/** Every node needs the same number of links; one without a known address is reached by its name, over one link. */
export function corosyncLinks(nodes: readonly PlanNode[]): number {
  return Math.max(1, Math.min(...nodes.map(({ addresses }) => addresses.length)));
}

function clusterCommands(plan: PlanBody): ScriptCommand[] {
  const { cluster, nodes } = plan;
  const word = nodeWords(nodes);
  const links = corosyncLinks(nodes);
  const members = (count: number) =>
    nodes.flatMap(({ name, addresses }) => [
      word(name),
      ...addresses.slice(0, count).map((a) => `addr=${a}`),
    ]);
  const totem = ['totem', `token=${cluster.tokenMs}`, 'token_coefficient=0'];
  const step = 'cluster';
  const from: Place[] = [];
  const { name, token } = cluster.origins;
  return [
    {
      step,
      words: ['pcs', 'host', 'auth', ...members(1), '-u', 'hacluster'],
      why: 'pcs asks for the password of hacluster, the account that the nodes know each other by',
      from,
    },
    {
      step,
      words: ['pcs', 'cluster', 'setup', clusterName(cluster.name), ...members(links), ...totem],
      why: token.why,
      from: [...name.from, ...token.from],
    },
    {
      step,
      words: ['pcs', 'cluster', 'start', '--all', '--wait=60'],
      why: 'without --wait it returns before a node has been elected to lead, and nothing can be configured',
      from,
    },
    {
      step,
      words: ['pcs', 'cluster', 'enable', '--all'],
      why: 'the nodes join the cluster when they boot, as Keepalived started at boot',
      from,
    },
  ];
}

/** The property that switches fencing. Pacemaker 3.0.2 renamed it, and its checks fail on the old name. */
const fencingProperty = 'FENCING_PROPERTY';
const fencingNames = ['stonith-enabled', 'fencing-enabled'];

/** Beside pcs 0.10 and 0.11 there is no Pacemaker that knows the new name. */
function setProperty({ name, value, origin }: Property, pcs: PcsDialect): ScriptCommand {
  const renamed = pcs === 'portable' || pcs === '0.12';
  const assignment =
    renamed && fencingNames.includes(name)
      ? { variable: fencingProperty, value: name, suffix: `=${value}` }
      : `${name}=${value}`;
  return configureCommand(['pcs', 'property', 'set', assignment], origin);
}

const fencingClass = 'stonith:';

function createPrimitive(primitive: Primitive): ScriptCommand {
  const { id, agent, attributes, operations, meta, origin } = primitive;
  const device = agent.startsWith(fencingClass);
  const what = device
    ? ['stonith', 'create', id, agent.slice(fencingClass.length)]
    : ['resource', 'create', id, agent];
  const words = ['pcs', ...what, ...assignments(attributes)];
  for (const { name, options } of operations) words.push('op', name, ...assignments(options));
  if (Object.keys(meta).length > 0) words.push('meta', ...assignments(meta));
  return configureCommand(words, origin);
}

/** pcs has no words for parameters with a rule. The command comes before the primitive moves into a group. */
function attributesOnNodes(
  { id, attributesOnNodes = [], origin }: Primitive,
  word: NodeWord,
): ScriptCommand[] {
  return attributesOnNodes.map(({ node, attributes }, index) => {
    // The name is cut out again: the script may hold it in a variable.
    const [before = '', after = ''] = nodeAttributesElement(id, index, attributes);
    const element = [`<primitive id=${quoteXml(id)}>${before}`, `${after}</primitive>`] as const;
    return configureCommand(
      ['cibadmin', '--modify', '--scope', 'resources', '--xml-text', word(node, element[1], element[0])],
      {
        ...origin,
        why: `${Object.keys(attributes).join(', ')} of ${id} on one node: pcs has no command for it`,
      },
    );
  });
}

function addGroup({ id, members, meta, origin }: Group): ScriptCommand[] {
  const commands = [configureCommand(['pcs', 'resource', 'group', 'add', id, ...members], origin)];
  if (Object.keys(meta).length > 0) {
    commands.push(configureCommand(['pcs', 'resource', 'meta', id, ...assignments(meta)], origin));
  }
  return commands;
}

/** Without the word `meta`, newer versions warn. */
function addClone({ of, meta, origin }: Clone): ScriptCommand {
  const options = Object.keys(meta).length > 0 ? ['meta', ...assignments(meta)] : [];
  return configureCommand(['pcs', 'resource', 'clone', of, ...options], origin);
}

function constraintCommands(
  constraints: readonly Constraint[],
  node: NodeWord,
  pcs: PcsDialect,
): ScriptCommand[] {
  // All nodes of a resource on one line, which then reads like the priorities side by side.
  const preferences = new Map<string, LocationPreference[]>();
  for (const constraint of constraints) {
    if (constraint.kind !== 'prefers') continue;
    const known = preferences.get(constraint.resource);
    if (known) known.push(constraint);
    else preferences.set(constraint.resource, [constraint]);
  }
  return constraints.flatMap((constraint) => {
    if (constraint.kind === 'avoids') return [avoid(constraint, node)];
    if (constraint.kind === 'rule' || constraint.kind === 'score-attribute')
      return [addRule(constraint, node, pcs)];
    const all = preferences.get(constraint.resource);
    return all?.[0] === constraint ? [prefer(all, constraint.resource, node)] : [];
  });
}

function avoid({ resource, node, origin }: LocationBan, word: NodeWord): ScriptCommand {
  return configureCommand(['pcs', 'constraint', 'location', resource, 'avoids', word(node)], origin);
}

function prefer(all: readonly LocationPreference[], resource: string, node: NodeWord): ScriptCommand {
  const words = all.map((preference) => node(preference.node, `=${preference.score}`));
  return configureCommand(['pcs', 'constraint', 'location', resource, 'prefers', ...words], {
    why: [...new Set(all.map(({ origin }) => origin.why))].join('; '),
    from: all.flatMap(({ origin }) => origin.from),
  });
}

/** In words, one per argument, which 0.12 warns of; it would rather have one string, which 0.11 refuses. */
function addRule(rule: LocationRule | LocationScore, node: NodeWord, pcs: PcsDialect): ScriptCommand {
  const ids = [`id=${rule.id}-rule`, `constraint-id=${rule.id}`];
  const compared =
    rule.kind === 'rule' ? [rule.attribute, rule.operation, rule.value] : ['defined', rule.attribute];
  const score = rule.kind === 'rule' ? `score=${rule.score}` : `score-attribute=${rule.attribute}`;
  const onNode = ['and', '#uname', 'eq'];
  const words = rule.node === undefined ? compared : [...compared, ...onNode, node(rule.node)];
  const before = `${[...compared, ...onNode].join(' ')} `;
  const string = rule.node === undefined ? compared.join(' ') : node(rule.node, '', before);
  return configureCommand(
    [
      ...['pcs', 'constraint', 'location', rule.resource, 'rule', ...ids, score],
      ...(pcs === '0.12' ? [string] : words),
    ],
    rule.origin,
  );
}
