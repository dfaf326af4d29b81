import { type Blocks, markdownTable } from './marked-blocks.ts';

/** As much of JSON Schema as the schemas of this folder use. */
interface Schema {
  readonly title?: string;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: string;
  readonly enum?: readonly (string | number)[];
  readonly oneOf?: readonly Schema[];
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
  group: 'A group',
  clone: 'A clone',
  prefers: 'A preference',
  avoids: 'A ban',
  rule: 'A location rule',
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
      return `### ${heading}\n\n${fieldsTable(definition, '')}`;
    });
  return { fields: fieldsTable(schema, ''), parts: sections.join('\n\n') };
}

function fieldsTable(schema: Schema, prefix: string): string {
  return markdownTable(['Field', 'Type', 'Meaning'], rowsOf(schema, prefix));
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix: string): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const optional = required.includes(name) ? '' : ' (optional)';
    const row = [`\`${prefix}${name}\`${optional}`, typeInWords(field), field.description ?? ''];
    return [row, ...(field.properties ? rowsOf(field, `${prefix}${name}.`) : [])];
  });
}

function typeInWords(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return `\`"${schema.const}"\``;
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  if (schema.oneOf) return schema.oneOf.map(typeInWords).join(' or ');
  if (schema.items) return `list of ${typeInWords(schema.items)}`;
  return [schema.type ?? 'anything'].flat().join(' or ');
}

const shortNames: Readonly<Record<string, string>> = {
  texts: 'object of strings',
  instanceNode: 'instance on a node',
  manualStep: 'manual step',
  prefers: 'preference',
  avoids: 'ban',
  rule: 'location rule',
  syncGroup: 'sync group',
  trackEntry: 'track entry',
  notifyScript: 'notify script',
  remark: 'note',
  span: 'place',
};

function nameOf(reference: string): string {
  const name = reference.split('/').at(-1) ?? '';
  return shortNames[name] ?? name;
}
