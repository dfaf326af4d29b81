import { entryIn } from '../../grammar/source/table-entry.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Plan, PlanAddress, PlanNode, Resource } from '../pacemaker/plan.ts';
import type { PcsDialect } from '../translation.ts';
import { type CommandView, isLiteral, viewCommand, whyLines } from './command-lines.ts';
import { layOutCommands } from './commands.ts';
import { fencingLine, headOf, type ScriptHead, scoreOf } from './script-head.ts';
import type { CommandWord, ScriptCommand } from './words.ts';

/** An editable variable at the head of the scripts. */
interface VariableView {
  readonly name: string;
  readonly value: string;
  readonly comments: readonly string[];
  readonly literal: boolean;
}

interface AddressView {
  readonly resource: string;
  readonly address: string;
  readonly prefix: string;
  /** One per node, in the plan's order; `-` where the address never is. */
  readonly interfaces: readonly string[];
  readonly literal: boolean;
}

interface GroupView {
  readonly id: string;
  readonly returns: 'returns' | 'stays';
  readonly takeoverSeconds: string;
  /** One per node, in the plan's order; `-` where the group never runs. */
  readonly scores: readonly string[];
  readonly addresses: readonly AddressView[];
}

interface FileView {
  readonly path: string;
  readonly mode: string;
  readonly content: string;
  /** The shell function that prints the content. */
  readonly function: string;
  readonly comments: readonly string[];
  readonly literal: boolean;
}

/** What the templates of the four scripts see of a plan. */
export interface ScriptView extends ScriptHead {
  readonly planId: string;
  readonly sources: string;
  /** The names of nodes that are assumed. */
  readonly nodeVariables: readonly VariableView[];
  readonly allVariables: readonly VariableView[];
  readonly nodes: readonly CommandWord[];
  readonly groups: readonly GroupView[];
  readonly files: readonly FileView[];
  /** OCF agents and programs that every node needs, with a blank between. */
  readonly agents: string;
  readonly tools: string;
  /** Whether Corosync is given addresses, so that the nodes need not know each other's names. */
  readonly addressesKnown: boolean;
  /** The line of versions whose spelling the commands have; null if all lines take them. */
  readonly pcs: string | null;
  readonly authCommand: CommandView;
  readonly setupCommands: readonly CommandView[];
  readonly startCommands: readonly CommandView[];
  readonly propertyCommands: readonly CommandView[];
  readonly resourceCommands: readonly CommandView[];
  readonly constraintCommands: readonly CommandView[];
  readonly resourceIds: readonly string[];
  /** XML that names each element of the plan at the top of the CIB's resources. */
  readonly elements: readonly string[];
  readonly fencingName: string;
  readonly fencingLine: string;
}

export function scriptView(plan: Plan, pcs: PcsDialect = 'portable'): ScriptView {
  return {
    ...headOf(plan),
    planId: plan.planId,
    sources: visibleLine(plan.sources.join(', ')),
    nodeVariables: nodeVariables(plan),
    allVariables: [clusterNameVariable(plan), ...nodeVariables(plan)],
    nodes: plan.nodes.map(nodeWord),
    groups: groupsOf(plan),
    files: filesOf(plan),
    agents: agentsOf(plan).join(' '),
    tools: toolsOf(plan).join(' '),
    addressesKnown: plan.nodes.every(({ addresses }) => addresses.length > 0),
    pcs: pcs === 'portable' ? null : pcs,
    ...commandsOf(plan, pcs),
    resourceIds: plan.resources.map(({ id }) => id),
    elements: elementsOf(plan.resources),
    fencingName: plan.properties.find(({ name }) => name === 'fencing-enabled')?.name ?? 'stonith-enabled',
    fencingLine,
  };
}

function nodeWord({ name, variable }: PlanNode): CommandWord {
  return variable === undefined ? name : { variable, value: name, suffix: '' };
}

function clusterNameVariable({ cluster }: Plan): VariableView {
  const { why, from } = cluster.origins.name;
  return {
    name: 'CLUSTER_NAME',
    value: cluster.name,
    comments: whyLines(why, from),
    literal: isLiteral([cluster.name]),
  };
}

function nodeVariables({ nodes }: Plan): VariableView[] {
  return nodes.flatMap(({ name, variable, file, addresses }) => {
    if (variable === undefined) return [];
    const whose = file === undefined ? 'a node that the given files only mention' : `the node of ${file}`;
    const known = addresses.length > 0 ? `, ${addresses.join(', ')}` : '';
    const comments = whyLines(
      `The name of ${whose}${known}. It is assumed: put in what uname -n says there.`,
      [],
    );
    return [{ name: variable, value: name, comments, literal: false }];
  });
}

