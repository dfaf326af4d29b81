import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { fateKinds, planFormat } from '../../src/pacemaker/plan.ts';
import { fixturePlans } from './fixture-plans.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/plan.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

/** As a reader of plan.json gets them. */
const plans = [...fixturePlans].map(([name, plan]) => ({ name, plan: JSON.parse(JSON.stringify(plan)) }));

it.each(plans)('the plan of $name has the documented fields and no others', ({ plan }) => {
  validate(plan);
  expect(validate.errors ?? []).toEqual([]);
});

it('every documented field is in a plan of some fixture', () => {
  const seen = new Set<string>();
  for (const { plan } of plans) noteFields(plan, schema, seen);
  expect(fieldsOf(schema).filter((field) => !seen.has(field))).toEqual([]);
});

it('the document speaks of the version and the fates that the program knows', () => {
  expect(schema.properties.format.const).toBe(planFormat);
  expect(schema.$defs.fate.properties.fate.enum).toEqual([...fateKinds]);
});

interface Schema {
  readonly $ref?: string;
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly const?: unknown;
}

/** `fate.reason`, `cluster.origins.name`: every field that the schema has a name for. */
function fieldsOf({ $defs, properties }: { $defs: Record<string, Schema> } & Schema): string[] {
  const inside = (name: string, fields: Schema['properties'] = {}): string[] =>
    Object.entries(fields).flatMap(([field, { properties: inner }]) => [
      `${name}.${field}`,
      ...inside(`${name}.${field}`, inner),
    ]);
  return [
    ...inside('plan', properties),
    ...Object.entries($defs).flatMap(([name, part]) => inside(name, part.properties)),
  ];
}

/** Walks a value along its schema and notes each field that it has. */
function noteFields(value: unknown, part: Schema, seen: Set<string>, name = 'plan'): void {
  if (part.$ref !== undefined) {
    const definition = part.$ref.split('/').at(-1) ?? '';
    noteFields(value, schema.$defs[definition], seen, definition);
  } else if (Array.isArray(value)) {
    for (const item of value) if (part.items) noteFields(item, part.items, seen, name);
  } else if (part.oneOf) {
    const { kind } = (value ?? {}) as { kind?: unknown };
    const chosen = part.oneOf.find(
      ({ $ref }) => schema.$defs[$ref?.split('/').at(-1) ?? '']?.properties.kind?.const === kind,
    );
    if (chosen) noteFields(value, chosen, seen, name);
  } else if (typeof value === 'object' && value !== null && part.properties) {
    for (const [field, inner] of Object.entries(value)) {
      seen.add(`${name}.${field}`);
      const known = part.properties[field];
      if (known) noteFields(inner, known, seen, `${name}.${field}`);
    }
  }
}
