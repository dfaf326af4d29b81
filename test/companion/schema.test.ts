import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { companionSchema } from '../../src/companion/companion-shape.ts';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { fieldsOf, noteFields } from '../docs/schema-fields.ts';
import { fullCompanion } from './full-companion.ts';

const schema = companionSchema();
// A schema of JSON Schema may forbid a key with `false`, which says nothing of a type.
const validate = new Ajv2020({
  allErrors: true,
  strict: true,
  strictTypes: false,
  strictRequired: false,
}).compile(schema);

const isRead = (text: string) => readCompanion(text, 'kp2pcm.yaml').value !== undefined;

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Values that some place takes and most do not. */
const odd: readonly Json[] = [
  ...[
    '',
    'x',
    '10s',
    '500ms',
    'lb1',
    'VI_1',
    'INFINITY',
    'none',
    'ipmi',
    '/a/b',
    'a b',
    'a\nb',
    '10',
    'true',
    '~',
  ],
  ...[0, 1, 60, 254, 5.5, -1, true, false, null],
  ...[
    [],
    {},
    ['lb1'],
    [['a', 'b']],
    { a: 1 },
    { file: '/x' },
    { environment: 'X' },
    { file: '/x', environment: 'X' },
  ],
];

const keys = [...new Set(keysOf(fullCompanion)), 'passwd', 'constructor', '__proto__', 'a=b', ' ', 'x'];

function keysOf(value: Json): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysOf(inner as Json)]);
}

interface Change {
  /** Of the places in the document, counted in their order. */
  readonly place: number;
  readonly how: 'replace' | 'remove' | 'rename' | 'add';
  readonly key: string;
  readonly value: Json;
}

const changes = fc.array(
  fc.record({
    place: fc.nat(200),
    how: fc.constantFrom('replace', 'remove', 'rename', 'add' as const),
    key: fc.constantFrom(...keys),
    value: fc.constantFrom(...odd),
  }),
  { minLength: 1, maxLength: 3 },
) as fc.Arbitrary<Change[]>;

function changed(document: Json, { place, how, key, value }: Change): Json {
  let at = -1;
  const visit = (node: Json): Json => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node))
      return node.flatMap((item: Json) => {
        at++;
        if (at !== place) return [visit(item)];
        return how === 'remove' ? [] : how === 'add' ? [item, value] : [value];
      });
    const entries = Object.entries(node as Record<string, Json>).flatMap(
      ([name, inner]): [string, Json][] => {
        at++;
        if (at !== place) return [[name, visit(inner)]];
        if (how === 'remove') return [];
        if (how === 'rename') return [[key, inner]];
        return how === 'add'
          ? [
              [name, inner],
              [key, value],
            ]
          : [[name, value]];
      },
    );
    // fromEntries defines `__proto__` as a key like any other.
    return Object.fromEntries(entries);
  };
  return visit(document);
}

describe('the schema of the companion file', () => {
  it('takes a file with every key, and so does kp2pcm', () => {
    validate(fullCompanion);
    expect(validate.errors ?? []).toEqual([]);
    expect(readCompanion(stringify(fullCompanion), 'kp2pcm.yaml').diagnostics).toEqual([]);
  });

  it('has a key for everything that the file with every key says, and no more', () => {
    const seen = new Set<string>();
    const document = schema as unknown as Parameters<typeof noteFields>[1];
    noteFields(fullCompanion, document, seen);
    expect(fieldsOf(document).filter((field) => field.startsWith('document.') && !seen.has(field))).toEqual(
      [],
    );
    expect(
      fieldsOf(document)
        .map((field) => field.split('.').at(-1))
        .filter((key) => !keys.includes(key ?? '')),
    ).toEqual([]);
  });

  it('accepts and refuses what kp2pcm accepts and refuses', () => {
    let [taken, refused] = [0, 0];
    fc.assert(
      fc.property(changes, (list) => {
        const document = list.reduce(changed, fullCompanion as Json);
        const valid = validate(document);
        expect(isRead(stringify(document)), stringify(document)).toBe(valid);
        if (valid) taken++;
        else refused++;
      }),
      { numRuns: 600 },
    );
    // Neither answer may be the only one.
    expect(Math.min(taken, refused)).toBeGreaterThan(50);
  });
});
