import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Constraint, Operation, Plan, PlanNode, Primitive, Resource } from '../pacemaker/plan.ts';
import { allOperations } from './advertised-operations.ts';
import { alertXml, colocationXml, levelXml, orderXml } from './cib-relations.ts';
import { targetHead } from './target-head.ts';
import { attributes, indent, type Pairs, pairs, type Quote, why } from './xml-lines.ts';
import { commentXml, quoteXml } from './xml-text.ts';

/** The oldest schema that Pacemaker 3 takes, and the newest that every Pacemaker 2 knows: newer ones upgrade it. */
const schema = 'pacemaker-3.0';

// In short options: XML has no room for two hyphens in a comment.
const how = [
  'Look at it: crm_verify -x cib.xml. (With fencing on it warns of every node, since the file does not say that they are online.)',
  'Load it: pcs cluster cib-push cib.xml scope=configuration, or cibadmin -R -o configuration -x cib.xml. Both replace what the cluster has. To load it while Keepalived still holds the addresses, add maintenance-mode=true to crm_config first.',
  'The ids of the nodes are those that Corosync has after pcs cluster setup with the nodes in this order; crm_node -l shows those of your cluster.',
];

/** cib.xml: the configuration that the commands of the plan reach, as one document. */
export function cibXml(plan: Plan): string {
  const head = targetHead(plan, how).map((line) => `     ${line}`);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    commentXml(head.join('\n').trim()),
    `<cib validate-with="${schema}" epoch="1" num_updates="0" admin_epoch="0">`,
    ...indent(configurationXml(plan)),
    '  <status/>',
    '</cib>',
    '',
  ].join('\n');
}

/** The section of that name, as lines. The ids of lists, pairs and operations are those that pcs makes. */
export function configurationXml(plan: Plan): string[] {
  const { nodes, properties, constraints, colocations, orders, fencingLevels, alerts } = plan;
  const settings = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
  return [
    '<configuration>',
    ...section('crm_config', [
      ...properties.map(({ name, origin }) => commentXml(visibleLine(`${name}: ${origin.why}`))),
      ...pairs('cluster_property_set', 'cib-bootstrap-options', settings),
    ]),
    ...section('nodes', nodes.flatMap(nodeXml)),
    ...section('resources', resourcesXml(plan)),
    ...section('constraints', [
      ...constraints.flatMap(constraintXml),
      ...colocations.flatMap(colocationXml),
      ...orders.flatMap(orderXml),
    ]),
    ...(fencingLevels.length > 0 ? section('fencing-topology', fencingLevels.flatMap(levelXml)) : []),
    ...(alerts.length > 0 ? section('alerts', alerts.flatMap(alertXml)) : []),
    '</configuration>',
  ];
}

function nodeXml({ name, file, variable }: PlanNode, index: number): string[] {
  const node = `<node${attributes({ id: `${index + 1}`, uname: name })}/>`;
  if (variable === undefined) return [node];
  const whose = file === undefined ? 'a node that the given files only mention' : `the node of ${file}`;
  return [commentXml(visibleLine(`NAME ASSUMED: ${whose}`)), node];
}

function resourcesXml({ resources }: Plan): string[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const inside = new Set(resources.flatMap(membersOf));
  return resources.filter(({ id }) => !inside.has(id)).flatMap((resource) => resourceXml(resource, byId));
}

function membersOf(resource: Resource): readonly string[] {
  if (resource.kind === 'primitive') return [];
  return resource.kind === 'group' ? resource.members : [resource.of];
}

function resourceXml(resource: Resource, byId: ReadonlyMap<string, Resource>): string[] {
  if (resource.kind === 'primitive') return primitiveXml(resource);
  const { kind, id, meta } = resource;
  const members = membersOf(resource).flatMap((member) => byId.get(member) ?? []);
  return [
    why(resource),
    `<${kind}${attributes({ id })}>`,
    ...indent(members.flatMap((member) => resourceXml(member, byId))),
    ...indent(pairs('meta_attributes', `${id}-meta_attributes`, meta)),
    `</${kind}>`,
  ];
}

function primitiveXml(primitive: Primitive): string[] {
  return [why(primitive), ...primitiveLines(primitive, quoteXml)];
}

/** A primitive on one line, in the quotes of whoever reads it. */
export function primitiveElement(primitive: Primitive, quote: Quote): string {
  return primitiveLines(primitive, quote)
    .map((line) => line.trim())
    .join('');
}

