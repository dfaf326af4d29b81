import { entryShapes, findToken } from '../../grammar/directives/entries.ts';
import { lookUp, removedKeywords, rootTable } from '../../grammar/directives/index.ts';
import { type PlacedKeyword, placedKeywords } from '../../grammar/directives/placed-keywords.ts';
import { misprintedKeywords } from '../../grammar/directives/removed.ts';
import type { DirectiveTable } from '../../grammar/directives/spec.ts';
import { suggestElsewhere } from '../../grammar/directives/suggest.ts';

/** The keywords that `priority` or `vrrp_instance/priority` means: in every block that knows it, former ones included. */
export function findKeywords(word: string): PlacedKeyword[] {
  const wanted = word.split('/');
  const former = removedKeywords.map((spec) => ({ path: [spec.block, spec.keyword], spec }));
  return [...placedKeywords(), ...former].filter(({ path }) => {
    const end = path.slice(-wanted.length);
    return end.length === wanted.length && end.every((part, index) => part === wanted[index]);
  });
}

/** The lists whose lines know a word, such as `brd`: virtual_ipaddress and others. */
export function listsKnowing(word: string): PlacedKeyword[] {
  return placedKeywords().filter(({ spec }) => spec.entry && findToken(entryShapes[spec.entry], word));
}

/** What a word that is no keyword may have meant, with its block where it was given one. */
export function suggestKeywords(word: string): readonly string[] {
  const last = word.split('/').at(-1) ?? '';
  const meant = Object.hasOwn(misprintedKeywords, last) ? misprintedKeywords[last] : undefined;
  const homes = suggestElsewhere(meant ?? last);
  return homes.map(({ keyword, block }) => (block === '' ? keyword : `${block}/${keyword}`));
}

/** The table that a path's keyword stands in. */
export function tableAround(path: readonly string[]): DirectiveTable {
  return path
    .slice(0, -1)
    .reduce<DirectiveTable>((table, keyword) => lookUp(table, keyword)?.children ?? [], rootTable);
}
