import { defaultRelease, isAtLeast, type Release } from '../../grammar/source/release.ts';

const blank = /[ \t\n\v\f\r]/;

/**
 * Splits a script string into words as the daemon does: blanks separate, double and single quotes group, a backslash
 * escapes. No shell is involved: pipes, `$VAR` and globs are plain text. Keepalived up to 2.3.1 applies the escapes twice,
 * once for the line and once for the command. Undefined where the daemon cannot use the string: a quote is not closed, or
 * a backslash ends it.
 */
export function splitScriptWords(text: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\\') {
      if (index + 1 === text.length) return undefined;
      const escaped = unescapeAt(text, index);
      word = (word ?? '') + escaped.text;
      index += escaped.length - 1;
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (blank.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (quote !== '') return undefined;
  if (word !== undefined) words.push(word);
  // A word ends at a NUL, which only an escape can put there.
  return words.map((whole) => whole.split('\0', 1)[0] ?? '');
}

const simpleEscapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescapeAt(text: string, index: number): { text: string; length: number } {
  const next = text[index + 1] ?? '';
  const simple = simpleEscapes[next];
  if (simple !== undefined) return { text: simple, length: 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(index + 1, index + 4));
  if (octal) return { text: codeText(octal[0], 8), length: 1 + octal[0].length };
  // As many digits as follow; the last two count.
  const hexadecimal = next === 'x' ? /^[0-9a-fA-F]+/.exec(text.slice(index + 2)) : null;
  if (hexadecimal) return { text: codeText(hexadecimal[0].slice(-2), 16), length: 2 + hexadecimal[0].length };
  if (next === 'c' && index + 2 < text.length) {
    return { text: String.fromCharCode(text.charCodeAt(index + 2) & 0x1f), length: 3 };
  }
  return { text: next, length: 2 };
}

function codeText(digits: string, base: number): string {
  return String.fromCharCode(Number.parseInt(digits, base) & 0xff);
}

export interface ScriptCall {
  /** The command and its arguments, as execve gets them. Empty when the daemon cannot use the string. */
  readonly argv: readonly string[];
  /** Words of the line after the command line: user and group for the notify family, dropped for `script`. */
  readonly rest: readonly string[];
}

/** Reads the script of a directive's whole line, keyword included. */
export function readScriptCall(line: string, release: Release = defaultRelease): ScriptCall {
  if (!isAtLeast(release, '2.0.6')) return callBeforeEscapes(line, release);
  const isCured = isAtLeast(release, '2.3.2');
  const [, command = '', ...rest] = (isCured ? splitLine(line) : splitScriptWords(line)) ?? [];
  return { argv: splitScriptWords(command) ?? [], rest };
}

/** From 2.3.2 on the line is cut at the same places, and its escapes are left to the second split. */
function splitLine(line: string): string[] | undefined {
  const words: string[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const word = /^(?:\\.|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[^\\"'\s])+/s.exec(rest)?.[0];
    if (word === undefined) return undefined;
    const quoted = /^(["'])(.*)\1$/s.exec(word);
    words.push(quoted ? (quoted[2] ?? '') : word);
    rest = rest.slice(word.length).trimStart();
  }
  return words;
}

/** What means the same to a shell as to anything that cuts at blanks. */
const plainCommand = /^[\w./:@%+,=\- \t]*$/;

/**
 * Up to 2.0.5 the words of the line are those of any other, the first is the command line, and blanks alone cut it. Up to
 * 1.4 a shell reads it (run with 1.2.19, 1.2.24 and 1.3.9: redirections, variables and quotes work; 1.4 was not run).
 */
function callBeforeEscapes(line: string, release: Release): ScriptCall {
  const words = line.match(/"[^"]*"|[^\s"]+/g) ?? [];
  const [, command = '', ...rest] = words.map((word) => word.replace(/^"(.*)"$/s, '$1'));
  const isRunByShell = !isAtLeast(release, '2.0.0') && !plainCommand.test(command);
  return { argv: isRunByShell ? ['/bin/sh', '-c', command] : command.split(/\s+/).filter(Boolean), rest };
}
