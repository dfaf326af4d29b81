import { trimmed } from './comments.ts';
import type { FormName } from './forms.ts';
import { concatMapped, expandedText, type MappedText, mappedSpan, sliceMapped } from './mapped-text.ts';

/** What the braces make of a line. */
export interface BracedLine {
  /** Lines of the logical text; a brace that counts is one by itself. */
  readonly lines: readonly MappedText[];
  /** What is left is looked at as a line of its own. */
  readonly rest?: MappedText;
  /** A form that the release does not take, and where. */
  readonly odd?: { readonly form: FormName; readonly at: MappedText };
}

/** Cuts a line at its first brace outside quotes, as the daemon does from 1.4 on. */
export function cutAtBrace(line: MappedText): BracedLine {
  const brace = firstBrace(line.text);
  if (brace < 0) return { lines: [line] };
  const before = trimmed(sliceMapped(line, 0, brace));
  const rest = trimmed(sliceMapped(line, brace + 1));
  return {
    lines: [...(before.text === '' ? [] : [before]), sliceMapped(line, brace, brace + 1)],
    ...(rest.text !== '' && { rest }),
  };
}

/**
 * The braces of a line before 1.4 (measured with 1.2.19, 1.2.24 and 1.3.9): a } closes a block if it is the first word of
 * its line, whatever follows; the daemon enters a block at its keyword, whether or not there is a {, and takes the words
 * behind the keyword's line for the inside of no block.
 */
export function bracesBefore14(line: MappedText): BracedLine {
  const { text } = line;
  const closing = /^\}(?=[ \t\f\v\r]|$)/.exec(text);
  if (closing) {
    const brace = sliceMapped(line, 0, 1);
    return { lines: [brace], ...(text.length > 1 && { odd: { form: 'closingBrace', at: line } }) };
  }
  const opening = firstLoneBrace(text);
  if (opening >= 0) {
    const [before, brace] = [trimmed(sliceMapped(line, 0, opening)), sliceMapped(line, opening, opening + 1)];
    const lines = before.text === '' ? [brace] : [before, brace];
    const dropped = trimmed(sliceMapped(line, opening + 1));
    return { lines, ...(dropped.text !== '' && { odd: { form: 'oneLineBlock', at: dropped } }) };
  }
  if (/[^ \t"]\{$/.test(text)) {
    const brace = sliceMapped(line, text.length - 1);
    return { lines: [line, brace], odd: { form: 'gluedBrace', at: line } };
  }
  // A } at the end of a line would be one by itself to the parser: in quotes it is the word that it is to the daemon.
  if (!/(?:^|[ \t])\}$/.test(text)) return { lines: [line] };
  const at = mappedSpan(line, text.length - 1, text.length);
  const kept = concatMapped([sliceMapped(line, 0, text.length - 1), expandedText('"}"', at)]);
  return { lines: [kept], odd: { form: 'closingBrace', at: line } };
}

/** Offset of the first `{` or `}` outside double quotes; -1 without one. */
function firstBrace(text: string): number {
  let quoted = false;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === '{' || character === '}')) return offset;
  }
  return -1;
}

/** Offset of the first `{` that is a word by itself; -1 without one. */
function firstLoneBrace(text: string): number {
  for (let from = firstBrace(text); from >= 0; ) {
    const alone = /[ \t\f\v\r]|^$/.test(text[from - 1] ?? '') && /[ \t\f\v\r]|^$/.test(text[from + 1] ?? '');
    if (text[from] === '{' && alone) return from;
    const next = firstBrace(text.slice(from + 1));
    from = next < 0 ? -1 : from + 1 + next;
  }
  return -1;
}
