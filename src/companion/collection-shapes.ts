import { similarWord } from '../../grammar/directives/suggest.ts';
import { compareText } from '../../grammar/source/diagnostic.ts';
import type { Located } from './companion.ts';
import { companionFindings } from './findings.ts';
import type { JsonSchema, Reading, Shape } from './shape.ts';
import type { YamlEntry, YamlMapping } from './yaml-value.ts';

/** A list of one item or more. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  const takes = 'a list';
  return {
    takes,
    schema: { type: 'array', items: item.schema, minItems: 1 },
    parts: item.parts,
    read(value, reading) {
      if (value.kind !== 'list') return reading.wrongKind(value, takes);
      if (value.items.length === 0)
        return reading.report(companionFindings.wrongValue, {
          summary: `${reading.path} is an empty list`,
          at: value.at,
          help: 'leave the key out, or say what belongs there',
        });
      const read = value.items.map((entry, index) => item.read(entry, reading.inside(`${index + 1}`)));
      const good = read.filter((entry) => entry !== undefined);
      return good.length === read.length ? good : undefined;
    },
  };
}

/** An entry under a key of the author's own. */
export interface NamedEntry<T> {
  readonly name: Located<string>;
  readonly value: T;
}

/** Keys of the author's own choice, each with a value of one shape; those of one form may have a shape of their own. */
export function entries<T>(
  name: { readonly takes: string; readonly pattern: RegExp },
  shape: Shape<T>,
  special?: { readonly pattern: RegExp; readonly shape: Shape<T> },
): Shape<readonly NamedEntry<T>[]> {
  const takes = 'keys with values';
  return {
    takes,
    schema: {
      type: 'object',
      propertyNames: { pattern: name.pattern.source },
      ...(special && { patternProperties: { [special.pattern.source]: special.shape.schema } }),
      additionalProperties: shape.schema,
      minProperties: 1,
    },
    parts: { ...shape.parts, ...special?.shape.parts },
    read(value, reading) {
      if (value.kind !== 'mapping' || value.entries.length === 0) return reading.wrongKind(value, takes);
      const read = value.entries.map(({ key, keyAt, value: inner }) => {
        if (!name.pattern.test(key))
          return reading.report(companionFindings.wrongValue, {
            summary: `'${key}' is not ${name.takes}`,
            at: keyAt,
          });
        const own = special?.pattern.test(key) ? special.shape : shape;
        const found = own.read(inner, reading.inside(key));
        return found === undefined ? undefined : { name: { value: key, at: keyAt }, value: found };
      });
      const good = read.filter((entry) => entry !== undefined);
      return good.length === read.length ? good : undefined;
    },
  };
}

/** A key that a mapping knows. */
export interface Field<T, Needed extends boolean = boolean> {
  readonly shape: Shape<T>;
  readonly needed: Needed;
  /** For the documentation: a sentence. */
  readonly what: string;
}

export function needed<T>(shape: Shape<T>, what: string): Field<T, true> {
  return { shape, needed: true, what };
}

export function optional<T>(shape: Shape<T>, what: string): Field<T, false> {
  return { shape, needed: false, what };
}

// biome-ignore lint/suspicious/noExplicitAny: a field of whatever is read
type Fields = Readonly<Record<string, Field<any>>>;

type ReadFields<F extends Fields> = {
  readonly [Key in keyof F]: F[Key] extends Field<infer T, true>
    ? T
    : F[Key] extends Field<infer T, boolean>
      ? T | undefined
      : never;
};

/** What a mapping asks of its keys together. */
export interface KeyRules {
  /** Of each of these lists one key stands there, and no other. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Where the first key stands, the others do not. */
  readonly excludes?: Readonly<Record<string, readonly string[]>>;
  /** Where the first key stands, the others do too. */
  readonly needs?: Readonly<Record<string, readonly string[]>>;
}

