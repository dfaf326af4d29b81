import type { ReaderLine } from '../../grammar/reader/logical-text.ts';
import type { Diagnostic, Outcome } from '../../grammar/source/diagnostic.ts';
import { report } from '../../grammar/source/diagnostic.ts';
import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { TranslateOptions } from '../translation.ts';
import { uncarriedValues } from './carried-values.ts';
import { nameChecks } from './checks.ts';
import { checkNames } from './companion-names.ts';
import { checkServices } from './companion-services.ts';
import { distinctRuleIds } from './constraint-ids.ts';
import { withCovered } from './covered-checks.ts';
import { ElementIds } from './element-ids.ts';
import { keepalivedFailoverMs } from './failover-times.ts';
import { type ReadNode, settleFates } from './fates.ts';
import { pacemakerFindings } from './findings.ts';
import { toldGroups, withManaged } from './managed-checks.ts';
import { type MovingGroup, nameGroups } from './moving-group.ts';
import { companionUnits, findNotified } from './notified-services.ts';
import type {
  ClusterSettings,
  Constraint,
  Fate,
  Group,
  ManualStep,
  PlanBody,
  PlanInstance,
  PlanNode,
  Resource,
} from './plan.ts';
import { type Contribution, type GroupMembers, memberPlaces, type Rule, type RuleContext } from './rule.ts';
import { rules } from './rules/index.ts';
import { scoresOf } from './scores.ts';
import { stays } from './taking-back.ts';

/**
 * Runs the rules over the joined cluster. The plan is absent when there is nothing to hold.
 * `readerLines` are, for each configuration in order, the lines that the reader used up.
 */
export function buildPlan(
  cluster: FailoverCluster,
  readerLines: readonly (readonly ReaderLine[])[],
  options: TranslateOptions,
): Outcome<PlanBody | undefined> {
  const ids = new ElementIds();
  const named = nameGroups(cluster, ids, options.vmac);
  const groups = named.filter(
    ({ addresses, heldElsewhere, onLoopback }) =>
      addresses.length > 0 || heldElsewhere.length + onLoopback.length === 0,
  );
  const emptied = named.filter((group) => !groups.includes(group));
  if (groups.length === 0)
    return { value: undefined, diagnostics: cluster.groups.length === 0 ? [] : [nothingHeld(cluster)] };
  const found = nameChecks(cluster, groups, ids);
  const { manageServices, companion } = options;
  const notified = manageServices ? findNotified(groups, companionUnits(companion), ids) : found.notified;
  const told = toldGroups(cluster, groups, notified);
  const covered = withCovered({ ...found, notified }, groups, told, companion);
  const checks = manageServices ? withManaged(covered, groups, told, companion, ids) : covered;
  const constraints: Constraint[] = [];
  const context: RuleContext = { cluster, options, groups, emptied, checks, ids, constraints };
  const contributions = rules.map((rule) => {
    const made = rule.apply(context);
    constraints.push(...(made.constraints ?? []));
    return { rule, made };
  });
  const read = cluster.configurations.map(
    (configuration, index): ReadNode => ({ configuration, readerLines: readerLines[index] ?? [] }),
  );
  const fates = settleFates(
    read,
    contributions.flatMap(({ rule, made }) => ruleFates(rule, made)),
  );
  const made = contributions.map((entry) => entry.made);
  const resources = completeGroups(made);
  const balancers = made.flatMap((contribution) => contribution.balancers ?? []);
  const value: PlanBody = {
    sources: sourcesOf(cluster, options),
    nodes: planNodes(cluster, options),
    cluster: clusterSettings(made),
    instances: groups.map(planInstance),
    properties: made.flatMap(({ properties = [] }) => properties),
    resources,
    constraints: distinctRuleIds(constraints, resources),
    colocations: made.flatMap(({ colocations = [] }) => colocations),
    orders: made.flatMap(({ orders = [] }) => orders),
    fencingLevels: made.flatMap(({ fencingLevels = [] }) => fencingLevels),
    alerts: made.flatMap(({ alerts = [] }) => alerts),
    ...(balancers.length > 0 && { balancers }),
    secrets: made.flatMap(({ secrets = [] }) => secrets),
    files: made.flatMap(({ files = [] }) => files),
    manualSteps: [...made.flatMap(({ manualSteps = [] }) => manualSteps), ...manualStepsOf(fates)],
    fates,
  };
  const names = options.companion
    ? checkNames(options.companion, { nodes: cluster.nodes.map((node) => node.name), groups, resources })
    : [];
  return {
    value,
    diagnostics: [
      ...made.flatMap(({ diagnostics = [] }) => diagnostics),
      ...names,
      ...(companion ? checkServices(companion) : []),
      ...uncarriedValues(value),
      ...byHand(fates),
    ],
  };
}

function sourcesOf({ configurations }: FailoverCluster, { companion }: TranslateOptions): string[] {
  return [...configurations.map(({ file }) => file), ...(companion ? [companion.file] : [])];
}

function ruleFates(rule: Rule, made: Contribution) {
  return (made.fates ?? []).map((fate) => ({ ...fate, rule: rule.name }));
}

