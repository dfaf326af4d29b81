import { readFileSync } from 'node:fs';
import { rootTable } from '../../grammar/directives/index.ts';
import type { DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';

/** A keyword of the tables with the keywords of the blocks around it, outermost first, itself last. */
export interface PlacedKeyword {
  readonly path: readonly string[];
  readonly spec: DirectiveSpec;
}

/** The paths that the daemon's sources install, from 1.2.1 to what follows 2.4.3: `vrrp_instance/priority`. */
export const knownPaths: readonly string[] = readFileSync(
  new URL('./keyword-paths.txt', import.meta.url),
  'utf8',
)
  .trim()
  .split('\n');

const all = placed(rootTable, []);

/** Every keyword of the tables that the newest release knows or the next one will, in their order. */
export const placedKeywords: readonly PlacedKeyword[] = all.filter(({ spec }) => spec.until === undefined);

/** Keywords that old releases knew. */
export const removedKeywords: readonly PlacedKeyword[] = all.filter(({ spec }) => spec.until !== undefined);

function placed(table: DirectiveTable, block: readonly string[]): PlacedKeyword[] {
  return table.flatMap((spec) => {
    const path = [...block, spec.keyword];
    return [{ path, spec }, ...placed(spec.children ?? [], path)];
  });
}
