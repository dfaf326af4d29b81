import { readFileSync } from 'node:fs';
import { type PlacedKeyword, placedKeywords as placed } from '../../grammar/directives/placed-keywords.ts';

export type { PlacedKeyword };

/** The paths that the daemon's sources install, from 1.2.1 to what follows 2.4.3: `vrrp_instance/priority`. */
export const knownPaths: readonly string[] = readFileSync(
  new URL('./keyword-paths.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

const all = placed();

/** Every keyword of the tables that the newest release knows or the next one will, in their order. */
export const placedKeywords: readonly PlacedKeyword[] = all.filter(({ spec }) => spec.until === undefined);

/** Keywords that old releases knew. */
export const removedKeywords: readonly PlacedKeyword[] = all.filter(({ spec }) => spec.until !== undefined);
