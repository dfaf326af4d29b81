import type { DirectiveSpec } from './spec.ts';

/** The numbers that the daemon takes for a keyword, in its own unit; what its 32-bit readers hold where the row says nothing. */
export function limitsOf({ type, limits }: DirectiveSpec): readonly [low: number, high: number] {
  const [least, greatest] = type === 'int' ? [-2_147_483_648, 2_147_483_647] : [0, 4_294_967_295];
  const [low = least, high = greatest] = limits ?? [];
  return [low, high];
}

/** What a value must keep to: `1..255`, `at least 1; 0 becomes 1`. Undefined where anything goes. */
export function rangeInWords({ limits, range }: DirectiveSpec): string | undefined {
  const numbers =
    limits && (limits[1] === undefined ? `at least ${limits[0]}` : `${limits[0]}..${limits[1]}`);
  return [numbers, range].filter((part) => part !== undefined).join('; ') || undefined;
}
