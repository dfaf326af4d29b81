import type { Constraint, Plan, Primitive } from '../pacemaker/plan.ts';
import { relationVariables } from './ansible-relations.ts';
import { attributeSet, type Fields, type Item, metaAttributes, pairs, type Value } from './ansible-values.ts';
import { whyLine } from './command-lines.ts';
import { corosyncLinks } from './commands.ts';
import { targetHead } from './target-head.ts';
import { quoteForAnsible } from './yaml-text.ts';

const how = [
  'Variables for the role ha_cluster of linux-system-roles (fedora.linux_system_roles.ha_cluster). The role replaces the whole configuration of the cluster, starts it, and with it the addresses: to run it while Keepalived still holds them, add the property maintenance-mode with the value true.',
  'Say yourself, best in a vault: ha_cluster_hacluster_password.',
];

/** ha_cluster.yml: the cluster as variables of the Ansible role. */
export function ansibleVariables(plan: Plan): string {
  const names = plan.nodes.map(({ name }) => name).join(', ');
  const head = targetHead(plan, [...how, `The hosts of the play are the nodes of the cluster: ${names}.`]);
  const variables = Object.entries(variablesOf(plan)).map(([name, value]) => field(name, value).join('\n'));
  return `${head.map((line) => `# ${line}`.trimEnd()).join('\n')}\n---\n${variables.join('\n\n')}\n`;
}

function variablesOf(plan: Plan): Fields {
  const { cluster, properties, resources, constraints } = plan;
  const totem = { token: `${cluster.tokenMs}`, token_coefficient: '0' };
  const nodes = nodeOptions(plan);
  const groups = resources.flatMap((resource) => (resource.kind === 'group' ? [resource] : []));
  const clones = resources.flatMap((resource) => (resource.kind === 'clone' ? [resource] : []));
  return {
    ha_cluster_cluster_name: cluster.name,
    ...(nodes.length > 0 && { ha_cluster_node_options: nodes }),
    ha_cluster_totem: { options: pairs(totem) },
    ha_cluster_cluster_properties: attributeSet(
      Object.fromEntries(properties.map(({ name, value }) => [name, value])),
    ),
    ha_cluster_resource_primitives: resources.flatMap((resource) =>
      resource.kind === 'primitive'
        ? [{ comment: whyLine(resource.origin), value: primitive(resource) }]
        : [],
    ),
    ...(groups.length > 0 && {
      ha_cluster_resource_groups: groups.map((group) => ({
        comment: whyLine(group.origin),
        value: {
          id: group.id,
          resource_ids: group.members.map((value) => ({ value })),
          ...metaAttributes(group.meta),
        },
      })),
    }),
    ...(clones.length > 0 && {
      ha_cluster_resource_clones: clones.map((clone) => ({
        comment: whyLine(clone.origin),
        // Without an id of its own it is called as pcs calls it: so is the plan's.
        value: { resource_id: clone.of, ...metaAttributes(clone.meta) },
      })),
    }),
    ...(constraints.length > 0 && { ha_cluster_constraints_location: constraints.map(location) }),
    ...relationVariables(plan),
  };
}

/** Only what the plan knows: without addresses the role takes the nodes' names. */
function nodeOptions(plan: Plan): Item[] {
  const links = corosyncLinks(plan.nodes);
  return plan.nodes.flatMap(({ name, addresses, variable }) => {
    const [first] = addresses;
    if (first === undefined) return [];
    const corosync = addresses.slice(0, links).map((value) => ({ value }));
    return [
      {
        ...(variable !== undefined && { comment: 'NAME ASSUMED' }),
        // Every node needs the same number of addresses.
        value: {
          node_name: name,
          pcs_address: first,
          ...(plan.nodes.every((node) => node.addresses.length > 0) && { corosync_addresses: corosync }),
        },
      },
    ];
  });
}

/** Operations that the plan does not name come from the agent, as with pcs: `copy_operations_from_agent` is the default. */
function primitive({ id, agent, attributes, operations, meta }: Primitive): Fields {
  return {
    id,
    agent,
    ...(Object.keys(attributes).length > 0 && { instance_attrs: attributeSet(attributes) }),
    ...metaAttributes(meta),
    ...(operations.length > 0 && {
      operations: operations.map(({ name, options }) => ({ value: { action: name, attrs: pairs(options) } })),
    }),
  };
}

function location(constraint: Constraint): Item {
  const { id, resource } = constraint;
  const on = (where: Fields, score: number | string, option = 'score'): Item => ({
    comment: whyLine(constraint.origin),
    value: { resource: { id: resource }, ...where, id, options: pairs({ [option]: `${score}` }) },
  });
  switch (constraint.kind) {
    case 'prefers':
      return on({ node: constraint.node }, constraint.score);
    case 'avoids':
      return on({ node: constraint.node }, '-INFINITY');
    case 'score-attribute': {
      const { attribute, node } = constraint;
      const there = node === undefined ? '' : ` and #uname eq ${node}`;
      return on({ rule: `defined ${attribute}${there}` }, attribute, 'score-attribute');
    }
    case 'rule': {
      const { attribute, operation, value, node, score } = constraint;
      const there = node === undefined ? '' : ` and #uname eq ${node}`;
      return on({ rule: `${attribute} ${operation} ${value}${there}` }, score);
    }
  }
}

function field(name: string, value: Value): string[] {
  if (typeof value === 'string') return [`${name}: ${quoteForAnsible(value)}`];
  return [`${name}:`, ...block(value).map((line) => `  ${line}`)];
}

function block(value: readonly Item[] | Fields): string[] {
  if (!isList(value)) return Object.entries(value).flatMap(([name, inner]) => field(name, inner));
  return value.flatMap(({ comment, value: item }) => {
    const lines = typeof item === 'string' ? [quoteForAnsible(item)] : block(item);
    const marked = lines.map((line, index) => (index === 0 ? `- ${line}` : `  ${line}`));
    return comment === undefined ? marked : [`# ${comment}`, ...marked];
  });
}

function isList(value: readonly Item[] | Fields): value is readonly Item[] {
  return Array.isArray(value);
}
