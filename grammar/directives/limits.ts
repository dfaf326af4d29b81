import type { DirectiveSpec } from './spec.ts';

/** The numbers that the daemon takes for a keyword, in its own unit; what its 32-bit readers hold where the row says nothing. */
export function limitsOf({ type, limits }: DirectiveSpec): readonly [low: number, high: number] {
  const [least, greatest] = type === 'int' ? [-2_147_483_648, 2_147_483_647] : [0, 4_294_967_295];
  const [low = least, high = greatest] = limits ?? [];
  return [low, high];
}