/** Known keys, each with a shape of its own. */
export function mapping<const F extends Fields>(fields: F, rules: KeyRules = {}): Shape<ReadFields<F>> {
  const takes = 'keys with values';
  const known = Object.entries(fields);
  return {
    takes,
    schema: mappingSchema(fields, rules),
    parts: Object.assign({}, ...known.map(([, { shape }]) => shape.parts)),
    read(value, reading) {
      if (value.kind !== 'mapping') return reading.wrongKind(value, takes);
      const fitting = [
        ...value.entries.map((entry) => isKnown(entry, Object.keys(fields), reading)),
        keysFit(value, rules, reading),
      ];
      let sound = fitting.every((fits) => fits);
      const read: Record<string, unknown> = {};
      for (const [key, { shape, needed: must }] of known) {
        const entry = value.entries.find((candidate) => candidate.key === key);
        if (entry) read[key] = shape.read(entry.value, reading.inside(key));
        else if (must) missing(value, key, reading);
        if ((entry || must) && read[key] === undefined) sound = false;
      }
      return sound ? (read as ReadFields<F>) : undefined;
    },
  };
}

function missing(value: YamlMapping, key: string, reading: Reading): void {
  const summary = `${reading.path || 'the file'} has no '${key}'`;
  reading.report(companionFindings.keysDoNotFit, { summary, at: value.at, help: `add ${key}:` });
}

function isKnown({ key, keyAt }: YamlEntry, known: readonly string[], reading: Reading): boolean {
  if (known.includes(key)) return true;
  const near = similarWord(key, known);
  const place = reading.path === '' ? 'the companion file' : reading.path;
  reading.report(companionFindings.unknownKey, {
    summary: `${place} has no key '${key}'`,
    at: keyAt,
    help:
      near === undefined ? `it knows ${[...known].sort(compareText).join(', ')}` : `did you mean '${near}'?`,
    ...(near !== undefined && { suggestion: { at: keyAt, text: near } }),
  });
  return false;
}

function keysFit(value: YamlMapping, rules: KeyRules, reading: Reading): boolean {
  const present = new Map(value.entries.map(({ key, keyAt }) => [key, keyAt]));
  const said: string[] = [];
  const say = (key: string | undefined, summary: string) => {
    said.push(summary);
    const at = (key !== undefined && present.get(key)) || value.at;
    reading.report(companionFindings.keysDoNotFit, { summary, at });
  };
  for (const keys of rules.oneOf ?? []) {
    const found = keys.filter((key) => present.has(key));
    if (found.length === 0) say(undefined, `${reading.path} needs one of ${keys.join(', ')}`);
    if (found.length > 1) say(found[1], `${found.join(' and ')} do not go together: choose one`);
  }
  for (const [key, others] of Object.entries(rules.excludes ?? {})) {
    if (!present.has(key)) continue;
    for (const other of others.filter((name) => present.has(name)))
      say(other, `'${other}' does not go together with '${key}'`);
  }
  for (const [key, others] of Object.entries(rules.needs ?? {})) {
    if (!present.has(key)) continue;
    for (const other of others.filter((name) => !present.has(name)))
      say(key, `'${key}' needs '${other}' too`);
  }
  return said.length === 0;
}

function mappingSchema(fields: Fields, { oneOf = [], excludes = {}, needs = {} }: KeyRules): JsonSchema {
  const known = Object.entries(fields);
  const required = known.filter(([, { needed: must }]) => must).map(([key]) => key);
  const forbidden = Object.entries(excludes).map(([key, others]) => [
    key,
    { properties: Object.fromEntries(others.map((other) => [other, false])) },
  ]);
  const together = oneOf.map((keys) => ({ oneOf: keys.map((key) => ({ required: [key] })) }));
  return {
    type: 'object',
    additionalProperties: false,
    properties: Object.fromEntries(
      known.map(([key, { shape, what }]) => [key, { ...shape.schema, description: what }]),
    ),
    ...(required.length > 0 && { required }),
    ...(together.length > 0 && { allOf: together }),
    ...(forbidden.length > 0 && { dependentSchemas: Object.fromEntries(forbidden) }),
    ...(Object.keys(needs).length > 0 && { dependentRequired: needs }),
  };
}

/** One shape for single values, another for lists or mappings: the kind of the value tells which. */
export function byKind<T>(shapes: {
  readonly scalar?: Shape<T>;
  readonly list?: Shape<T>;
  readonly mapping?: Shape<T>;
}): Shape<T> {
  const all = Object.values<Shape<T>>(shapes);
  const takes = all.map((shape) => shape.takes).join(' or ');
  return {
    takes,
    schema: { anyOf: all.map(({ schema }) => schema) },
    parts: Object.assign({}, ...all.map(({ parts }) => parts)),
    read(value, reading) {
      const shape = shapes[value.kind];
      return shape ? shape.read(value, reading) : reading.wrongKind(value, takes);
    },
  };
}
