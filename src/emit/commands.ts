import {
  type Clone,
  type Constraint,
  type Group,
  type LocationBan,
  type LocationPreference,
  type LocationRule,
  type Place,
  type Plan,
  type PlanBody,
  type PlanNode,
  type Primitive,
  type Property,
  planFormat,
} from '../pacemaker/plan.ts';
import { planIdOf } from './plan-id.ts';
import { argvOf, type CommandWord, type ScriptCommand, type VariableWord } from './words.ts';

/**
 * Lays out the plan's commands in the dialect that pcs 0.10 to 0.12 share, in the order in which they must run.
 * Those of the step `configure` change a file: the scripts put `-f FILE` after `pcs`.
 */
export function layOutCommands(plan: PlanBody): ScriptCommand[] {
  return [
    ...clusterCommands(plan),
    ...plan.properties.map(setProperty),
    ...plan.resources.filter((resource) => resource.kind === 'primitive').map(createPrimitive),
    ...plan.resources.filter((resource) => resource.kind === 'group').flatMap(addGroup),
    ...plan.resources.filter((resource) => resource.kind === 'clone').map(addClone),
    ...constraintCommands(plan.constraints, nodeWords(plan.nodes)),
  ];
}

/** Completes a plan: its commands, and the id that its scripts share. */
export function completePlan(body: PlanBody): Plan {
  const commands = layOutCommands(body).map(({ step, words, why, from }) => ({
    step,
    argv: argvOf(words),
    why,
    from,
  }));
  // All that the scripts are laid out from; what the report says besides may change without making them strangers.
  const { nodes, cluster, instances, files } = body;
  const texts = files.map(({ path, content }) => [path, content.length]);
  const planId = planIdOf([nodes, cluster, instances, texts, commands.map(({ argv }) => argv)]);
  return { ...body, format: planFormat, commands, planId };
}

/** A node's name followed by literal text, as a word that an editable variable may begin. */
type NodeWord = (name: string, suffix?: string) => CommandWord;

function nodeWords(nodes: readonly PlanNode[]): NodeWord {
  const variables = new Map(nodes.map(({ name, variable }) => [name, variable]));
  return (name, suffix = '') => {
    const variable = variables.get(name);
    return variable === undefined ? name + suffix : { variable, value: name, suffix };
  };
}

const clusterName = (value: string): VariableWord => ({ variable: 'CLUSTER_NAME', value, suffix: '' });

function clusterCommands(plan: PlanBody): ScriptCommand[] {
  const { cluster, nodes } = plan;
  const word = nodeWords(nodes);
  // Every node needs the same number of links; one without a known address is reached by its name, over one link.
  const links = Math.max(1, Math.min(...nodes.map(({ addresses }) => addresses.length)));
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

function setProperty({ name, value, origin }: Property): ScriptCommand {
  const assignment = fencingNames.includes(name)
    ? { variable: fencingProperty, value: name, suffix: `=${value}` }
    : `${name}=${value}`;
  return configure(['pcs', 'property', 'set', assignment], origin);
}

function createPrimitive(primitive: Primitive): ScriptCommand {
  const { id, agent, attributes, operations, meta, origin } = primitive;
  const words = ['pcs', 'resource', 'create', id, agent, ...assignments(attributes)];
  for (const { name, options } of operations) words.push('op', name, ...assignments(options));
  if (Object.keys(meta).length > 0) words.push('meta', ...assignments(meta));
  return configure(words, origin);
}

function addGroup({ id, members, meta, origin }: Group): ScriptCommand[] {
  const commands = [configure(['pcs', 'resource', 'group', 'add', id, ...members], origin)];
  if (Object.keys(meta).length > 0) {
    commands.push(configure(['pcs', 'resource', 'meta', id, ...assignments(meta)], origin));
  }
  return commands;
}

/** Without the word `meta`, newer versions warn. */
function addClone({ of, meta, origin }: Clone): ScriptCommand {
  const options = Object.keys(meta).length > 0 ? ['meta', ...assignments(meta)] : [];
  return configure(['pcs', 'resource', 'clone', of, ...options], origin);
}

function constraintCommands(constraints: readonly Constraint[], node: NodeWord): ScriptCommand[] {
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
    if (constraint.kind === 'rule') return [addRule(constraint, node)];
    const all = preferences.get(constraint.resource);
    return all?.[0] === constraint ? [prefer(all, constraint.resource, node)] : [];
  });
}

function avoid({ resource, node, origin }: LocationBan, word: NodeWord): ScriptCommand {
  return configure(['pcs', 'constraint', 'location', resource, 'avoids', word(node)], origin);
}

function prefer(all: readonly LocationPreference[], resource: string, node: NodeWord): ScriptCommand {
  const words = all.map((preference) => node(preference.node, `=${preference.score}`));
  return configure(['pcs', 'constraint', 'location', resource, 'prefers', ...words], {
    why: [...new Set(all.map(({ origin }) => origin.why))].join('; '),
    from: all.flatMap(({ origin }) => origin.from),
  });
}

/** In words, one per argument: 0.12 would rather have one string, which 0.11 refuses. */
function addRule(rule: LocationRule, node: NodeWord): ScriptCommand {
  const ids = [`id=${rule.id}-rule`, `constraint-id=${rule.id}`];
  const there = rule.node === undefined ? [] : ['and', '#uname', 'eq', node(rule.node)];
  return configure(
    [
      ...['pcs', 'constraint', 'location', rule.resource, 'rule', ...ids, `score=${rule.score}`],
      ...[rule.attribute, rule.operation, rule.value, ...there],
    ],
    rule.origin,
  );
}

function assignments(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

function configure(
  words: readonly CommandWord[],
  { why, from }: { readonly why: string; readonly from: readonly Place[] },
): ScriptCommand {
  return { step: 'configure', words, why, from };
}
