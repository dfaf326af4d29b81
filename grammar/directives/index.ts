import { isAtLeast, type Release } from '../source/release.ts';
import type { DirectiveSpec, DirectiveTable } from './spec.ts';

export { rootTable } from './root.ts';

const indexes = new WeakMap<DirectiveTable, ReadonlyMap<string, DirectiveSpec>>();

/**
 * What a table says of a keyword, or undefined when the daemon of this release does not know the keyword in that block.
 * Without a release: of any keyword that some release knows.
 */
export function lookUp(table: DirectiveTable, keyword: string, release?: Release): DirectiveSpec | undefined {
  let index = indexes.get(table);
  if (!index) {
    index = new Map(table.map((spec) => [spec.keyword, spec]));
    indexes.set(table, index);
  }
  const spec = index.get(keyword);
  return spec && (release === undefined || isKnownTo(release, spec)) ? spec : undefined;
}

/** Whether a release knows something that was added in one release and maybe removed after another. */
export function isKnownTo(
  release: Release,
  { since, until }: { readonly since?: string; readonly until?: Release },
): boolean {
  if (until !== undefined && release !== until && isAtLeast(release, until)) return false;
  const first = firstRelease(since);
  return first === undefined ? since === undefined || since.startsWith('<=') : isAtLeast(release, first);
}

/** The release that `since` names; undefined where that is older than all, or not released yet. */
export function firstRelease(since: string | undefined): Release | undefined {
  return since === undefined || /^[<>]/.test(since) ? undefined : (since as Release);
}
