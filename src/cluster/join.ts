import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import type { NodeConfiguration, SyncGroup } from '../keepalived/node-configuration.ts';
import type { NodeInput } from '../translation.ts';
import { checkAcrossNodes } from './across-nodes.ts';
import { clusterNodes } from './cluster-nodes.ts';
import type { FailoverCluster, FailoverGroup, FailoverInstance } from './failover-cluster.ts';
import { clusterFindings } from './findings.ts';
import { joinInstances } from './join-instances.ts';

/** Joins the nodes' configurations into failover groups, and says where the nodes disagree. */
export function join(
  inputs: readonly NodeInput[],
  configurations: readonly NodeConfiguration[],
): Outcome<FailoverCluster> {
  const instances = joinInstances(configurations);
  const nodes = clusterNodes(inputs, configurations);
  const grouped = tieTogether(instances, configurations);
  const value: FailoverCluster = { nodes: nodes.value, configurations, groups: grouped.value };
  const diagnostics = [...nodes.diagnostics, ...grouped.diagnostics, ...checkAcrossNodes(value)];
  if (instances.length === 0) {
    const help = 'give the keepalived.conf of a node that runs VRRP';
    const first = configurations[0]?.file ?? 'the input';
    const balances = configurations.some(({ directives }) =>
      directives.some(({ keywords }) => keywords[0] === 'virtual_server'),
    );
    const detail = balances
      ? 'It only balances load: such a node keeps its keepalived, and there is no address that Pacemaker could hold.'
      : undefined;
    diagnostics.push(
      report(clusterFindings.nothingToMove, { summary: `${first} has no vrrp_instance`, detail, help }),
    );
  }
  return { value, diagnostics };
}

/** Puts the instances of a sync group together; an instance in none is a group by itself. In order of first appearance. */
function tieTogether(
  instances: readonly FailoverInstance[],
  configurations: readonly NodeConfiguration[],
): Outcome<FailoverGroup[]> {
  const diagnostics: Diagnostic[] = [];
  const groups: {
    name: string;
    syncGroups: FailoverGroup['syncGroups'][number][];
    instances: FailoverInstance[];
  }[] = [];
  /** Of each instance that is in a group, the place of the group. */
  const owners = new Map<FailoverInstance, number>();
  for (const { node, syncGroups } of configurations) {
    const named = instancesByName(instances, node);
    for (const configured of syncGroups) {
      const members = membersOf(configured, named);
      if (members.length === 0) continue;
      const place = members.reduce(
        (least, instance) => Math.min(least, owners.get(instance) ?? groups.length),
        groups.length,
      );
      const known = groups[place];
      if (!known) {
        groups.push({ name: configured.name, syncGroups: [{ node, configured }], instances: members });
        for (const instance of members) owners.set(instance, place);
        continue;
      }
      known.syncGroups.push({ node, configured });
      const added = members.filter((instance) => owners.get(instance) !== place);
      const free = added.filter((instance) => !owners.has(instance));
      for (const instance of free) {
        known.instances.push(instance);
        owners.set(instance, place);
      }
      if (added.length > 0 || known.instances.length !== members.length) {
        diagnostics.push(
          report(clusterFindings.syncGroupsDiffer, {
            summary: `vrrp_sync_group ${configured.name} of ${node} has other members than that of ${known.syncGroups[0]?.node}`,
            detail: 'Pacemaker keeps all of them together, on every node.',
            at: configured.directive.directive.span,
            help: 'make the members the same on all nodes',
          }),
        );
      }
    }
  }
  const placed = new Set<FailoverGroup>();
  for (const instance of instances) {
    const group = groups[owners.get(instance) ?? -1];
    placed.add(group ?? { name: instance.name, syncGroups: [], instances: [instance] });
  }
  return { value: [...placed], diagnostics };
}

type PlacedInstances = ReadonlyMap<string, readonly { instance: FailoverInstance; place: number }[]>;

/** By the name that a node gives them. */
function instancesByName(instances: readonly FailoverInstance[], node: string): PlacedInstances {
  const named = new Map<string, { instance: FailoverInstance; place: number }[]>();
  for (const [place, instance] of instances.entries()) {
    for (const member of instance.members) {
      if (member.node !== node) continue;
      const { name } = member.configured;
      named.set(name, [...(named.get(name) ?? []), { instance, place }]);
    }
  }
  return named;
}

/** The instances of a sync group, in the order of all instances. */
function membersOf({ members }: SyncGroup, named: PlacedInstances): FailoverInstance[] {
  const found = members.flatMap((name) => named.get(name) ?? []).sort((a, b) => a.place - b.place);
  return [...new Set(found.map(({ instance }) => instance))];
}