function groupsOf({ instances, nodes }: Plan): GroupView[] {
  return instances.map((instance) => ({
    id: instance.group,
    returns: instance.preempts ? 'returns' : 'stays',
    takeoverSeconds: `${Math.ceil(instance.failoverMs / 1000)}`,
    scores: nodes.map(({ name }) => `${scoreOf(instance, name) ?? '-'}`),
    addresses: instance.addresses.map((address) => addressView(address, nodes)),
  }));
}

function addressView(address: PlanAddress, nodes: readonly PlanNode[]): AddressView {
  const interfaces = nodes.map(({ name }) => entryIn(address.interfaces, name) ?? '-');
  return {
    resource: address.resource,
    address: address.address,
    prefix: `${address.prefixLength}`,
    interfaces,
    literal: isLiteral(interfaces),
  };
}

function filesOf({ files }: Plan): FileView[] {
  return files.map(({ path, mode, content, why }, index) => ({
    path,
    mode,
    content,
    function: `file_${index + 1}`,
    comments: whyLines(`${path}: ${why}`, []),
    literal: isLiteral([path]),
  }));
}

/** The agents that must be there already: not those that the plan installs. */
function agentsOf({ resources, files }: Plan): string[] {
  const installed = new Set(files.map(({ path }) => path));
  const agents = resources.flatMap((resource) => (resource.kind === 'primitive' ? [resource.agent] : []));
  return [...new Set(agents)].filter((agent) => {
    const [, provider, name] = agent.split(':');
    return !installed.has(`/usr/lib/ocf/resource.d/${provider}/${name}`);
  });
}

const toolsOfAgents: Readonly<Record<string, readonly string[]>> = {
  // Without them it reports the agent as not installed, whatever it is asked to look at.
  'ocf:heartbeat:ethmonitor': ['arping', 'bc'],
  'ocf:kp2pcm:track': ['timeout', 'setpriv', 'attrd_updater'],
};

function toolsOf({ resources }: Plan): string[] {
  const common = [
    'ip',
    'systemctl',
    'keepalived',
    'pcs',
    'corosync',
    'crm_resource',
    'crm_simulate',
    'cibadmin',
    'tar',
  ];
  const more = resources.flatMap((resource) =>
    resource.kind === 'primitive' ? (toolsOfAgents[resource.agent] ?? []) : [],
  );
  return [...new Set([...common, ...more])];
}

function commandsOf(plan: Plan, pcs: PcsDialect) {
  const commands = layOutCommands(plan, pcs);
  const second = ({ words }: ScriptCommand): CommandWord | undefined => words[1];
  const third = ({ words }: ScriptCommand): CommandWord | undefined => words[2];
  const cluster = commands.filter(({ step }) => step === 'cluster');
  const configure = commands.filter(({ step }) => step === 'configure');
  const [auth, ...others] = cluster;
  if (auth === undefined || second(auth) !== 'host')
    throw new Error('the plan does not begin with pcs host auth');
  const starts = new Set<CommandWord | undefined>(['start', 'enable']);
  const offline = (kind: string) => configure.filter((command) => second(command) === kind).map(viewOffline);
  return {
    authCommand: viewCommand(auth),
    setupCommands: others
      .filter((command) => !starts.has(third(command)))
      .map((command) => viewCommand(command)),
    startCommands: others
      .filter((command) => starts.has(third(command)))
      .map((command) => viewCommand(command)),
    propertyCommands: offline('property'),
    resourceCommands: offline('resource'),
    constraintCommands: offline('constraint'),
  };
}

/** The command on the file that is prepared, not on the cluster. */
function viewOffline(command: ScriptCommand): CommandView {
  const [program = '', ...words] = command.words;
  const file = { variable: 'NEW_CIB', value: '', suffix: '' };
  return viewCommand(command, [program, '-f', file, ...words]);
}

/** What is in a group or a clone goes with it. */
function elementsOf(resources: readonly Resource[]): string[] {
  const inside = new Set(
    resources.flatMap((resource) =>
      resource.kind === 'group' ? resource.members : resource.kind === 'clone' ? [resource.of] : [],
    ),
  );
  return resources.filter(({ id }) => !inside.has(id)).map(({ kind, id }) => `<${kind} id="${id}"/>`);
}
