import type { Release } from '../source/release.ts';
import { entryIn } from '../source/table-entry.ts';
import { isKnownTo, lookUp } from './index.ts';
import { misprintedKeywords } from './misprinted.ts';
import { rootTable } from './root.ts';
import type { DirectiveSpec, DirectiveTable } from './spec.ts';

/** A keyword and the block that knows it: `vrrp_instance`, `virtual_server/real_server`; empty for the top level. */
export interface KeywordHome {
  readonly keyword: string;
  readonly block: string;
}

/**
 * The keyword of a block that was probably meant by a word the block does not know; undefined if none is near. With a
 * release, one that it knows.
 * Near is: equal but for case and dashes, or up to two edits away (one in a word of up to three letters).
 */
export function suggestKeyword(word: string, table: DirectiveTable, release?: Release): string | undefined {
  const meant = entryIn(misprintedKeywords, word);
  if (meant !== undefined && lookUp(table, meant, release)) return meant;
  return nearest(word, known(table, release))?.keyword;
}

/**
 * The blocks where a word belongs that stands in the wrong one, in the order of the tables.
 * If no block knows the word, those of the keyword that is nearest to it; none if no keyword is near.
 */
export function suggestElsewhere(word: string, release?: Release): readonly KeywordHome[] {
  const homes = homesOf(word, release);
  if (homes.length > 0) return homes;
  const near = nearest(word, known(allSpecs(), release));
  return near ? homesOf(near.keyword, release) : [];
}

function homesOf(word: string, release?: Release): readonly KeywordHome[] {
  const places = allHomes().get(word) ?? [];
  return places.flatMap(({ home, spec }) => (release && !isKnownTo(release, spec) ? [] : [home]));
}

function known(specs: Iterable<DirectiveSpec>, release: Release | undefined): DirectiveSpec[] {
  return [...specs].filter((spec) => release === undefined || isKnownTo(release, spec));
}

/** The one of some names that a misspelt one was probably meant to be; undefined if none is near. */
export function similarWord(word: string, names: readonly string[]): string | undefined {
  const limit = Math.min(2, Math.floor(word.length / 3));
  const letters = (text: string) => fold(text).replace(/\d+/g, '');
  // chk1 and chk2 are two names, not one and its misspelling.
  const candidates = names.filter((name) => !/\d/.test(word + name) || letters(name) !== letters(word));
  const distances = candidates.map((name) => ({
    name,
    distance: editDistance(fold(word), fold(name), limit),
  }));
  const [best, second] = distances
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance < (second?.distance ?? limit + 1) ? best.name : undefined;
}

function nearest(word: string, candidates: Iterable<DirectiveSpec>): DirectiveSpec | undefined {
  const folded = fold(word);
  let best: DirectiveSpec | undefined;
  let bestDistance = folded.length <= 3 ? 2 : 3;
  for (const spec of candidates) {
    const distance = editDistance(folded, fold(spec.keyword), bestDistance);
    const closer = distance < bestDistance;
    // An old spelling yields to a current one at the same distance.
    if (closer || (distance === bestDistance && best?.deprecated && !spec.deprecated)) {
      best = spec;
      bestDistance = distance;
    }
  }
  return best;
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll('-', '_');
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; `limit + 1` if more than `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return Math.min(last[b.length] ?? 0, limit + 1);
}

interface Place {
  readonly home: KeywordHome;
  readonly spec: DirectiveSpec;
}

let homes: ReadonlyMap<string, readonly Place[]> | undefined;

function allHomes(): ReadonlyMap<string, readonly Place[]> {
  if (homes) return homes;
  const found = new Map<string, Place[]>();
  const visit = (table: DirectiveTable, block: string) => {
    for (const spec of table) {
      const { keyword, children } = spec;
      const places = found.get(keyword) ?? [];
      places.push({ home: { keyword, block }, spec });
      found.set(keyword, places);
      if (children) visit(children, block === '' ? keyword : `${block}/${keyword}`);
    }
  };
  visit(rootTable, '');
  homes = found;
  return found;
}

function* allSpecs(table: DirectiveTable = rootTable): Generator<DirectiveSpec> {
  for (const spec of table) {
    yield spec;
    if (spec.children) yield* allSpecs(spec.children);
  }
}
