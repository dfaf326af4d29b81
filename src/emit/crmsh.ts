import type {
  Alert,
  Clone,
  Colocation,
  Constraint,
  FencingLevel,
  Group,
  Order,
  Origin,
  Plan,
  Primitive,
} from '../pacemaker/plan.ts';
import { allOperations } from './advertised-operations.ts';
import { primitiveElement } from './cib.ts';
import { alertLines } from './cib-relations.ts';
import { whyLine } from './command-lines.ts';
import { isCrmshWord, quoteCrmsh } from './crmsh-text.ts';
import { targetHead } from './target-head.ts';
import { quoteXmlWord, withoutHyphenPairs } from './xml-text.ts';

// Without two hyphens in a row: crmsh makes comments of XML of them.
const how = [
  'Try it in a shadow CIB: crm cib new kp2pcm, then crm -c kp2pcm configure load update configure.crm',
  'Load it: crm configure load update configure.crm. To load it while Keepalived still holds the addresses, say crm configure property maintenance-mode=true first.',
];

/** configure.crm: the configuration that the commands of the plan reach, for `crm configure load update`. */
export function crmshConfiguration(plan: Plan): string {
  const { properties, resources, constraints, colocations, orders, fencingLevels, alerts } = plan;
  const settings = properties.map(({ name, value }) => `${name}=${quoteCrmsh(value)}`);
  const blocks = [
    ...(settings.length > 0 ? [statement(['property', ...settings.map((word) => [word])])] : []),
    ...resources.map((resource) => {
      if (resource.kind === 'primitive') return [comment(whyLine(resource.origin)), ...primitive(resource)];
      return [
        comment(whyLine(resource.origin)),
        ...(resource.kind === 'group' ? group(resource) : clone(resource)),
      ];
    }),
    ...constraints.map((constraint) => explained(constraint, location(constraint))),
    ...colocations.map((entry) => explained(entry, colocation(entry))),
    ...orders.map((entry) => explained(entry, order(entry))),
    ...(fencingLevels.length > 0 ? [topology(fencingLevels)] : []),
    // In its own form the ids of recipients could not be said.
    ...alerts.map((entry) => explained(entry, `xml ${alertElement(entry)}`)),
  ];
  const head = targetHead(plan, how).map(comment);
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function primitive(resource: Primitive): string[] {
  const { id, agent, attributes, meta } = resource;
  const onNodes = resource.attributesOnNodes ?? [];
  const values = [attributes, ...onNodes.map((entry) => entry.attributes)].flatMap(Object.values);
  // The form that crmsh itself shows for what it has no words for.
  if (!values.every(isCrmshWord)) return [`xml ${primitiveElement(resource, quoteXmlWord)}`];
  const operations = allOperations(resource).map(({ name, options }) => [
    'op',
    name,
    ...assignments(options),
  ]);
  return statement([
    `primitive ${id} ${agent}`,
    section('params', attributes),
    ...onNodes.map((entry) => [
      'params',
      '1:',
      ...['rule', '#uname', 'eq', entry.node],
      ...assignments(entry.attributes),
    ]),
    ...operations,
    section('meta', meta),
  ]);
}

function group({ id, members, meta }: Group): string[] {
  return statement([`group ${id} ${members.join(' ')}`, section('meta', meta)]);
}

function clone({ id, of, meta }: Clone): string[] {
  return statement([`clone ${id} ${of}`, section('meta', meta)]);
}

function location(constraint: Constraint): string {
  const { id, resource } = constraint;
  switch (constraint.kind) {
    case 'prefers':
      return `location ${id} ${resource} ${constraint.score}: ${constraint.node}`;
    case 'avoids':
      return `location ${id} ${resource} -INFINITY: ${constraint.node}`;
    case 'score-attribute':
    case 'rule': {
      const { attribute, node } = constraint;
      const there = node === undefined ? '' : ` and #uname eq ${node}`;
      const scored =
        constraint.kind === 'rule'
          ? `${constraint.score}: ${attribute} ${constraint.operation} ${quoteCrmsh(constraint.value)}`
          : `${attribute}: defined ${attribute}`;
      const rule = `rule $id=${id}-rule ${scored}${there}`;
      return `location ${id} ${resource} ${rule}`;
    }
  }
}

function explained({ origin }: { readonly origin: Origin }, text: string): string[] {
  return [comment(whyLine(origin)), text];
}

function colocation({ id, resource, with: other, score }: Colocation): string {
  return `colocation ${id} ${score}: ${resource} ${other}`;
}

function order({ id, first, second, action, strength, symmetrical }: Order): string {
  const rest = symmetrical ? '' : ' symmetrical=false';
  return `order ${id} ${strength}: ${first}:${action} ${second}:${action}${rest}`;
}

/** One statement for the whole topology; the devices of a level stand with a comma between. */
function topology(levels: readonly FencingLevel[]): string[] {
  const nodes = new Map<string, FencingLevel[]>();
  for (const level of levels) nodes.set(level.node, [...(nodes.get(level.node) ?? []), level]);
  const parts = [...nodes].map(([node, own]) => [
    `${node}:`,
    ...[...own].sort((a, b) => a.level - b.level).map(({ devices }) => devices.join(',')),
  ]);
  return [
    ...levels.map(({ origin }) => comment(whyLine(origin))),
    ...statement(['fencing_topology', ...parts]),
  ];
}

function alertElement(alert: Alert): string {
  return alertLines(alert, quoteXmlWord)
    .map((line) => line.trim())
    .join('');
}

/** A statement with each of its parts on a line of its own. */
function statement([first = [], ...parts]: readonly (string | readonly string[])[]): string[] {
  const texts = [first, ...parts].map((part) => (typeof part === 'string' ? part : part.join(' ')));
  const lines = texts.filter((text) => text !== '');
  return lines.map(
    (line, index) => `${index === 0 ? '' : '    '}${line}${index < lines.length - 1 ? ' \\' : ''}`,
  );
}

function section(keyword: string, values: Readonly<Record<string, string>>): string[] {
  return Object.keys(values).length > 0 ? [keyword, ...assignments(values)] : [];
}

function assignments(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${quoteCrmsh(value)}`);
}

/** crmsh keeps comments, as XML comments in the CIB; a backslash at the end would take the next line along. */
function comment(text: string): string {
  return `# ${withoutHyphenPairs(text)}`.replace(/\\$/, '\\ .').trimEnd();
}