function nothingHeld(cluster: FailoverCluster): Diagnostic {
  const [first] = cluster.groups;
  const at = first?.instances[0]?.members[0]?.configured.directive.directive.span;
  return report(pacemakerFindings.noAddresses, {
    summary: 'no vrrp_instance holds an address',
    detail: 'There is nothing for Pacemaker to hold.',
    at,
    help: 'check virtual_ipaddress: the messages above say which entries the daemon drops',
  });
}

/** With the addresses of the companion file, where it has some: a node may have more links than VRRP tells. */
function planNodes(cluster: FailoverCluster, { companion }: TranslateOptions): PlanNode[] {
  const told = new Map(companion?.nodes.map(({ name, addresses }) => [name.value, addresses]));
  return cluster.nodes.map(({ name, named, addresses, file }, index) => ({
    name,
    addresses: told.get(name)?.map(({ value }) => value) ?? addresses,
    ...(file !== undefined && { file }),
    ...(!named && { variable: `NODE${index + 1}` }),
  }));
}

/** Every setting has a rule that makes it: a hole is a defect. */
function clusterSettings(made: readonly Contribution[]): ClusterSettings {
  const parts = made.flatMap(({ cluster }) => (cluster ? [cluster] : []));
  const settings = Object.assign({}, ...parts) as ClusterSettings;
  return { ...settings, origins: Object.assign({}, ...parts.map(({ origins }) => origins)) };
}

/** The groups with the meta attributes and the members that other rules have for them. */
function completeGroups(made: readonly Contribution[]): Resource[] {
  const extra = new Map<string, Record<string, string>>();
  for (const { group, meta } of made.flatMap(({ groupMeta = [] }) => groupMeta))
    extra.set(group, { ...extra.get(group), ...meta });
  const joining = new Map<string, GroupMembers[]>();
  for (const entry of made.flatMap(({ groupMembers = [] }) => groupMembers)) {
    const known = joining.get(entry.group);
    if (known) known.push(entry);
    else joining.set(entry.group, [entry]);
  }
  return made
    .flatMap(({ resources = [] }) => resources)
    .map((resource) =>
      resource.kind === 'group'
        ? {
            ...resource,
            members: inPlace(resource.members, joining.get(resource.id) ?? []),
            meta: { ...extra.get(resource.id), ...resource.meta },
          }
        : resource,
    );
}

function inPlace(addresses: Group['members'], joining: readonly GroupMembers[]): string[] {
  return memberPlaces.flatMap((place) => [
    ...(place === 'addresses' ? addresses : []),
    ...joining.flatMap((entry) => (entry.place === place ? entry.members : [])),
  ]);
}

function planInstance(group: MovingGroup): PlanInstance {
  const { source } = group;
  return {
    instances: source.instances.map(({ name }) => name),
    ...(source.syncGroups.length > 0 && { syncGroup: source.name }),
    group: group.id,
    virtualRouterIds: source.instances.map(({ virtualRouterId }) => virtualRouterId),
    addresses: group.addresses.map(({ id, address, interfaces, leaves }) => ({
      resource: id,
      address: address.first.address.text,
      prefixLength: address.first.prefixLength,
      family: address.first.address.family,
      interfaces,
      ...(leaves && { leaves }),
    })),
    nodes: scoresOf(group).map(({ node, score, priority, instance }) => ({
      node,
      score,
      ...(priority !== undefined && { priority }),
      ...(instance && { state: instance.state.value, nopreempt: !instance.preempts.value }),
    })),
    preempts: !stays(group).sticky,
    failoverMs: keepalivedFailoverMs(group),
  };
}

/** What the tables of dispositions leave to the operator, one step for each reason. */
function manualStepsOf(fates: readonly Fate[]): ManualStep[] {
  const byInstruction = new Map<string, Fate[]>();
  for (const fate of fates) {
    if (fate.fate !== 'manual' || fate.rule !== 'disposition') continue;
    const instruction = `${fate.reason} ${fate.wayOut}`;
    const known = byInstruction.get(instruction);
    if (known) known.push(fate);
    else byInstruction.set(instruction, [fate]);
  }
  return [...byInstruction].map(([instruction, found]) => ({
    title: `Carry over ${titleOf(found)}`,
    instruction,
    when: 'before' as const,
    from: found.map(({ file, line, column }) => ({ file, line, column })),
  }));
}

function titleOf(fates: readonly Fate[]): string {
  const paths = [...new Set(fates.map(({ path }) => path))];
  const [first = ''] = paths;
  return paths.length === 1 ? first : `${first} and ${paths.length - 1} more`;
}

function byHand(fates: readonly Fate[]): Diagnostic[] {
  return manualStepsOf(fates).flatMap(({ title, instruction, from }) => {
    const [first] = from;
    if (!first) return [];
    return [
      report(pacemakerFindings.byHand, {
        summary: `${title.replace('Carry over ', '')} must be carried over by hand`,
        detail: instruction,
        at: { ...first, endLine: first.line, endColumn: first.column },
        help: 'do it before the migration, or decide that it is not needed',
      }),
    ];
  });
}
