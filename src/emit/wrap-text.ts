/**
 * Breaks a text at blanks into lines of at most `width` characters; a longer word has a line of its own.
 *
 * @param indent put before every line but the first
 * @returns at least one line
 */
export function wrapText(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line === '' || line === indent) line += word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = indent + word;
    }
  }
  return [...lines, line].map((finished) => finished.trimEnd());
}
