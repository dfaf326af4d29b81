import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
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
  for (const { node, syncGroups } of configurations) {
    for (const configured of syncGroups) {
      const members = instances.filter(({ members: of }) =>
        of.some((member) => member.node === node && configured.members.includes(member.configured.name)),
      );
      if (members.length === 0) continue;
      const known = groups.find((group) => group.instances.some((instance) => members.includes(instance)));
      if (!known) {
        groups.push({ name: configured.name, syncGroups: [{ node, configured }], instances: members });
        continue;
      }
      known.syncGroups.push({ node, configured });
      const added = members.filter((instance) => !known.instances.includes(instance));
      const free = added.filter((instance) => !groups.some((group) => group.instances.includes(instance)));
      known.instances.push(...free);
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
  const placed: FailoverGroup[] = [];
  for (const instance of instances) {
    const group = groups.find((candidate) => candidate.instances.includes(instance));
    if (!group) placed.push({ name: instance.name, syncGroups: [], instances: [instance] });
    else if (!placed.includes(group)) placed.push(group);
  }
  return { value: placed, diagnostics };
}
