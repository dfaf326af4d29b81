import { rootTable } from './root.ts';
import type { DirectiveSpec, DirectiveTable } from './spec.ts';

/** A keyword with the keywords of the blocks around it, outermost first, itself last. */
export interface PlacedKeyword {
  readonly path: readonly string[];
  readonly spec: DirectiveSpec;
}

/** Every keyword of the language, in the order of its tables. */
export function placedKeywords(): PlacedKeyword[] {
  return placed(rootTable, []);
}

function placed(table: DirectiveTable, block: readonly string[]): PlacedKeyword[] {
  return table.flatMap((spec) => {
    const path = [...block, spec.keyword];
    return [{ path, spec }, ...placed(spec.children ?? [], path)];
  });
}
