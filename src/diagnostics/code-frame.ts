import type { Span } from '../../grammar/source/span.ts';
import { characterWidth, displayWidth } from './display-width.ts';
import { visibleLine } from './visible-text.ts';

/** Tabs are drawn as blanks up to the next stop, so that the underline sits where the reader sees the word. */
const tabStop = 4;
/** Columns of source text that a frame shows at most; a longer line is cut around the place. */
const frameColumns = 100;
/** Lines above the place: enough to see the block that it stands in. */
const linesAbove = 2;

export interface FrameLine {
  /** Width of the column is the caller's affair: the number, or nothing for the line with the underline. */
  readonly gutter: string;
  readonly text: string;
  readonly kind: 'source' | 'underline';
}

/**
 * The lines of a source around a place, and the underline below the place itself.
 * Empty when the source has no such line.
 */
export function codeFrame(lines: readonly string[], at: Span, context = linesAbove): readonly FrameLine[] {
  const target = lines[at.line - 1];
  if (target === undefined) return [];
  const frame: FrameLine[] = [];
  for (let line = Math.max(1, at.line - context); line < at.line; line++) {
    const text = cutAfter(draw(lines[line - 1] ?? ''), frameColumns);
    if (text.trim() !== '' || frame.length > 0) frame.push({ gutter: `${line}`, text, kind: 'source' });
  }
  const lastColumn = at.endLine > at.line ? target.length + 1 : Math.max(at.endColumn, endOfWord(target, at));
  const marked = markedLine(target, at.column, lastColumn);
  frame.push({ gutter: `${at.line}`, text: marked.text, kind: 'source' });
  frame.push({ gutter: '', text: marked.underline, kind: 'underline' });
  return frame;
}

/** A place without a length stands for the word that starts there: a plan keeps only where a directive begins. */
function endOfWord(line: string, { column, endColumn }: Span): number {
  if (endColumn > column) return 0;
  return column + (/^\S*/.exec(line.slice(column - 1))?.[0].length ?? 0);
}

/** One source line as a terminal shows it: tabs as blanks, hidden characters written out. */
function draw(line: string): string {
  let drawn = '';
  let columns = 0;
  for (const character of line.replace(/\r$/, '')) {
    const shown = character === '\t' ? ' '.repeat(tabStop - (columns % tabStop)) : visibleLine(character);
    drawn += shown;
    columns += displayWidth(shown);
  }
  return drawn;
}

function markedLine(line: string, column: number, endColumn: number): { text: string; underline: string } {
  const before = draw(line.slice(0, column - 1));
  const whole = draw(line);
  const start = displayWidth(before);
  const end = Math.max(displayWidth(draw(line.slice(0, Math.max(column, endColumn - 1)))), start + 1);
  // The place stays in view with a third of the line before it; what is cut is marked.
  const skip = end <= frameColumns ? 0 : Math.max(0, start - Math.floor(frameColumns / 3));
  const text = (skip > 0 ? '…' : '') + cutAfter(cutBefore(whole, skip), frameColumns);
  const shift = skip > 0 ? 1 - skip : 0;
  const length = Math.max(1, Math.min(end - start, frameColumns - (start - skip)));
  return { text, underline: ' '.repeat(start + shift) + '~'.repeat(length) };
}

function cutBefore(text: string, columns: number): string {
  let passed = 0;
  let offset = 0;
  for (const character of text) {
    if (passed >= columns) break;
    passed += characterWidth(character);
    offset += character.length;
  }
  return ' '.repeat(Math.max(0, passed - columns)) + text.slice(offset);
}

function cutAfter(text: string, columns: number): string {
  let shown = 0;
  let offset = 0;
  for (const character of text) {
    shown += characterWidth(character);
    if (shown > columns) return `${text.slice(0, offset)}…`;
    offset += character.length;
  }
  return text;
}
