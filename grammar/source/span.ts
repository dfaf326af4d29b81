/**
 * A place in a source file, for people: lines and columns count from 1, columns in UTF-16 code units.
 * `endColumn` is the column after the last character. `file` is the name of the source as artefacts print it.
 */
export interface Span {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Sorts spans as a reader meets them: by file, then line, then column. */
export function compareSpans(a: Span, b: Span): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

/** The smallest span from the start of `first` to the end of `last`; both in one file. */
export function spanBetween(first: Span, last: Span): Span {
  const { file, line, column } = first;
  return { file, line, column, endLine: last.endLine, endColumn: last.endColumn };
}
