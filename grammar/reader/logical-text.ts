import type { Span } from '../source/span.ts';
import { type MappedText, mappedSpan } from './mapped-text.ts';

/**
 * What the daemon's line reader makes of a configuration: includes read, comments gone, conditions applied,
 * definitions written out, every `{` and `}` outside quotes on a line of its own. Blank lines are gone.
 */
export interface LogicalText {
  /** All lines, each ended by a line feed. */
  readonly text: string;
  /** Line `i` of `text`, with its way back to the files. */
  readonly lines: readonly MappedText[];
}

/** A line of the input that the reader itself used up, so that it never reaches the parser. */
export interface ReaderLine {
  readonly kind: 'definition' | 'include' | 'condition' | 'sequence';
  /** What it was, without its value: `$NAME`, `include conf.d/x.conf`, `@lb2`. */
  readonly label: string;
  /** False when the daemon passes it over (a condition that does not hold, a file that is not there). */
  readonly effective: boolean;
  readonly span: Span;
}

export function logicalText(lines: readonly MappedText[]): LogicalText {
  return { text: lines.map((line) => `${line.text}\n`).join(''), lines };
}

/** The place in the input of `length` characters from `column` (from 0) of logical line `line` (from 0). */
export function placeOf(logical: LogicalText, line: number, column: number, length: number): Span {
  const mapped = logical.lines[line];
  if (!mapped) throw new Error(`the logical text has no line ${line}`);
  return mappedSpan(mapped, column, column + length);
}
