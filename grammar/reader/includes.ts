import { type Diagnostic, type Outcome, report } from '../source/diagnostic.ts';
import type { FileContent, FileTree, Unreadable } from '../source/file-tree.ts';
import { isAtLeast, type Release } from '../source/release.ts';
import type { Span } from '../source/span.ts';
import { expandBraces } from './expand-braces.ts';
import { readerFindings } from './findings.ts';
import { formNotKnown, takes } from './forms.ts';
import { directoryOf, hasWildcard, resolvePath } from './include-paths.ts';
import { limits } from './limits.ts';
import { type MappedText, verbatimText } from './mapped-text.ts';

/** Delivers the lines of one file, each with its place. */
export interface FileCursor {
  readonly name: string;
  readonly text: string;
  next(): MappedText | undefined;
}

const reasons: Record<Unreadable, string> = {
  missing: 'does not exist',
  directory: 'is a directory',
  forbidden: 'may not be read',
  executable: 'is executable, which the daemon refuses',
  binary: 'is not text: it holds NUL bytes',
  'too-large': 'is larger than any configuration',
};

/** Opens a main file; without a readable one there is an error and no value. */
export function openFile(path: string, files: FileTree, release: Release): Outcome<FileCursor | undefined> {
  const content = files.read(path);
  const name = path === '-' ? '<stdin>' : path;
  if (content.kind === 'text')
    return { value: cursorOf(name, content, release), diagnostics: remarksOn(name, content, release) };
  const summary = `${name} ${reasons[content.kind]}`;
  const help = content.kind === 'directory' ? 'give the path of a file in it' : undefined;
  return { value: undefined, diagnostics: [report(readerFindings.unreadableFile, { summary, help })] };
}

export interface IncludeRequest {
  /** The whole line: `include PATTERN`. */
  readonly text: string;
  readonly at: Span;
  /** Directory of the including file. */
  readonly directory: string;
  /** Names of the files that are being read, outermost first. */
  readonly open: readonly string[];
  readonly files: FileTree;
  readonly release: Release;
}

const includeLine = /^(include[rmwba]?)[ \t]+(.*)$/s;

export function isInclude(line: string): boolean {
  return includeLine.test(line);
}

/** Opens what an include line names. The rest of the line is the pattern, quotes and blanks included, as in the daemon. */
export function openInclude(request: IncludeRequest): Outcome<readonly FileCursor[]> {
  const { at, files, open, release } = request;
  const [, keyword = 'include', pattern = ''] = includeLine.exec(request.text) ?? [];
  const path = resolvePath(request.directory, pattern);
  const wildcard = hasWildcard(pattern);
  const paths = wildcard ? files.match(globbed(path, release)) : [path];
  const diagnostics: Diagnostic[] = [];
  const lack = wildcard ? lackOf(globbed(path, release), paths, files) : undefined;
  if (lack && (paths.length === 0 || isFatal(keyword, lack)))
    diagnostics.push(nothingMatches(keyword, pattern, lack, at));
  if (globbed(path, release) !== path) diagnostics.push(formNotKnown(release, 'includeBraces', at));
  const cursors: FileCursor[] = [];
  for (const found of paths) {
    if (open.includes(found) || open.length >= limits.nestedIncludes) {
      diagnostics.push(loop(found, at));
      continue;
    }
    const content = files.read(found);
    if (content.kind === 'text') {
      cursors.push(cursorOf(found, content, release));
      diagnostics.push(...remarksOn(found, content, release));
    } else diagnostics.push(notRead(keyword, pattern, content.kind, at));
  }
  return { value: diagnostics.some(({ severity }) => severity === 'error') ? [] : cursors, diagnostics };
}

/** Before 1.3.8 braces are plain characters of a pattern. */
function globbed(pattern: string, release: Release): string {
  return takes(release, 'includeBraces') ? pattern : pattern.replace(/[{}]/g, '\\$&');
}

type Lack = 'no-match' | 'missing' | 'alternative';

/**
 * What a pattern with wildcards or braces lacks (measured with 2.2.7): one of its alternatives is a plain path that does
 * not exist, or lies in a folder that does not; so does the only one; or nothing matches.
 */
