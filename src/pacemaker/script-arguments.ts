import { quoteText } from '../shell/quote-text.ts';

/**
 * A command as one agent parameter: its words joined so that a shell splits them into the very same words again.
 *
 * Pacemaker does not keep what is not printable (measured, 2.1.5: a tab in a value comes back as four blanks, a line
 * feed as a backslash and an n): the shell makes such characters anew. `$(…)` would drop a line feed at its end, so the
 * agent has one in `$NEWLINE`.
 */
export function joinArguments(argv: readonly string[]): string {
  return argv.map((word) => quoteText(word).replace(unprintable, printed)).join(' ');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const unprintable = /[\u0001-\u001f\u007f]/g;

/** Ends the single quotes that `quoteText` has put around such a word, and begins them again. */
function printed(character: string): string {
  if (character === '\n') return `'"$NEWLINE"'`;
  return `'"$(printf '\\${character.charCodeAt(0).toString(8).padStart(3, '0')}')"'`;
}
