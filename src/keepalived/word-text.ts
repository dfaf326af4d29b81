import type { Directive, Word } from '../../grammar/ast/nodes.ts';
import { type Span, spanBetween } from '../../grammar/source/span.ts';

/** The word as it stands in the file; undefined where a definition was written out there. */
export function sourceText(word: Word): string | undefined {
  const text = word.quoted ? `"${word.value}"` : word.value;
  return isWidth(word.span, text.length) ? text : undefined;
}

/** Some words in a row: their place, and the text between the first and the last, if it stands so in the file. */
export function stretch(
  { text, words }: Directive,
  first: number,
  last: number,
): { at: Span; text: string } | undefined {
  const [from, to] = [words[first], words[last]];
  if (!from || !to || from.span.file !== to.span.file || from.span.line !== to.span.line) return undefined;
  const at = spanBetween(from.span, to.span);
  const start = offsetOf(words, first, text);
  const stretchText = text.slice(start, start + at.endColumn - at.column);
  const isWhole = words.slice(first, last + 1).every((word) => sourceText(word) !== undefined);
  return isWhole && stretchText.endsWith(sourceText(to) ?? '') ? { at, text: stretchText } : undefined;
}

function offsetOf(words: readonly Word[], index: number, text: string): number {
  let offset = 0;
  for (const [position, word] of words.entries()) {
    const found = text.indexOf(word.quoted ? `"${word.value}"` : word.value, offset);
    if (found < 0) return 0;
    if (position === index) return found;
    offset = found + word.value.length;
  }
  return offset;
}

/** Blanks to put before a line of its own below this place. */
export function indentOf(at: Span): string {
  return ' '.repeat(at.column - 1);
}

function isWidth({ line, endLine, column, endColumn }: Span, width: number): boolean {
  return line === endLine && endColumn - column === width;
}
