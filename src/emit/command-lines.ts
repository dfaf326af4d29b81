import { visibleLine } from '../diagnostics/visible-text.ts';
import { quoteWord } from './quote.ts';
import { placesInWords } from './report-fates.ts';
import type { CommandWord, ScriptCommand } from './words.ts';
import { wrapText } from './wrap-text.ts';

/** A command as a script shows it: comments that say why and from where, then its words on one or more lines. */
export interface CommandView {
  readonly comments: readonly string[];
  readonly lines: readonly (readonly CommandWord[])[];
  readonly literal: boolean;
}

/** Whether ShellCheck would ask if an expansion or a quote in the words is meant as it stands. */
export function isLiteral(words: readonly CommandWord[]): boolean {
  const literalPart = (word: CommandWord) =>
    typeof word === 'string' ? word : (word.prefix ?? '') + word.suffix;
  return words.some((word) => /[$`\\']/.test(literalPart(word)));
}

/** How far a line of a script may go. Templates add some columns. */
const commentWidth = 110;
const commandWidth = 96;

/** The words of `pcs` commands that are easier to find at the beginning of a line. */
const lineStarters = new Set<CommandWord>(['op', 'meta', 'totem']);

/** @param words what the script runs, if not the command's own words */
export function viewCommand(
  { words: own, why, from }: ScriptCommand,
  words: readonly CommandWord[] = own,
): CommandView {
  return { comments: whyLines(why, from), lines: breakCommand(words), literal: isLiteral(words) };
}

/** The reason with the places that it comes from, as the lines of a comment. */
export function whyLines(why: string, from: ScriptCommand['from']): string[] {
  return wrapText(whyLine({ why, from }), commentWidth);
}

/** The same as one line, however long. */
export function whyLine({ why, from }: Pick<ScriptCommand, 'why' | 'from'>): string {
  const places = from.length > 0 ? ` (${placesInWords(from)})` : '';
  return visibleLine(why + places);
}

function breakCommand(words: readonly CommandWord[]): CommandWord[][] {
  const lines: CommandWord[][] = [];
  let line: CommandWord[] = [];
  let width = 0;
  // Only a command that is too long for one line is broken at all.
  const total = words.reduce((sum, word) => sum + quoteWord(word).length + 1, 0);
  for (const [index, word] of words.entries()) {
    const length = quoteWord(word).length + 1;
    const starts = total > commandWidth && lineStarters.has(word) && words[index - 1] !== 'resource';
    if (line.length > 0 && (starts || width + length > commandWidth)) {
      lines.push(line);
      line = [];
      width = 0;
    }
    line.push(word);
    width += length;
  }
  return [...lines, line];
}
