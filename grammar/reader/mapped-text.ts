import type { Span } from '../source/span.ts';

/**
 * A stretch of a text and where it came from. A verbatim run maps character by character;
 * any other (an expanded definition) maps to the one place where the author wrote its name.
 */
interface Run {
  /** Where it starts in the text. */
  readonly start: number;
  readonly place: Span;
  readonly verbatim: boolean;
}

/** One line of text that remembers, through cutting and substitution, where each character came from. */
export interface MappedText {
  readonly text: string;
  readonly runs: readonly Run[];
}

/** A text as it stands in a file, from `column` of `line` on. */
export function verbatimText(text: string, file: string, line: number, column = 1): MappedText {
  const place = { file, line, column, endLine: line, endColumn: column + text.length };
  return { text, runs: [{ start: 0, place, verbatim: true }] };
}

/** A text that stands in no file: all of it belongs to `place`. */
export function expandedText(text: string, place: Span): MappedText {
  return { text, runs: [{ start: 0, place, verbatim: false }] };
}

export function sliceMapped(mapped: MappedText, from: number, to = mapped.text.length): MappedText {
  if (from === 0 && to === mapped.text.length) return mapped;
  const [only] = mapped.runs;
  // Nearly every line of a file is one run: no loop for it.
  if (only && mapped.runs.length === 1) {
    const place = advance(only, from);
    return { text: mapped.text.slice(from, to), runs: [{ start: 0, place, verbatim: only.verbatim }] };
  }
  const runs: Run[] = [];
  mapped.runs.forEach((run, index) => {
    const end = mapped.runs[index + 1]?.start ?? mapped.text.length;
    if (end <= from || run.start >= to) return;
    const skipped = Math.max(0, from - run.start);
    runs.push({ start: Math.max(0, run.start - from), place: advance(run, skipped), verbatim: run.verbatim });
  });
  const first = mapped.runs[0];
  if (runs.length === 0 && first) runs.push({ ...first, start: 0 });
  return { text: mapped.text.slice(from, to), runs };
}

export function concatMapped(parts: readonly MappedText[]): MappedText {
  let text = '';
  const runs: Run[] = [];
  for (const part of parts) {
    for (const run of part.runs) runs.push({ ...run, start: run.start + text.length });
    text += part.text;
  }
  return { text, runs };
}

/** The place in the input of the characters `from` to `to` of a mapped text. */
export function mappedSpan(mapped: MappedText, from: number, to: number): Span {
  const [run] = mapped.runs;
  if (mapped.runs.length === 1 && run?.verbatim) {
    const { file, line, column, endLine } = run.place;
    const [start, end] = [column + from, column + Math.max(from, to - 1) + 1];
    return { file, line, column: start, endLine, endColumn: end };
  }
  const first = placeAt(mapped, from, false);
  const last = placeAt(mapped, Math.max(from, to - 1), true);
  // A stretch that began in one file and ended in another (a definition over a line end) is shown by its start.
  if (first.file !== last.file || last.endLine < first.line) return first;
  return { ...first, endLine: last.endLine, endColumn: Math.max(last.endColumn, first.column) };
}

function placeAt(mapped: MappedText, offset: number, atEnd: boolean): Span {
  let found = mapped.runs[0];
  for (const run of mapped.runs) {
    if (run.start > offset) break;
    found = run;
  }
  if (!found) throw new Error('a mapped text has no place');
  if (!found.verbatim) return found.place;
  const column = found.place.column + (offset - found.start);
  return { ...found.place, column, endColumn: column + (atEnd ? 1 : 0) };
}

function advance(run: Run, characters: number): Span {
  if (!run.verbatim || characters === 0) return run.place;
  const { file, line, column, endLine, endColumn } = run.place;
  return { file, line, column: column + characters, endLine, endColumn };
}
