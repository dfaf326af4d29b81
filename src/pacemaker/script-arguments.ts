import { quoteText } from '../shell/quote-text.ts';

/**
 * A command as one agent parameter: its words joined so that a shell splits them into the very same words again.
 *
 * The parameter is printable ASCII: Pacemaker's tools lose what they must escape in XML behind a character of several
 * bytes, and change what is not printable (measured with 2.1.5: `ü&x` arrives as `ü`, a tab as four blanks, a line feed
 * as a backslash and an n). A word with such characters is written as octal bytes for printf.
 */
export function joinArguments(argv: readonly string[]): string {
  return argv.map((word) => (isPrintable(word) ? quoteText(word) : printfWord(word))).join(' ');
}

function isPrintable(word: string): boolean {
  return /^[ -~]*$/.test(word);
}

/** Command substitution cuts off the line feeds at the end: for these the agent has one in a variable. */
function printfWord(word: string): string {
  const text = word.replace(/\n+$/, '');
  const bytes = [...new TextEncoder().encode(text)];
  const format = bytes.map((byte) => (isPlain(byte) ? String.fromCharCode(byte) : octal(byte))).join('');
  return `"$(printf ${quoteText(format)})${'$NEWLINE'.repeat(word.length - text.length)}"`;
}

function isPlain(byte: number): boolean {
  // A leading dash would be an option of printf.
  return /[A-Za-z0-9_./:@+=,]/.test(String.fromCharCode(byte));
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
