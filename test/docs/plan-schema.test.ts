import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { fateKinds, planFormat } from '../../src/pacemaker/plan.ts';
import { samplePlans } from '../emit/sample-plans.ts';
import { fixturePlans } from './fixture-plans.ts';
import { fieldsOf, noteFields } from './schema-fields.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/plan.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

/** As a reader of plan.json gets them. */
const plans = [...fixturePlans].map(([name, plan]) => ({
  name,
  plan: JSON.parse(JSON.stringify(plan)),
}));

it.each(plans)('the plan of $name has the documented fields and no others', ({ plan }) => {
  validate(plan);
  expect(validate.errors ?? []).toEqual([]);
});

it('every documented field is in some plan', () => {
  const seen = new Set<string>();
  for (const { plan } of [...plans, { plan: samplePlans['related'] }]) noteFields(plan, schema, seen);
  expect(fieldsOf(schema).filter((field) => !seen.has(field))).toEqual([]);
});

it('the document speaks of the version and the fates that the program knows', () => {
  expect(schema.properties.format.const).toBe(planFormat);
  expect(schema.$defs.fate.properties.fate.enum).toEqual([...fateKinds]);
});
