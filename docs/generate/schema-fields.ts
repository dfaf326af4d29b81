import { type Blocks, markdownTable } from './marked-blocks.ts';

/** As much of JSON Schema as the schemas of this folder use. */
interface Schema {
  readonly title?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string | boolean;
  readonly enum?: readonly (string | number | null)[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly description?: string;
}

export interface DocumentSchema extends Schema {
  readonly $defs: Readonly<Record<string, Schema>>;
}

const headings: Readonly<Record<string, string>> = {
  place: 'A place in the input',
  origin: 'An origin: where an element comes from, and how well it matches',
  node: 'A node',
  cluster: 'The cluster',
  instance: 'An instance: what moves as one',
  address: 'An address',
  instanceNode: 'An instance on a node',
  property: 'A property',
  operation: 'An operation',
  primitive: 'A primitive',
  attributesOnNode: 'Parameters on one node',
  group: 'A group',
  clone: 'A clone',
  prefers: 'A preference',
  avoids: 'A ban',
  rule: 'A location rule',
  scoreAttribute: 'A score from an attribute',
  colocation: 'A colocation',
  order: 'An order',
  fencingLevel: 'A fencing level',
  alert: 'An alert',
  recipient: 'A recipient of an alert',
  balancer: 'A balancer',
  file: 'A file',
  manualStep: 'A manual step',
  fate: 'A fate',
  command: 'A command',
};

/** The tables of docs/plan-format.md and docs/config-format.md, from their schemas. */
export function schemaFieldBlocks(schema: DocumentSchema): Blocks {
  const sections = Object.entries(schema.$defs)
    .filter(([, { properties }]) => properties)
    .map(([name, definition]) => {
      const heading = definition.title ?? headings[name];
      if (heading === undefined) throw new RangeError(`no heading for ${name}`);
      return `### ${heading}\n\n${fieldsTable(definition, schema)}`;
    });
  return { fields: fieldsTable(schema, schema), parts: sections.join('\n\n') };
}

function fieldsTable(part: Schema, schema: DocumentSchema): string {
  return markdownTable(['Field', 'Type', 'Meaning'], rowsOf(part, schema, ''));
}

function rowsOf(
  { properties = {}, required = [] }: Schema,
  schema: DocumentSchema,
  prefix: string,
): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const optional = required.includes(name) ? '' : ' (optional)';
    const row = [`\`${prefix}${name}\`${optional}`, typeInWords(field, schema), field.description ?? ''];
    return [row, ...(field.properties ? rowsOf(field, schema, `${prefix}${name}.`) : [])];
  });
}

function typeInWords(part: Schema, schema: DocumentSchema): string {
  if (part.$ref !== undefined) return nameOf(part.$ref, schema);
  if (part.const !== undefined) return `\`${JSON.stringify(part.const)}\``;
  if (part.enum) return part.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  const choices = part.oneOf ?? part.anyOf;
  if (choices) return [...new Set(choices.map((choice) => typeInWords(choice, schema)))].join(' or ');
  if (part.items) return `list of ${typeInWords(part.items, schema)}`;
  if (!part.properties && typeof part.additionalProperties === 'object')
    return `${typeInWords(part.additionalProperties, schema)} by name`;
  return [part.type ?? 'anything'].flat().join(' or ');
}

const shortNames: Readonly<Record<string, string>> = {
  texts: 'object of strings',
  instanceNode: 'instance on a node',
  manualStep: 'manual step',
  prefers: 'preference',
  avoids: 'ban',
  rule: 'location rule',
};

/** A part's title without its article and what is behind a colon: «A sync group» is `sync group`. */
function nameOf(reference: string, { $defs }: DocumentSchema): string {
  const name = reference.split('/').at(-1) ?? '';
  const title = $defs[name]?.title;
  return title?.replace(/^(?:An?|The) /, '').replace(/:.*/, '') ?? shortNames[name] ?? name;
}
