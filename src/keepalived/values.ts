import { limitsOf } from '../../grammar/directives/limits.ts';
import { defaultRelease, isAtLeast, type Release } from '../../grammar/source/release.ts';
import { argumentOf, argumentsOf, type BoundDirective } from './bound-directive.ts';
import type { Reading } from './reading-log.ts';

/** A whole number as the daemon takes it: decimal, blanks and a plus sign before it are fine, hexadecimal is not. */
function parseWhole(text: string): number | undefined {
  return /^[ \t\n\v\f\r]*[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** The least and the greatest number that a keyword's row allows; an unknown word has no row and no limits. */
export function allowed({ spec }: BoundDirective): readonly [low: number, high: number] {
  return spec ? limitsOf(spec) : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
}

/** The same in milliseconds, where the row speaks of seconds. */
export function allowedMs(bound: BoundDirective): readonly [lowMs: number, highMs: number] {
  const [low, high] = allowed(bound);
  return [low * 1000, high * 1000];
}

/**
 * A whole number from `low` to `high` for the keywords whose reader is lenient (keepalived up to 2.4): words like `5x` are
 * reported, and the digits before the rubbish count all the same, 0 if there are none.
 */
export function readLeadingWhole(text: string, low: number, high: number): Reading<number> {
  const value = Number(/^[ \t\n\v\f\r]*([+-]?\d+)/.exec(text)?.[1] ?? 0);
  const problem = parseWhole(text) === undefined ? 'not a whole number' : `outside ${low} to ${high}`;
  if (value < low || value > high) return { problem };
  // An empty word, "", is a 0 without a complaint.
  return problem === 'not a whole number' && text !== '' ? { problem, instead: value } : { value };
}

/** The same for a keyword's first argument, with the value that stands in for one that cannot be used. */
export function readLenientWhole(
  bound: BoundDirective,
  low: number,
  high: number,
  instead?: number,
): Reading<number> {
  const reading = readLeadingWhole(argumentOf(bound), low, high);
  return 'problem' in reading && instead !== undefined ? { instead, ...reading } : reading;
}

/** A whole number for the keywords whose reader takes nothing else. */
export function readWhole(
  bound: BoundDirective,
  low: number,
  high: number,
  instead?: number,
): Reading<number> {
  const value = parseWhole(argumentOf(bound));
  const fallback = instead === undefined ? {} : { instead };
  if (value === undefined) return { problem: 'not a whole number', ...fallback };
  if (value < low || value > high) return { problem: `outside ${low} to ${high}`, ...fallback };
  return { value };
}

/**
 * A decimal number of seconds with up to six places (or as many as are kept), `.5` included; in milliseconds. The daemon shifts the point by six
 * places in the text and then reads the digits before any rubbish, so that `5m` is five microseconds.
 */
export function readSecondsMs(
  bound: BoundDirective,
  lowMs: number,
  highMs: number,
  release: Release = defaultRelease,
  kept = 6,
): Reading<number> {
  return readSecondsWordMs(argumentOf(bound), lowMs, highMs, release, kept);
}

/** The same for any word. */
export function readSecondsWordMs(
  text: string,
  lowMs: number,
  highMs: number,
  release: Release = defaultRelease,
  kept = 6,
): Reading<number> {
  const range = `outside ${lowMs / 1000} to ${highMs / 1000} seconds`;
  if (text.startsWith('-')) return { problem: range };
  const [whole = '', places = ''] = splitAtPoint(text);
  const shifted = isAtLeast(release, '2.2.0')
    ? `${whole}${places.slice(0, kept).padEnd(kept, '0')}`
    : shiftedNumber(text);
  const digits = /^[ \t\n\v\f\r]*\+?(\d*)(.*)$/s.exec(shifted);
  const steps = Number(digits?.[1] ?? 0) + ((places[kept] ?? '0') >= '5' ? 1 : 0);
  const value = steps * 10 ** (3 - kept);
  const isNumber = digits?.[2] === '';
  if (value < lowMs || value > highMs) return { problem: isNumber ? range : 'not a number of seconds' };
  return isNumber
    ? { value }
    : { problem: 'not a number of seconds', instead: value, shown: `${value / 1000} s` };
}

/** Up to 2.1 the number before any rubbish is read first, so that `5m` is five seconds (measured with 2.1.5). */
function shiftedNumber(text: string): string {
  const [, number = '', rubbish = ''] = /^\s*(\+?\d*\.?\d*)(.*)$/s.exec(text) ?? [];
  return `${Math.round(Number(number) * 1e6)}${rubbish}`;
}

function splitAtPoint(text: string): [string, string] {
  const point = text.indexOf('.');
  return point < 0 ? [text, ''] : [text.slice(0, point), text.slice(point + 1)];
}

/** `true on yes` and nothing at all mean yes, `false off no` mean no. */
export function readBoolean(bound: BoundDirective): Reading<boolean> {
  const [word] = argumentsOf(bound);
  if (word === undefined || ['true', 'on', 'yes'].includes(word)) return { value: true };
  if (['false', 'off', 'no'].includes(word)) return { value: false };
  return { problem: 'neither true, on, yes nor false, off, no' };
}

/** A decimal number for readers that take nothing else, an empty word for 0. */
export function readStrictWhole(text: string, low: number, high: number): number | undefined {
  const value = text === '' ? 0 : text.trimStart().startsWith('-') ? undefined : parseWhole(text);
  return value !== undefined && value >= low && value <= high ? value : undefined;
}

/** The same with decimal places, of which surplus ones are rounded. */
export function readStrictDecimal(
  text: string,
  places: number,
  low: number,
  high: number,
): number | undefined {
  const [whole, fraction] = splitAtPoint(text);
  const kept = fraction.slice(0, places);
  const scale = 10 ** places;
  const shifted = `${whole}${kept}${'0'.repeat(places - kept.length)}`;
  const roundedUp = (fraction[places] ?? '0') >= '5' ? 1 : 0;
  const value = readStrictWhole(shifted, 0, high * scale);
  const result = value === undefined ? undefined : (value + roundedUp) / scale;
  return result !== undefined && result >= low && result <= high ? result : undefined;
}
