import {
  type Diagnostic,
  type Finding,
  type ReportDetails,
  report,
} from '../../grammar/source/diagnostic.ts';
import type { Located } from './companion.ts';
import { companionFindings } from './findings.ts';
import type { YamlValue } from './yaml-value.ts';

/** As much of JSON Schema as the companion file needs. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/**
 * What may stand in one place of the companion file: how it is read, and how JSON Schema says the same. Both come from
 * one description, so that an editor and kp2pcm agree; a test holds the two against each other.
 */
export interface Shape<T> {
  readonly schema: JsonSchema;
  /** Parts with names of their own, for `$defs`. */
  readonly parts: Readonly<Record<string, JsonSchema>>;
  /** In a sentence after «takes»: `a text`, `a list`. */
  readonly takes: string;
  /** The value; undefined if it is wrong, which is reported then. */
  read(value: YamlValue, reading: Reading): T | undefined;
}

/** The value that a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

/** Where the reader is, and what it has to say. */
export class Reading {
  /** `fencing.devices.ipmi-lb1`; empty for the whole file. */
  readonly path: string;
  private readonly said: Diagnostic[];

  constructor(path: string, said: Diagnostic[]) {
    this.path = path;
    this.said = said;
  }

  inside(key: string): Reading {
    return new Reading(this.path === '' ? key : `${this.path}.${key}`, this.said);
  }

  report(finding: Finding, details: ReportDetails): undefined {
    this.said.push(report(finding, details));
    return undefined;
  }

  /** Another kind of value than the place takes. Its text is not repeated: it may be a secret in the wrong place. */
  wrongKind(value: YamlValue, takes: string): undefined {
    const found = kindInWords(value);
    return this.report(companionFindings.wrongValue, {
      summary: `${this.path || 'the file'} takes ${takes}, not ${found}`,
      at: value.at,
    });
  }
}

function kindInWords(value: YamlValue): string {
  if (value.kind === 'list') return 'a list';
  if (value.kind === 'mapping') return value.entries.length === 0 ? 'no key at all' : 'keys with values';
  return value.plain && value.text === '' ? 'nothing' : 'a single value';
}

/** A value together with its place. */
export function located<T>(shape: Shape<T>): Shape<Located<T>> {
  return {
    ...shape,
    read(value, reading) {
      const read = shape.read(value, reading);
      return read === undefined ? undefined : { value: read, at: value.at };
    },
  };
}

/** A shape that other places use by name, and that the documentation has a section for. */
export function named<T>(name: string, title: string, shape: Shape<T>): Shape<T> {
  return {
    ...shape,
    schema: { $ref: `#/$defs/${name}` },
    parts: { ...shape.parts, [name]: { title, ...shape.schema } },
  };
}

/** What is read, made into something else. */
export function made<T, U>(
  shape: Shape<T>,
  make: (read: T, value: YamlValue, reading: Reading) => U | undefined,
): Shape<U> {
  return {
    ...shape,
    read(value, reading) {
      const read = shape.read(value, reading);
      return read === undefined ? undefined : make(read, value, reading);
    },
  };
}

/** Leaves out what was not said. */
export function said<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
