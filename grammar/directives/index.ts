import type { DirectiveSpec, DirectiveTable } from './spec.ts';

export { removedKeywords } from './removed.ts';
export { rootTable } from './root.ts';

const indexes = new WeakMap<DirectiveTable, ReadonlyMap<string, DirectiveSpec>>();

/** What a table says of a keyword, or undefined when the daemon does not know the keyword in that block. */
export function lookUp(table: DirectiveTable, keyword: string): DirectiveSpec | undefined {
  let index = indexes.get(table);
  if (!index) {
    index = new Map(table.map((spec) => [spec.keyword, spec]));
    indexes.set(table, index);
  }
  return index.get(keyword);
}
