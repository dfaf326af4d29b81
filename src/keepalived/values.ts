import { argumentOf, argumentsOf, type BoundDirective } from './bound-directive.ts';
import type { Reading } from './reading-log.ts';

/** A whole number as the daemon takes it: decimal, blanks and a plus sign before it are fine, hexadecimal is not. */
export function parseWhole(text: string): number | undefined {
  return /^\s*[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** A decimal number of seconds, `.5` included; in milliseconds. */
export function parseSecondsMs(text: string): number | undefined {
  return /^\s*\+?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) * 1000 : undefined;
}

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

export function readSecondsMs(bound: BoundDirective, lowMs: number, highMs: number): Reading<number> {
  const value = parseSecondsMs(argumentOf(bound));
  if (value === undefined) return { problem: 'not a number of seconds' };
  if (value < lowMs || value > highMs)
    return { problem: `outside ${lowMs / 1000} to ${highMs / 1000} seconds` };
  return { value };
}

/** `true on yes` and nothing at all mean yes, `false off no` mean no. */
export function readBoolean(bound: BoundDirective): Reading<boolean> {
  const [word] = argumentsOf(bound);
  if (word === undefined || ['true', 'on', 'yes'].includes(word)) return { value: true };
  if (['false', 'off', 'no'].includes(word)) return { value: false };
  return { problem: 'neither true, on, yes nor false, off, no' };
}
