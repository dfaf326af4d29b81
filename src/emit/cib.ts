import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Constraint, Operation, Plan, PlanNode, Primitive, Resource } from '../pacemaker/plan.ts';
import { allOperations } from './advertised-operations.ts';
import { whyLine } from './command-lines.ts';
import { targetHead } from './target-head.ts';
import { commentXml, quoteXml } from './xml-text.ts';

/** The oldest schema that Pacemaker 3 takes, and the newest that every Pacemaker 2 knows: newer ones upgrade it. */
const schema = 'pacemaker-3.0';

// In short options: XML has no room for two hyphens in a comment.
const how = [
  'Look at it: crm_verify -x cib.xml',
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
  const { nodes, properties, constraints } = plan;
  const settings = Object.fromEntries(properties.map(({ name, value }) => [name, value]));
  return [
    '<configuration>',
    ...section('crm_config', [
      ...properties.map(({ name, origin }) => commentXml(visibleLine(`${name}: ${origin.why}`))),
      ...pairs('cluster_property_set', 'cib-bootstrap-options', settings),
    ]),
    ...section('nodes', nodes.flatMap(nodeXml)),
    ...section('resources', resourcesXml(plan)),
    ...section('constraints', constraints.flatMap(constraintXml)),
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

type Quote = (text: string) => string;

/** A primitive on one line, in the quotes of whoever reads it. */
export function primitiveElement(primitive: Primitive, quote: Quote): string {
  return primitiveLines(primitive, quote)
    .map((line) => line.trim())
    .join('');
}

function primitiveLines(primitive: Primitive, quote: Quote): string[] {
  const { id, agent, meta } = primitive;
  const operations = allOperations(primitive).map((operation) => operationXml(id, operation, quote));
  return [
    `<primitive${attributes({ id, ...agentAttributes(agent) }, quote)}>`,
    ...indent(pairs('instance_attributes', `${id}-instance_attributes`, primitive.attributes, quote)),
    ...indent(pairs('meta_attributes', `${id}-meta_attributes`, meta, quote)),
    ...(operations.length > 0 ? indent(['<operations>', ...indent(operations), '</operations>']) : []),
    '</primitive>',
  ];
}

/** `ocf:heartbeat:IPaddr2` has a provider, `systemd:nginx` has none. */
function agentAttributes(agent: string): Pairs {
  const [family = '', ...rest] = agent.split(':');
  const [provider = ''] = rest;
  if (family !== 'ocf') return { class: family, type: rest.join(':') };
  return { class: family, provider, type: rest.slice(1).join(':') };
}

function operationXml(resource: string, { name, options }: Operation, quote: Quote): string {
  const id = `${resource}-${name}-interval-${options['interval']}`;
  return `<op${attributes({ id, name, ...options }, quote)}/>`;
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
    case 'rule': {
      const { score, attribute, operation, value, node } = constraint;
      const rule = `${id}-rule`;
      const expressions = [
        { id: `${rule}-expr`, attribute, operation, value },
        ...(node === undefined
          ? []
          : [{ id: `${rule}-expr-1`, attribute: '#uname', operation: 'eq', value: node }]),
      ];
      return [
        why(constraint),
        `<rsc_location${attributes(location)}>`,
        `  <rule${attributes({ id: rule, 'boolean-op': 'and', score: `${score}` })}>`,
        ...expressions.map((expression) => `    <expression${attributes(expression)}/>`),
        '  </rule>',
        '</rsc_location>',
      ];
    }
  }
}

/** Why it is there, and from where. */
function why({ origin }: Resource | Constraint): string {
  return commentXml(whyLine(origin));
}

type Pairs = Readonly<Record<string, string>>;

function pairs(element: string, id: string, values: Pairs, quote: Quote = quoteXml): string[] {
  const entries = Object.entries(values);
  if (entries.length === 0) return [];
  const nvpairs = entries.map(
    ([name, value]) => `<nvpair${attributes({ id: `${id}-${name}`, name, value }, quote)}/>`,
  );
  return [`<${element}${attributes({ id }, quote)}>`, ...indent(nvpairs), `</${element}>`];
}

function attributes(values: Pairs, quote: Quote = quoteXml): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}=${quote(value)}`)
    .join('');
}

function section(name: string, lines: readonly string[]): string[] {
  return indent(lines.length === 0 ? [`<${name}/>`] : [`<${name}>`, ...indent(lines), `</${name}>`]);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
