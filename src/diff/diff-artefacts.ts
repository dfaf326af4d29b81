import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** What a comparison needs of an artefact; one read from a folder has no more. */
export interface ComparedArtefact {
  readonly name: string;
  readonly text: string;
  /** Absent: not known, and then not compared. */
  readonly executable?: boolean;
}

export interface ArtefactDiff {
  readonly name: string;
  readonly kind: 'added' | 'removed' | 'changed';
  /** Unified diff with its file headers, ending in a line feed. */
  readonly patch: string;
  readonly addedLines: number;
  readonly removedLines: number;
}

/** Lines around a change, as in `diff -u`. */
const contextLines = 3;
/**
 * The work grows with the square of the number of differing lines: beyond this the line-by-line comparison takes seconds
 * and nobody reads it.
 */
const comparedLines = 4000;

/** The artefacts that differ, in the order of `after`, then those that are gone. */
export function diffArtefacts(
  before: readonly ComparedArtefact[],
  after: readonly ComparedArtefact[],
): ArtefactDiff[] {
  const old = new Map(before.map((artefact) => [artefact.name, artefact]));
  const fresh = new Set(after.map(({ name }) => name));
  const diffs = after.map((artefact) => diffOne(artefact.name, old.get(artefact.name), artefact));
  const gone = before
    .filter(({ name }) => !fresh.has(name))
    .map((artefact) => diffOne(artefact.name, artefact, undefined));
  return [...diffs, ...gone].filter((diff) => diff !== undefined);
}

function diffOne(
  name: string,
  before: ComparedArtefact | undefined,
  after: ComparedArtefact | undefined,
): ArtefactDiff | undefined {
  const mode = modeChange(before, after);
  if (before && after && before.text === after.text && mode === '') return undefined;
  const kind = !before ? 'added' : !after ? 'removed' : 'changed';
  const header = `${mode}--- ${before ? `a/${name}` : '/dev/null'}\n+++ ${after ? `b/${name}` : '/dev/null'}\n`;
  if (before?.text === after?.text) return { name, kind, patch: mode, addedLines: 0, removedLines: 0 };
  const hunks = hunksOf(before?.text ?? '', after?.text ?? '');
  if (hunks === undefined)
    return { name, kind, patch: header + tooDifferent(before, after), ...sizes(before, after) };
  const lines = hunks.split('\n');
  return {
    name,
    kind,
    patch: header + hunks,
    addedLines: lines.filter((line) => line.startsWith('+')).length,
    removedLines: lines.filter((line) => line.startsWith('-')).length,
  };
}

/** As git writes it: a script without its run bit is not what would be written. */
function modeChange(before: ComparedArtefact | undefined, after: ComparedArtefact | undefined): string {
  if (before?.executable === undefined || after?.executable === undefined) return '';
  if (before.executable === after.executable) return '';
  const modeOf = (executable: boolean) => (executable ? '100755' : '100644');
  return `old mode ${modeOf(before.executable)}\nnew mode ${modeOf(after.executable)}\n`;
}

function hunksOf(before: string, after: string): string | undefined {
  if (before === '' || after === '') return wholeFile(before, after);
  const options = { context: contextLines, headerOptions: FILE_HEADERS_ONLY, maxEditLength: comparedLines };
  const patch = createTwoFilesPatch('a', 'b', before, after, undefined, undefined, options);
  // The headers are written here, because jsdiff knows no /dev/null.
  return patch?.split('\n').slice(2).join('\n');
}

/** A new or a removed file needs no comparison, however long it is. */
function wholeFile(before: string, after: string): string {
  const [sign, text] = before === '' ? ['+', after] : ['-', before];
  const lines = text.split('\n');
  const complete = lines.at(-1) === '';
  if (complete) lines.pop();
  const range = before === '' ? `-0,0 +1,${lines.length}` : `-1,${lines.length} +0,0`;
  const body = lines.map((line) => `${sign}${line}\n`).join('');
  return `@@ ${range} @@\n${body}${complete ? '' : '\\ No newline at end of file\n'}`;
}

function tooDifferent(before: ComparedArtefact | undefined, after: ComparedArtefact | undefined): string {
  const { addedLines, removedLines } = sizes(before, after);
  return `@@ more than ${comparedLines} lines differ: ${removedLines} lines before, ${addedLines} after @@\n`;
}

function sizes(before: ComparedArtefact | undefined, after: ComparedArtefact | undefined) {
  return { addedLines: lineCount(after?.text ?? ''), removedLines: lineCount(before?.text ?? '') };
}

function lineCount(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') || text === '' ? 1 : 0);
}
