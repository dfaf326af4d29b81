import type { Diagnostic, Note, Severity } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import type { ShownSource } from '../translation.ts';
import { codeFrame } from './code-frame.ts';
import { type Colours, noColours } from './colours.ts';
import { countSeverities, countsInWords } from './counts.ts';
import { visibleLine, visibleText } from './visible-text.ts';

export interface HumanOptions {
  /** The texts that frames are cut from. */
  readonly sources?: readonly ShownSource[];
  readonly colours?: Colours;
}

/**
 * How many findings of one code are shown in full; the others follow in one line each. People stop reading a flood,
 * and a file with one habit repeats it in every block. Machines get everything: see the other renderers.
 */
const shownInFull: Record<Severity, number> = { error: 10, warning: 3, note: 2 };
/** How many more of one code get a line each. Errors all do: each has to be repaired. */
const listed: Record<Severity, number> = { error: Number.POSITIVE_INFINITY, warning: 10, note: 5 };

const margin = '   ';

interface Drawing {
  readonly sources: ReadonlyMap<string, readonly string[]>;
  readonly colours: Colours;
}

/** The diagnostics, in the order given, as a person reads them in a terminal or a log; empty when there are none. */
export function renderHuman(diagnostics: readonly Diagnostic[], options: HumanOptions = {}): string {
  if (diagnostics.length === 0) return '';
  const sources = new Map((options.sources ?? []).map((source) => [source.name, source.lines]));
  const drawing: Drawing = { sources, colours: options.colours ?? noColours };
  const groups = new Map<string, { full: number; rest: Diagnostic[] }>();
  const blocks: string[] = [];
  for (const diagnostic of diagnostics) {
    const key = `${diagnostic.severity} ${diagnostic.code}`;
    const group = groups.get(key) ?? { full: 0, rest: [] };
    groups.set(key, group);
    if (group.full++ < shownInFull[diagnostic.severity]) blocks.push(renderBlock(diagnostic, drawing));
    else group.rest.push(diagnostic);
  }
  for (const { rest } of groups.values()) {
    if (rest.length > 0) blocks.push(renderRest(rest, drawing));
  }
  return `${[...blocks, renderTally(diagnostics)].join('\n\n')}\n`;
}

function renderBlock(diagnostic: Diagnostic, drawing: Drawing): string {
  const { at, detail, notes, help, suggestion } = diagnostic;
  const lines = [headLine(diagnostic, drawing.colours)];
  if (at) lines.push(...renderPlace(at, drawing));
  if (detail !== undefined) lines.push(...paragraph(detail));
  for (const note of notes) lines.push(...renderNote(note, drawing));
  if (help !== undefined) lines.push(...paragraph(help, 'help: '));
  if (suggestion) lines.push(...renderSuggestion(suggestion, drawing));
  return lines.join('\n');
}

function headLine({ severity, code, summary }: Diagnostic, colours: Colours): string {
  return `${colours.severity(severity, `${severity}[${code}]`)}: ${colours.bold(visibleLine(summary))}`;
}

function placeName({ file, line, column }: Span): string {
  return `${visibleLine(file)}:${line}:${column}`;
}

function renderPlace(at: Span, { sources, colours }: Drawing, context?: number): string[] {
  const frame = codeFrame(sources.get(at.file) ?? [], at, context);
  const width = Math.max(4, ...frame.map(({ gutter }) => gutter.length));
  const drawn = frame.map(({ gutter, text, kind }) => {
    const left = colours.faint(`${margin}${gutter.padStart(width)} ${kind === 'source' ? '│' : '╵'}`);
    return `${left} ${kind === 'source' ? text : colours.bold(text)}`.trimEnd();
  });
  return [`${margin}${placeName(at)}`, ...drawn];
}

function renderNote({ text, at }: Note, drawing: Drawing): string[] {
  return [...paragraph(text, 'note: '), ...(at ? renderPlace(at, drawing, 0) : [])];
}

/** The line as it should read, when it is one line; otherwise only the text. */
function renderSuggestion(suggestion: { at: Span; text: string }, { sources, colours }: Drawing): string[] {
  const { at, text } = suggestion;
  const line = sources.get(at.file)?.[at.line - 1];
  if (line === undefined || at.endLine !== at.line || text.includes('\n')) {
    return paragraph(text, 'write: ');
  }
  const better = line.slice(0, at.column - 1) + text + line.slice(at.endColumn - 1);
  const end = { line: 1, endLine: 1, column: at.column, endColumn: at.column + text.length };
  const drawn = codeFrame([better], { file: at.file, ...end })[0]?.text ?? better;
  const gutter = colours.faint(`${margin}${`${at.line}`.padStart(4)} │`);
  return [`${margin}write:`, `${gutter} ${colours.added(drawn)}`];
}

/** Text under the margin; lines of its own stay lines of their own. */
function paragraph(text: string, label = ''): string[] {
  const [first = '', ...others] = visibleText(text).replaceAll('\t', '  ').split('\n');
  const indent = margin + ' '.repeat(label.length);
  return [`${margin}${label}${first}`, ...others.map((line) => (indent + line).trimEnd())];
}

function renderRest(rest: readonly Diagnostic[], { colours }: Drawing): string {
  const [first] = rest;
  if (!first) return '';
  const { severity, code } = first;
  const shown = rest.slice(0, listed[severity]);
  const lines = shown.map(
    ({ at, summary }) => `${margin}${at ? `${placeName(at)}: ` : ''}${visibleLine(summary)}`,
  );
  if (shown.length < rest.length) lines.push(`${margin}and ${rest.length - shown.length} more`);
  const head = `${colours.severity(severity, `${severity}[${code}]`)}: ${colours.bold(`${rest.length} more of this kind`)}`;
  return [head, ...lines].join('\n');
}

/** The last line: how much there was, and where to read on. */
function renderTally(diagnostics: readonly Diagnostic[]): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))];
  const example = codes.length === 1 ? codes[0] : 'CODE';
  return `${countsInWords(countSeverities(diagnostics))}. What a code means: kp2pcm explain ${example}`;
}
