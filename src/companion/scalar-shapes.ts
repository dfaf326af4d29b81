import { similarWord } from '../../grammar/directives/suggest.ts';
import { companionFindings } from './findings.ts';
import type { JsonSchema, Reading, Shape } from './shape.ts';
import { coreType, type YamlScalar, type YamlValue } from './yaml-value.ts';

/** A text for which YAML's own types play no part. */
interface Pattern {
  /** In a sentence after «takes». */
  readonly takes: string;
  readonly pattern: RegExp;
  /** Whether a plain number may stand for the text: `10` for ten seconds. */
  readonly numbers?: true;
}

/** A text, of some form if one is said. */
export function text(form: Pattern = { takes: 'a text', pattern: /^[\s\S]+$/ }): Shape<string> {
  const { takes, pattern, numbers } = form;
  const schema: JsonSchema = numbers
    ? {
        anyOf: [
          { type: 'string', pattern: pattern.source },
          { type: 'integer', minimum: 0 },
        ],
      }
    : { type: 'string', pattern: pattern.source };
  return scalar(takes, schema, (value, reading) => {
    const type = coreType(value);
    if (type === 'nothing') return reading.wrongKind(value, takes);
    const isNumber = numbers && /^\d+$/.test(value.text);
    if (type !== 'text' && !isNumber && pattern.test(value.text)) return unquoted(value, takes, reading);
    return pattern.test(value.text) ? value.text : wrongText(value, takes, reading);
  });
}

/** Any value as the text that stands there: the parameters of agents are texts. */
export const anyText: Shape<string> = scalar(
  'a single value',
  { type: ['string', 'number', 'boolean'] },
  (value, reading) =>
    coreType(value) === 'nothing' ? reading.wrongKind(value, 'a single value') : value.text,
);

export function choice<const T extends string>(words: readonly T[]): Shape<T> {
  const takes = `one of ${words.join(', ')}`;
  return scalar(takes, { enum: words }, (value, reading) => {
    const found = words.find((word) => word === value.text);
    if (found !== undefined) return found;
    if (coreType(value) === 'nothing') return reading.wrongKind(value, takes);
    const near = similarWord(value.text, words);
    return wrongText(value, takes, reading, near === undefined ? undefined : `did you mean '${near}'?`);
  });
}

/** Nothing else than `true`: what is not wished is left out. */
export const yes: Shape<true> = scalar('true', { const: true }, (value, reading) =>
  coreType(value) === 'flag' && /^true$/i.test(value.text) ? true : wrongText(value, 'true', reading),
);

export function wholeNumber(minimum: number, maximum: number): Shape<number> {
  const takes = `a whole number from ${minimum} to ${maximum}`;
  return scalar(takes, { type: 'integer', minimum, maximum }, (value, reading) => {
    const number = /^-?\d{1,15}$/.test(value.text) && value.plain ? Number(value.text) : Number.NaN;
    return number >= minimum && number <= maximum ? number : wrongText(value, takes, reading);
  });
}

/** A whole number, or one word in its place. */
export function numberOr<const T extends string>(
  word: T,
  minimum: number,
  maximum: number,
): Shape<T | number> {
  const number = wholeNumber(minimum, maximum);
  const takes = `${number.takes}, or ${word}`;
  return scalar(takes, { anyOf: [{ const: word }, number.schema] }, (value, reading) => {
    if (value.text === word) return word;
    return number.read(value, reading);
  });
}

function scalar<T>(
  takes: string,
  schema: JsonSchema,
  read: (value: YamlScalar, reading: Reading) => T | undefined,
): Shape<T> {
  return {
    takes,
    schema,
    parts: {},
    read: (value: YamlValue, reading) =>
      value.kind === 'scalar' ? read(value, reading) : reading.wrongKind(value, takes),
  };
}

function wrongText(
  { text: found, at }: YamlScalar,
  takes: string,
  reading: Reading,
  help?: string,
): undefined {
  const summary = `${reading.path} takes ${takes}, not '${found}'`;
  return reading.report(companionFindings.wrongValue, { summary, at, help });
}

function unquoted({ text: found, at }: YamlScalar, takes: string, reading: Reading): undefined {
  return reading.report(companionFindings.wrongValue, {
    summary: `${reading.path} takes ${takes}, and ${found} without quotes is none`,
    at,
    help: `write "${found}"`,
  });
}
