import type { EntryShape } from '../../grammar/directives/entries/entry-shape.ts';
import { entryShapes, findToken, isTrackKeyword, trackWeights } from '../../grammar/directives/entries.ts';
import type { PlacedKeyword } from '../../grammar/directives/placed-keywords.ts';
import {
  missingWordInWords,
  rangeInWords,
  releasesInWords,
  repeatInWords,
  shapeInWords,
  tokenInWords,
  tokenShape,
} from '../../grammar/directives/row-in-words.ts';
import type { DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';
import { dispositionOf } from '../pacemaker/dispositions/index.ts';
import { tableAround } from './find-keyword.ts';
import { wrapText } from './wrap-text.ts';

const columns = 92;

/**
 * All that the tables know of the keywords of one name: a page each, in lines of at most 92 characters. Blocks in which a
 * keyword is the same share a page.
 */
export function keywordPages(placed: readonly PlacedKeyword[]): string {
  const pages = new Map<
    string,
    { readonly head: readonly string[]; readonly body: string; readonly blocks: string[] }
  >();
  for (const { path, spec } of placed) {
    const head = wrapText(shapeInWords(spec), columns, '  ');
    const known = [...facts(spec, tableAround(path)), ...inside(spec), ...inPacemaker(path, spec)];
    const body = ['', ...wrapText(spec.meaning, columns), '', ...known, ''].join('\n');
    const block = path.slice(0, -1).join('/');
    const key = [...head, body].join('\n');
    const same = pages.get(key);
    if (same) same.blocks.push(block);
    else pages.set(key, { head, body, blocks: [block] });
  }
  return [...pages.values()]
    .map(({ head, body, blocks }) => {
      const where = blocks[0] === '' ? 'outside all blocks' : `in ${blocks.join(', ')}`;
      return [...head, ...indented(where), body].join('\n');
    })
    .join('\n');
}

/** What a word of an entry means in each list that knows it. */
export function tokenPages(word: string, lists: readonly PlacedKeyword[]): string {
  const pages = new Map<string, string[]>();
  for (const { path, spec } of lists) {
    const found = spec.entry && findToken(entryShapes[spec.entry], word);
    if (!found) continue;
    const text = wrapText(tokenInWords(found), columns).join('\n');
    const key = `${tokenShape(found)}\n${text}`;
    pages.set(key, [...(pages.get(key) ?? []), path.join('/')]);
  }
  return [...pages]
    .map(([key, blocks]) => {
      const [shape = '', ...text] = key.split('\n');
      return [shape, ...indented(`in a line of ${blocks.join(', ')}`), '', ...text, ''].join('\n');
    })
    .join('\n');
}

function indented(text: string, indent = ''): string[] {
  return wrapText(text, columns - 2, indent).map((line) => `  ${line}`);
}

function facts(spec: DirectiveSpec, siblings: DirectiveTable): string[] {
  const spellings = siblings.filter(({ aliasOf }) => aliasOf === spec.keyword).map(({ keyword }) => keyword);
  const weights =
    spec.entry === 'track' && isTrackKeyword(spec.keyword) ? trackWeights[spec.keyword] : undefined;
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Kind', spec.body === 'nothing' ? spec.type : undefined],
    ['Range', rangeInWords(spec)],
    ['Weights', weights && `${weights.min}..${weights.max}`],
    ['Default', spec.default],
    ['No value', missingWordInWords(spec)],
    ['Repeated', repeatInWords(spec)],
    ['Known', releasesInWords(spec)],
    ['Same as', spec.aliasOf],
    ['Also', spellings.join(', ') || undefined],
    ['Status', spec.deprecated && 'deprecated'],
    ['Note', spec.notes],
  ];
  return rows.flatMap(([label, text]) => (text === undefined ? [] : labelled(label, text)));
}

function labelled(label: string, text: string): string[] {
  return indented(`${label.padEnd(10)}${text}`, ' '.repeat(10));
}

/** The keywords of a block, or the words of an entry. */
function inside({ children, entry, body }: DirectiveSpec): string[] {
  if (children) return ['', 'Holds:', ...indented(children.map(({ keyword }) => keyword).join(' '))];
  if (entry) return ['', ...entryLines(entryShapes[entry])];
  return body === 'words' ? ['', 'Holds words; line breaks between them do not matter.'] : [];
}

function entryLines({ form, tokens, unknownWord, notes }: EntryShape): string[] {
  const other = tokens.length === 0 ? [] : [`Any other word ${unknownWord}.`];
  return [
    ...wrapText(`Each line: ${form}`, columns, '  '),
    ...tokens.flatMap((token) => indented(`${tokenShape(token)}: ${tokenInWords(token)}`, '    ')),
    ...other,
    ...(notes === undefined ? [] : wrapText(`${notes}.`, columns)),
  ];
}

function inPacemaker(path: readonly string[], { until }: DirectiveSpec): string[] {
  if (until !== undefined) return [];
  const { fate, reason, wayOut } = dispositionOf(path);
  const words = wayOut === undefined ? [reason] : [reason, `Way out: ${wayOut}`];
  return ['', `In Pacemaker: ${fate}`, ...words.flatMap((text) => indented(text))];
}