function lackOf(pattern: string, paths: readonly string[], files: FileTree): Lack | undefined {
  const alternatives = expandBraces(pattern);
  const isLost = (path: string): boolean => {
    const wild = path.search(/[*?[]/);
    const sure = wild < 0 ? path : directoryOf(path.slice(0, wild));
    return sure !== '' && files.read(sure).kind === 'missing';
  };
  if (alternatives.length > 1 && alternatives.some(isLost)) return 'alternative';
  if (paths.length > 0) return undefined;
  return alternatives.length === 1 && isLost(pattern) ? 'missing' : 'no-match';
}

/**
 * Which strict letters turn which problem into the daemon's exit: r and stronger for unreadable, m for missing, w for no
 * match, b for an alternative in braces.
 */
function isFatal(keyword: string, kind: Unreadable | Lack): boolean {
  if (kind === 'alternative') return keyword === 'includeb' || keyword === 'includea';
  if (kind === 'no-match') return keyword === 'includew' || keyword === 'includea';
  if (kind === 'missing') return ['includem', 'includew', 'includea'].includes(keyword);
  return keyword !== 'include';
}

function nothingMatches(keyword: string, pattern: string, lack: Lack, at: Span): Diagnostic {
  if (isFatal(keyword, lack)) {
    const summary =
      lack === 'alternative' ? `an alternative of ${pattern} does not exist` : `no file matches ${pattern}`;
    return report(readerFindings.strictIncludeFails, {
      summary,
      detail: `${keyword} makes the daemon exit.`,
      at,
    });
  }
  const detail =
    lack === 'no-match' ? 'The daemon reads on without a message.' : 'The daemon logs that and reads on.';
  return report(readerFindings.includeMatchesNothing, { summary: `no file matches ${pattern}`, detail, at });
}

function notRead(keyword: string, pattern: string, kind: Unreadable, at: Span): Diagnostic {
  const summary = `the included file ${pattern} ${reasons[kind]}`;
  if (isFatal(keyword, kind)) {
    return report(readerFindings.strictIncludeFails, {
      summary,
      detail: `${keyword} makes the daemon exit.`,
      at,
    });
  }
  return report(readerFindings.includeNotRead, {
    summary,
    detail:
      'The daemon logs that and goes on; whatever the file holds in production is missing from the translation.',
    at,
    help: 'put the file where the line expects it, seen from the including file, and translate again',
  });
}

function loop(path: string, at: Span): Diagnostic {
  return report(readerFindings.includeLoop, {
    summary: `${path} includes itself`,
    detail: 'The daemon reads it again and again until it runs out of file descriptors.',
    at,
    help: 'remove the include line, or name another file',
  });
}

function remarksOn(name: string, content: FileContent & { kind: 'text' }, release: Release): Diagnostic[] {
  const at = { file: name, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const remarks: Diagnostic[] = [];
  if (content.encoding === 'latin1') {
    remarks.push(report(readerFindings.notUtf8, { summary: `${name} is not UTF-8, read as Latin-1`, at }));
  }
  if (content.text.startsWith('\uFEFF')) {
    remarks.push(
      report(readerFindings.byteOrderMark, {
        summary: `${name} starts with a byte order mark`,
        detail: 'The daemon takes it for a part of the first word, so that word is no keyword to it.',
        at,
        help: 'save the file without a byte order mark',
        suggestion: { at, text: '' },
      }),
    );
  }
  const bytes = bufferBytes(release);
  const drops = dropsBadLines(release);
  const long = firstLongLine(content.text, bytes);
  if (long !== undefined) {
    remarks.push(
      report(drops ? readerFindings.lineDropped : readerFindings.lineTooLong, {
        summary: `line ${long} of ${name} is longer than the daemon's buffer`,
        detail: drops
          ? 'The daemon drops what fits into it and takes the rest for a line of its own.'
          : 'The daemon reads 1023 bytes and takes the rest for a line of its own.',
        at: { file: name, line: long, column: 1, endLine: long, endColumn: 2 },
        help: 'break the line',
      }),
    );
  }
  const nul = content.text.indexOf('\0');
  if (nul >= 0) remarks.push(nulRemark(name, content.text, nul, drops));
  return remarks;
}

function nulRemark(name: string, text: string, nul: number, drops: boolean): Diagnostic {
  const line = text.slice(0, nul).split('\n').length;
  const column = nul - text.lastIndexOf('\n', nul);
  return report(readerFindings.nulByte, {
    summary: `line ${line} of ${name} holds a NUL byte`,
    detail: drops ? 'The daemon drops the line.' : 'The daemon loses what follows it on the line.',
    at: { file: name, line, column, endLine: line, endColumn: column + 1 },
    help: 'restore the line from a good copy of the file',
  });
}

/** From 2.4 on a line that fills the buffer, or holds a NUL, is reported, and what is in the buffer dropped. */
function dropsBadLines(release: Release): boolean {
  return isAtLeast(release, '2.4.0');
}

/** How many bytes of a line the daemon reads at a time. */
function bufferBytes(release: Release): number {
  return dropsBadLines(release) ? limits.lineBytes : limits.lineBytes + 1;
}

function firstLongLine(text: string, bytes: number): number | undefined {
  let start = 0;
  for (let line = 1; start < text.length; line++) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    if ((end - start) * 3 > limits.lineBytes && fitting(text.slice(start, end), bytes) < end - start)
      return line;
    start = end + 1;
  }
  return undefined;
}

/** Splits a file into the lines that the daemon's buffer would hold: at line feeds, and after 1023 bytes. */
function cursorOf(name: string, content: FileContent & { kind: 'text' }, release: Release): FileCursor {
  const { text } = content;
  const bytes = bufferBytes(release);
  let offset = 0;
  let line = 0;
  let rest: { text: string; column: number } | undefined;
  // Undefined where the daemon drops the piece.
  const piece = (from: { text: string; column: number }): MappedText | undefined => {
    const taken = fitting(from.text, bytes);
    const isWhole = taken === from.text.length;
    rest = isWhole ? undefined : { text: from.text.slice(taken), column: from.column + taken };
    if (!isWhole && dropsBadLines(release)) return undefined;
    const [text = '', afterNul] = from.text.slice(0, taken).split('\0', 2);
    if (afterNul !== undefined && dropsBadLines(release)) return undefined;
    return verbatimText(text.replace(/\r+$/, ''), name, line, from.column);
  };
  const next = (): MappedText | undefined => {
    for (;;) {
      if (!rest) {
        if (offset >= text.length) return undefined;
        const feed = text.indexOf('\n', offset);
        const end = feed < 0 ? text.length : feed;
        rest = { text: text.slice(offset, end), column: 1 };
        offset = end + 1;
        line++;
      }
      const taken = piece(rest);
      if (taken) return taken;
    }
  };
  return { name, text, next };
}

/** How many characters of a line fit into the daemon's buffer. */
function fitting(text: string, most: number): number {
  // A character is at most three bytes per UTF-16 unit, so most lines need no counting.
  if (text.length * 3 <= limits.lineBytes) return text.length;
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : unit >= 0xd800 && unit < 0xe000 ? 2 : 3;
    if (bytes > most) return index;
  }
  return text.length;
}
