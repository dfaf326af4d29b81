import { quoteText } from '../shell/quote-text.ts';
import type { CommandWord } from './words.ts';

const variableName = /^[A-Z][A-Z0-9_]*$/;

/**
 * Quotes a value for sh and bash: a text, or a variable of the script.
 *
 * @param word text, or a variable of the script with literal text around it
 * @returns one shell word that expands to exactly the text, or to the variable's value with that text around it
 * @throws on a NUL character, which no argument of a program can hold
 */
export function quoteWord(word: CommandWord): string {
  if (typeof word === 'string') return quoteText(word);
  if (!variableName.test(word.variable))
    throw new RangeError(`not a variable of the scripts: ${word.variable}`);
  const { suffix } = word;
  // Templates are held to ask for no field that is not there.
  const prefix = 'prefix' in word ? word.prefix : '';
  return `${prefix && quoteText(prefix)}"$${word.variable}"${suffix && quoteText(suffix)}`;
}
