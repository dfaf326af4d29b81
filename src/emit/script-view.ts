import { entryIn } from '../../grammar/source/table-entry.ts';
import { visibleLine } from '../diagnostics/visible-text.ts';
import { checkerFilePath, checkerUnit, checkerUnitPath } from '../pacemaker/checker-unit.ts';
import type { Plan, PlanAddress, PlanNode } from '../pacemaker/plan.ts';
import type { PcsDialect } from '../translation.ts';
import { elementsOf, outermost } from './cib-elements.ts';
import { type CommandView, isLiteral, viewCommand, whyLines } from './command-lines.ts';
import { nodeWords } from './command-parts.ts';
import { layOutCommands } from './commands.ts';
import { mustAdopt } from './must-adopt.ts';
import { agentsOf, toolsOf } from './node-needs.ts';
import { adoptedNotifiersOf, fifosOf, type Notifier, notifiersOf } from './notifiers.ts';
import { fencingLine, headOf, type ScriptHead, scoreOf } from './script-head.ts';
import { virtualInterfacesOf } from './virtual-interfaces.ts';
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

interface SecretView {
  readonly placeholder: string;
  readonly kind: string;
  readonly source: string;
  readonly literal: boolean;
}

interface FileView {
  readonly path: string;
  readonly mode: string;
  /** The one node that gets it; null: all do. */
  readonly node: CommandWord | null;
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
  /** Nodes that balance with IPVS. */
  readonly balancers: readonly CommandWord[];
  /** The unit in which Keepalived goes on with that, and its files; null without. */
  readonly checkerUnit: string | null;
  readonly checkerFiles: readonly string[];
  /** ldirectord does it instead. */
  readonly usesLdirectord: boolean;
  readonly files: readonly FileView[];
  /** Each path once: nodes may have a file of their own there. */
  readonly installedPaths: readonly string[];
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
  readonly alertCommands: readonly CommandView[];
  readonly resourceIds: readonly string[];
  /** Ids of the resources that lie in no other. */
  readonly names: readonly string[];
  /** XML that names each of them, each alert and each fencing level. */
  readonly elements: readonly string[];
  readonly notifiers: readonly Notifier[];
  readonly adoptedNotifiers: readonly Notifier[];
  readonly fifos: readonly string[];
  /** Whether Keepalived must not stop by itself at the cutover, since it would take more than the addresses along. */
  readonly mustAdopt: boolean;
  /** Addresses that leave an interface of Keepalived's making. */
  readonly leaving: readonly { readonly resource: string; readonly kind: 'vmac' | 'ipvlan' }[];
  readonly dropsVmac: boolean;
  /** Names of interfaces with a virtual MAC address that the plan keeps. */
  readonly vmacInterfaces: readonly string[];
  readonly hasVirtualMac: boolean;
  readonly fencingName: string;
  readonly fencingLine: string;
  readonly fencingOff: boolean;
  readonly secrets: readonly SecretView[];
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
    ...balancersOf(plan),
    files: filesOf(plan),
    installedPaths: [...new Set(plan.files.map(({ path }) => path))],
    agents: agentsOf(plan).join(' '),
    tools: toolsOf(plan).join(' '),
    addressesKnown: plan.nodes.every(({ addresses }) => addresses.length > 0),
    pcs: pcs === 'portable' ? null : pcs,
    ...commandsOf(plan, pcs),
    resourceIds: plan.resources.map(({ id }) => id),
    names: outermost(plan.resources).map(({ id }) => id),
    elements: elementsOf(plan),
    notifiers: notifiersOf(plan),
    adoptedNotifiers: adoptedNotifiersOf(plan),
    fifos: fifosOf(plan),
    mustAdopt: mustAdopt(plan),
    ...virtualInterfacesOf(plan),
    fencingName: plan.properties.find(({ name }) => name === 'fencing-enabled')?.name ?? 'stonith-enabled',
    fencingLine,
    fencingOff: plan.cluster.fencing === 'none',
    secrets: plan.secrets.map(({ placeholder, kind, source }) => ({
      placeholder,
      kind,
      source,
      literal: isLiteral([source]),
    })),
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

/** Without an address there is nothing to hand over: such a group starts when the cluster takes over. */
function groupsOf({ instances, nodes }: Plan): GroupView[] {
  const holding = instances.filter(({ addresses }) => addresses.length > 0);
  return holding.map((instance) => ({
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

function balancersOf({ balancers = [], nodes }: Plan) {
  const word = nodeWords(nodes);
  const isKept = balancers.some(({ keeper }) => keeper === 'keepalived');
  return {
    balancers: balancers.map(({ node }) => word(node)),
    checkerUnit: isKept ? checkerUnit : null,
    checkerFiles: isKept ? [checkerUnitPath, checkerFilePath] : [],
    usesLdirectord: balancers.some(({ keeper }) => keeper === 'ldirectord'),
  };
}

function filesOf({ files, nodes }: Plan): FileView[] {
  const word = nodeWords(nodes);
  return files.map(({ path, mode, content, why, node }, index) => ({
    path,
    mode,
    node: node === undefined ? null : word(node),
    content,
    function: `file_${index + 1}`,
    comments: whyLines(`${path}: ${why}`, []),
    literal: isLiteral([path]),
  }));
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
  const kindOf = ({ words: [program, kind = ''] }: ScriptCommand) =>
    program === 'cibadmin' ? 'resource' : kind;
  const offline = (...kinds: CommandWord[]) =>
    configure.filter((command) => kinds.includes(kindOf(command))).map((command) => viewOffline(command));
  return {
    authCommand: viewCommand(auth),
    setupCommands: others
      .filter((command) => !starts.has(third(command)))
      .map((command) => viewCommand(command)),
    startCommands: others
      .filter((command) => starts.has(third(command)))
      .map((command) => viewCommand(command)),
    propertyCommands: offline('property'),
    resourceCommands: offline('resource', 'stonith'),
    constraintCommands: offline('constraint'),
    alertCommands: offline('alert'),
  };
}

/** The command on the file that is prepared, not on the cluster. */
function viewOffline(command: ScriptCommand): CommandView {
  const [program = '', ...words] = command.words;
  const file = { variable: 'NEW_CIB', value: '', suffix: '' };
  if (program === 'cibadmin')
    return viewCommand(command, ['env', { ...file, prefix: 'CIB_file=' }, program, ...words]);
  return viewCommand(command, [program, '-f', file, ...words]);
}
