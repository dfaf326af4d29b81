import { readFileSync } from 'node:fs';
import { placedKeywords as placed } from '../../grammar/directives/placed-keywords.ts';

export type { PlacedKeyword } from '../../grammar/directives/placed-keywords.ts';

/** The paths that the daemon's sources install, from 1.2.1 to what follows 2.4.3: `vrrp_instance/priority`. */
export const knownPaths: readonly string[] = readFileSync(
  new URL('./keyword-paths.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

/** Every keyword of the tables, in their order. */
export const placedKeywords = placed();
