import { quoteText } from '../shell/quote-text.ts';

/**
 * A command as one agent parameter: its words joined so that a shell splits them into the very same words again.
 *
 * The parameter is ASCII: Pacemaker's tools lose what they must escape in XML behind a character of several bytes
 * (measured with 2.1.5: `ü&x` arrives as `ü`). A word with such characters is written as octal bytes for printf.
 */
export function joinArguments(argv: readonly string[]): string {
  return argv.map((word) => (isAscii(word) ? quoteText(word) : printfWord(word))).join(' ');
}

function isAscii(word: string): boolean {
  return [...word].every((character) => character.charCodeAt(0) < 0x80);
}

/** What command substitution cuts off, a line feed at the very end, no command name or argument in use ends with. */
function printfWord(word: string): string {
  const bytes = [...new TextEncoder().encode(word)];
  const format = bytes.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : octal(byte))).join('');
  return `"$(printf ${quoteText(format)})"`;
}

function isPlain(byte: number): boolean {
  // A leading dash would be an option of printf.
  return /[A-Za-z0-9_./:@+=,]/.test(String.fromCharCode(byte));
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
