import {
  type EntryShape,
  entryShapes,
  isTrackKeyword,
  trackWeights,
} from '../../grammar/directives/entries.ts';
import { rootTable } from '../../grammar/directives/index.ts';
import { type PlacedKeyword, placedKeywords } from '../../grammar/directives/placed-keywords.ts';
import {
  missingWordInWords,
  rangeInWords,
  shapeInWords,
  tokenInWords,
  tokenShape,
} from '../../grammar/directives/row-in-words.ts';
import type { DirectiveSpec, DirectiveTable, EntryKind } from '../../grammar/directives/spec.ts';
import { type Blocks, markdownTable } from './marked-blocks.ts';

/** The tables of docs/keywords.md: one for each block, in the order of the language's own, and one for each kind of entry. */
export function keywordBlocks(): Blocks {
  const all = placedKeywords();
  const blocks = all.filter(({ spec }) => spec.children !== undefined);
  const sections = blocks.map(({ path, spec }) =>
    [
      `### ${path.join('/')}`,
      `${escaped(spec.meaning)}${notesOf(spec)}`,
      keywordTable(spec.children ?? []),
    ].join('\n\n'),
  );
  const lists = Object.entries(entryShapes).map(([kind, shape]) =>
    entrySection(kind as EntryKind, shape, all),
  );
  return {
    contents: blocks.map(({ path }) => linkTo(path.join('/'))).join(' · '),
    keywords: ['### Outside all blocks', keywordTable(rootTable), ...sections].join('\n\n'),
    entries: lists.join('\n\n'),
  };
}

/** As GitHub makes anchors of headings. */
function linkTo(heading: string): string {
  return `[${heading}](#${heading.toLowerCase().replaceAll('/', '')})`;
}

function keywordTable(table: DirectiveTable): string {
  const rows = table.map((spec) => [
    `\`${shapeInWords(spec)}\``,
    escaped(rangeInWords(spec) ?? ''),
    escaped(spec.default ?? ''),
    releases(spec),
    `${escaped(spec.meaning)}${spellingOf(spec)}${oddRepeat(spec)}${missing(spec)}${weightsOf(spec)}${spec.children ? '' : notesOf(spec)}`,
  ]);
  return markdownTable(['Keyword', 'Range', 'Default', 'Since', 'Meaning'], rows);
}

function releases({ since, until }: DirectiveSpec): string {
  const first = since.replace('<=', '≤ ').replace('>', '> ');
  return until === undefined ? first : `${first}, until ${until}`;
}

function spellingOf({ aliasOf, deprecated, meaning }: DirectiveSpec): string {
  const same = aliasOf === undefined || meaning.includes(aliasOf) ? '' : ` The same as \`${aliasOf}\`.`;
  return deprecated ? `${same} *Deprecated.*` : same;
}

/** The usual, that the last of several counts, is said once at the head of the document. */
function oddRepeat({ body, repeat }: DirectiveSpec): string {
  if (repeat === (body === 'nothing' ? 'last-wins' : 'adds-up')) return '';
  return repeat === 'first-wins' ? ' *The first counts.*' : ' *The last counts.*';
}

/** The usual, that the daemon exits, too. */
function missing(spec: DirectiveSpec): string {
  const ignored = spec.body === 'nothing' && spec.minArgs === 0 && missingWordInWords(spec) !== undefined;
  return ignored ? ' *Ignored without a value.*' : '';
}

function weightsOf({ keyword, entry }: DirectiveSpec): string {
  if (entry !== 'track' || !isTrackKeyword(keyword)) return '';
  const { min, max } = trackWeights[keyword];
  return ` Weights are ${min}..${max}.`;
}

function notesOf({ notes }: DirectiveSpec): string {
  return notes === undefined ? '' : ` ${sentence(notes)}`;
}

/** Keywords and options keep their small letters. */
function sentence(text: string): string {
  const begun = /^[a-z]+(?: |$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return `${escaped(begun)}.`;
}

function entrySection(kind: EntryKind, shape: EntryShape, all: readonly PlacedKeyword[]): string {
  const lists = all.filter(({ spec }) => spec.entry === kind).map(({ path }) => `\`${path.join('/')}\``);
  const rows = shape.tokens.map((token) => [`\`${tokenShape(token)}\``, escaped(tokenInWords(token))]);
  return [
    `### ${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('-', ' ')}`,
    `In ${lists.join(', ')}: \`${shape.form}\``,
    ...(rows.length > 0 ? [markdownTable(['Word', 'Meaning'], rows)] : []),
    `Any other word ${shape.unknownWord}.${shape.notes === undefined ? '' : ` ${sentence(shape.notes)}`}`,
  ].join('\n\n');
}

function escaped(text: string): string {
  return text.replace(/[<>*]/g, '\\$&');
}
