import { entryShapes, findToken } from '../../grammar/directives/entries.ts';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import { type PlacedKeyword, placedKeywords } from '../../grammar/directives/placed-keywords.ts';
import type { DirectiveTable } from '../../grammar/directives/spec.ts';
import { suggestElsewhere, suggestKeyword } from '../../grammar/directives/suggest.ts';

/** The keywords that `priority` or `vrrp_instance/priority` means: in every block that knows it. */
export function findKeywords(word: string): PlacedKeyword[] {
  const wanted = word.split('/');
  return placedKeywords().filter(({ path }) => {
    const end = path.slice(-wanted.length);
    return end.length === wanted.length && end.every((part, index) => part === wanted[index]);
  });
}

/** The lists whose lines know a word, such as `brd`: virtual_ipaddress and others. */
export function listsKnowing(word: string): PlacedKeyword[] {
  return placedKeywords().filter(({ spec }) => spec.entry && findToken(entryShapes[spec.entry], word));
}

/** A word of a list that is written with a dash, such as `-nodad`, for one without it. */
export function suggestOption(word: string): string | undefined {
  return listsKnowing(`-${word}`).length > 0 ? `-${word}` : undefined;
}

/** What a word that is no keyword may have meant, by its path; nothing where no keyword is near. */
export function suggestKeywords(word: string): readonly string[] {
  const parts = word.split('/');
  const last = parts.at(-1) ?? '';
  if (last === '') return [];
  const inBlock = suggestKeyword(last, parts.length > 1 ? tableAround(parts) : []);
  if (inBlock !== undefined) return [[...parts.slice(0, -1), inBlock].join('/')];
  const homes = suggestElsewhere(last);
  if (homes.length > 0)
    return homes.map(({ keyword, block }) => (block === '' ? keyword : `${block}/${keyword}`));
  // Names that the manual prints and no parser knew are far from what they mean.
  return placedKeywords().flatMap(({ path, spec }) => {
    const meant = spec.children && suggestKeyword(last, spec.children);
    return meant === undefined ? [] : [[...path, meant].join('/')];
  });
}

/** The table that a path's keyword stands in. */
export function tableAround(path: readonly string[]): DirectiveTable {
  return path
    .slice(0, -1)
    .reduce<DirectiveTable>((table, keyword) => lookUp(table, keyword)?.children ?? [], rootTable);
}
