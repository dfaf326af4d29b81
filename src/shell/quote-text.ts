// What sh takes literally at any place of a word. `~` and `=` are special only at certain places, which is why
// `~` is missing here and an assignment's place (the first word) is never given to this function unquoted.
const plainWord = /^[A-Za-z0-9_@%+=:,./-]+$/;

// What double quotes leave as it is: printable ASCII but for five characters. `!` is among the five only for an
// interactive bash, into which people paste lines of a script.
const plainInDoubleQuotes = /^[ #%-[\]^_a-~]*$/;

/** ShellCheck takes them for the shell's own when they stand among the words of a command: `order start A then start B`. */
const reserved = new Set(['then', 'do', 'done', 'fi', 'elif', 'esac']);

/**
 * Quotes a text as one word for sh and bash: every value that reaches a shell goes through here.
 *
 * @returns one shell word that expands to exactly the text
 * @throws on a NUL character, which no argument of a program can hold
 */
export function quoteText(text: string): string {
  if (text.includes('\0')) throw new RangeError('a word for the shell holds a NUL character');
  if (plainWord.test(text) && !reserved.has(text)) return text;
  // A text with apostrophes, and nothing that double quotes leave special, is easier to read in double quotes.
  if (text.includes("'") && plainInDoubleQuotes.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
