import type { Clone, Constraint, Group, Plan, Primitive } from '../pacemaker/plan.ts';
import { allOperations } from './advertised-operations.ts';
import { primitiveElement } from './cib.ts';
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
  const { properties, resources, constraints } = plan;
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
    ...constraints.map((constraint) => [comment(whyLine(constraint.origin)), location(constraint)]),
  ];
  const head = targetHead(plan, how).map(comment);
  return `${[head, ...blocks].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function primitive(resource: Primitive): string[] {
  const { id, agent, attributes, meta } = resource;
  // The form that crmsh itself shows for what it has no words for.
  if (!Object.values(attributes).every(isCrmshWord))
    return [`xml ${primitiveElement(resource, quoteXmlWord)}`];
  const operations = allOperations(resource).map(({ name, options }) => [
    'op',
    name,
    ...assignments(options),
  ]);
  return statement([
    `primitive ${id} ${agent}`,
    section('params', attributes),
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
    case 'rule': {
      const { score, attribute, operation, value, node } = constraint;
      const there = node === undefined ? '' : ` and #uname eq ${node}`;
      const rule = `rule $id=${id}-rule ${score}: ${attribute} ${operation} ${quoteCrmsh(value)}${there}`;
      return `location ${id} ${resource} ${rule}`;
    }
  }
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
