import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { configFormat } from '../../src/emit/config-document.ts';
import { cases, runCase } from '../fixtures.ts';
import { fieldsOf, noteFields } from './schema-fields.ts';

const schema = JSON.parse(readFileSync(new URL('../../docs/config.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);

const runs = await Promise.all(
  cases.map(async (fixture) => ({ name: fixture.name, ...(await runCase(fixture, '--emit', 'config')) })),
);
const printed = runs
  .filter(({ exitCode }) => exitCode === 0)
  .map(({ name, stdout }) => ({ name, document: JSON.parse(stdout) }));

it.each(printed)('what is understood of $name has the documented fields and no others', ({ document }) => {
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
});

it('every documented field is in the document of some fixture', () => {
  const seen = new Set<string>();
  for (const { document } of printed) noteFields(document, schema, seen);
  expect(fieldsOf(schema).filter((field) => !seen.has(field))).toEqual([]);
});

it('nothing is printed of a file that cannot be read, and something of one that only balances load', () => {
  const refused = runs.filter(({ exitCode }) => exitCode !== 0);
  expect(refused.map(({ stdout }) => stdout).join('')).toBe('');
  const names = printed.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['refused/lvs-only', 'refused/no-instance']));
  expect(refused.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['refused/missing-word', 'refused/definition-loop', 'refused/one-missing-file']),
  );
});

it('the document speaks of the version that the program knows', () => {
  expect(schema.properties.format.const).toBe(configFormat);
});
