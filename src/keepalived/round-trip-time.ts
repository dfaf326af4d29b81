import { readStrictDecimal } from './values.ts';

const lowMs = 200;
const highMs = 120_000;

/**
 * A time of a route: `300ms`, `1.5s`, or a bare number in the kernel's units, of which `unitsPerMs` make a millisecond. What
 * is outside 0.2 to 120 seconds is taken as the nearest inside, but no number may be larger than 120000 ms. In milliseconds.
 */
export function readRoundTripMs(text: string, unitsPerMs: number): number | undefined {
  const unit = text.search(/[sS]/);
  const isRaw = unit < 0;
  if (!isRaw && !/^(?:s|sec|secs)$/i.test(text.slice(unit))) return undefined;
  const isMs = !isRaw && /m$/i.test(text.slice(0, unit));
  const digits = isRaw ? text : text.slice(0, isMs ? unit - 1 : unit);
  if ((digits === '' && !isRaw) || /[eE]/.test(digits)) return undefined;
  const isSeconds = !isRaw && !isMs;
  const high = highMs * unitsPerMs;
  const value = readStrictDecimal(digits, isSeconds ? 3 : 0, 0, isSeconds ? high / 1000 : high);
  if (value === undefined) return undefined;
  return Math.min(highMs, Math.max(lowMs, isRaw ? value / unitsPerMs : isSeconds ? value * 1000 : value));
}
