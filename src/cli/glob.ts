import { expandBraces } from '../../grammar/reader/expand-braces.ts';
import { compareText } from '../../grammar/source/diagnostic.ts';

/** What globbing needs to see of a disk. Directories are paths without a final slash, `''` for the root of the tree. */
export interface Directories {
  /** The names in a directory, without `.` and `..`; empty if it is none or may not be read. */
  list(directory: string): readonly string[];
  exists(path: string): boolean;
  isDirectory(path: string): boolean;
}

/**
 * The paths that match a glob(7) pattern with braces, as glibc's GLOB_BRACE gives them: each alternative of the braces in
 * the order written, the matches of each sorted. A wildcard does not match a leading dot.
 */
export function globPaths(pattern: string, directories: Directories): string[] {
  return expandBraces(pattern).flatMap((alternative) => matchPath(alternative, directories));
}

function matchPath(pattern: string, directories: Directories): string[] {
  const absolute = pattern.startsWith('/');
  const segments = pattern.split('/').filter((segment) => segment !== '');
  let found = [absolute ? '/' : ''];
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    const matches = segmentMatcher(segment);
    found = found.flatMap((directory) => {
      if (typeof matches === 'string') {
        const path = join(directory, matches);
        return !last || directories.exists(path) ? [path] : [];
      }
      const paths = directories
        .list(directory)
        .filter(matches)
        .map((name) => join(directory, name));
      return last ? paths : paths.filter((path) => directories.isDirectory(path));
    });
  });
  return segments.length === 0 ? [] : found.sort(compareText);
}

function join(directory: string, name: string): string {
  if (directory === '' || directory === '/') return directory + name;
  return `${directory}/${name}`;
}

type Token =
  | { readonly star: true }
  | { readonly matches: (character: string) => boolean; readonly star?: false };

/** A predicate for names, or the plain name when the segment holds no wildcard. */
function segmentMatcher(segment: string): string | ((name: string) => boolean) {
  if (!/[*?[]/.test(segment)) return segment.replace(/\\(.)/g, '$1');
  const tokens = tokenize(segment);
  const dotted = /^\\?\./.test(segment);
  return (name) => (dotted || !name.startsWith('.')) && matchTokens(tokens, [...name]);
}

function tokenize(segment: string): Token[] {
  const tokens: Token[] = [];
  for (let index = 0; index < segment.length; index++) {
    const character = segment[index] ?? '';
    const set = character === '[' ? characterSet(segment, index) : undefined;
    if (set) {
      tokens.push({ matches: set.matches });
      index = set.end;
    } else if (character === '*') tokens.push({ star: true });
    else if (character === '?') tokens.push({ matches: () => true });
    else {
      if (character === '\\' && index + 1 < segment.length) index++;
      const code = segment.codePointAt(index) ?? 0;
      const literal = String.fromCodePoint(code);
      index += literal.length - 1;
      tokens.push({ matches: (candidate) => candidate === literal });
    }
  }
  return tokens;
}

const classes: Readonly<Record<string, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[A-Za-z0-9]/,
  lower: /[a-z]/,
  upper: /[A-Z]/,
  space: /\s/,
  punct: /[!-/:-@[-`{-~]/,
  xdigit: /[0-9A-Fa-f]/,
};

/** `[abc]`, `[a-z]`, `[!a]`, `[^a]`, `[[:digit:]]`; undefined when the bracket is not closed and thus literal. */
function characterSet(
  segment: string,
  start: number,
): { matches: (character: string) => boolean; end: number } | undefined {
  const head = /^\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]/.exec(segment.slice(start));
  if (!head) return undefined;
  const [whole, negation, body = ''] = head;
  const parts = [...body.matchAll(/\[:([a-z]+):\]|(.)-(.)|(.)/gsu)];
  const contains = (character: string) =>
    parts.some(([, name, from, to, single]) => {
      if (name !== undefined) return classes[name]?.test(character) ?? false;
      if (from !== undefined && to !== undefined) return character >= from && character <= to;
      return character === single;
    });
  return { matches: (character) => contains(character) === (negation === ''), end: start + whole.length - 1 };
}

/** Goes back to the latest star only, so that a pattern of many stars takes at most length × length steps. */
function matchTokens(tokens: readonly Token[], name: readonly string[]): boolean {
  let token = 0;
  let position = 0;
  let star = -1;
  let starPosition = 0;
  while (position < name.length) {
    const current = tokens[token];
    if (current?.star) {
      star = token++;
      starPosition = position;
    } else if (current?.matches(name[position] ?? '')) {
      token++;
      position++;
    } else if (star >= 0) {
      token = star + 1;
      position = ++starPosition;
    } else return false;
  }
  while (tokens[token]?.star) token++;
  return token === tokens.length;
}