function primitiveLines(primitive: Primitive, quote: Quote): string[] {
  const { id, agent, meta } = primitive;
  const operations = allOperations(primitive).flatMap((operation) => operationXml(id, operation, quote));
  return [
    `<primitive${attributes({ id, ...agentAttributes(agent) }, quote)}>`,
    ...indent(pairs('instance_attributes', `${id}-instance_attributes`, primitive.attributes, quote)),
    ...indent(
      (primitive.attributesOnNodes ?? []).map(({ node, attributes: own }, index) =>
        nodeAttributesElement(id, index, own, quote).join(quote(node).slice(1, -1)),
      ),
    ),
    ...indent(pairs('meta_attributes', `${id}-meta_attributes`, meta, quote)),
    ...(operations.length > 0 ? indent(['<operations>', ...indent(operations), '</operations>']) : []),
    '</primitive>',
  ];
}

/** Parameters that hold on one node, as XML before and after the node's name. They come before those for all nodes. */
export function nodeAttributesElement(
  resource: string,
  index: number,
  values: Pairs,
  quote: Quote = quoteXml,
): readonly [string, string] {
  const id = `${resource}-on-node-${index + 1}`;
  const nvpairs = Object.entries(values).map(
    ([name, value]) => `<nvpair${attributes({ id: `${id}-${name}`, name, value }, quote)}/>`,
  );
  const expression = attributes(
    { id: `${id}-expr`, attribute: '#uname', operation: 'eq', value: '@' },
    quote,
  );
  const [before = '', after = ''] = expression.split('@');
  return [
    `<instance_attributes${attributes({ id, score: '1' }, quote)}>` +
      `<rule${attributes({ id: `${id}-rule`, score: 'INFINITY' }, quote)}><expression${before}`,
    `${after}/></rule>${nvpairs.join('')}</instance_attributes>`,
  ];
}

/** `ocf:heartbeat:IPaddr2` has a provider, `systemd:nginx` has none. */
function agentAttributes(agent: string): Pairs {
  const [family = '', ...rest] = agent.split(':');
  const [provider = ''] = rest;
  if (family !== 'ocf') return { class: family, type: rest.join(':') };
  return { class: family, provider, type: rest.slice(1).join(':') };
}

function operationXml(resource: string, { name, options }: Operation, quote: Quote): string[] {
  const id = `${resource}-${name}-interval-${options['interval']}`;
  // What the agent is told is no attribute of the operation.
  const { OCF_CHECK_LEVEL: depth, ...own } = options;
  if (depth === undefined) return [`<op${attributes({ id, name, ...own }, quote)}/>`];
  return [
    `<op${attributes({ id, name, ...own }, quote)}>`,
    ...indent(pairs('instance_attributes', `${id}-instance_attributes`, { OCF_CHECK_LEVEL: depth }, quote)),
    '</op>',
  ];
}

function constraintXml(constraint: Constraint): string[] {
  const { id, resource } = constraint;
  const location = { id, rsc: resource };
  switch (constraint.kind) {
    case 'prefers': {
      const { node, score } = constraint;
      return [why(constraint), `<rsc_location${attributes({ ...location, node, score: `${score}` })}/>`];
    }
    case 'avoids':
      return [
        why(constraint),
        `<rsc_location${attributes({ ...location, node: constraint.node, score: '-INFINITY' })}/>`,
      ];
    case 'score-attribute':
    case 'rule': {
      const { attribute, node } = constraint;
      const rule = `${id}-rule`;
      const [scored, compared] =
        constraint.kind === 'rule'
          ? [{ score: `${constraint.score}` }, { operation: constraint.operation, value: constraint.value }]
          : [{ 'score-attribute': attribute }, { operation: 'defined' }];
      const expressions = [
        { id: `${rule}-expr`, attribute, ...compared },
        ...(node === undefined
          ? []
          : [{ id: `${rule}-expr-1`, attribute: '#uname', operation: 'eq', value: node }]),
      ];
      return [
        why(constraint),
        `<rsc_location${attributes(location)}>`,
        `  <rule${attributes({ id: rule, 'boolean-op': 'and', ...scored })}>`,
        ...expressions.map((expression) => `    <expression${attributes(expression)}/>`),
        '  </rule>',
        '</rsc_location>',
      ];
    }
  }
}

function section(name: string, lines: readonly string[]): string[] {
  return indent(lines.length === 0 ? [`<${name}/>`] : [`<${name}>`, ...indent(lines), `</${name}>`]);
}
