import { quoteText } from '../shell/quote-text.ts';

/**
 * Whether crmsh keeps the text. It reads a configuration line by line, and what it has read a second time, in quotes of
 * its own: a backslash before their end is lost. With characters beyond ASCII it reads XML in between, and loses what
 * stands behind a double quote (all measured with 4.4).
 */
export function isCrmshText(text: string): boolean {
  if (/^[ -~]*$/.test(text)) return !/\\$|\\"/.test(text);
  return /^[^"&<>\\\p{C}\p{Zl}\p{Zp}]*$/u.test(text);
}

/** Whether a word of crmsh can hold the text. Other characters than ASCII's become references of XML there. */
export function isCrmshWord(text: string): boolean {
  return isCrmshText(text) && /^[ -~]*$/.test(text);
}

/** A text as one word for crmsh, which splits lines as a shell does and expands nothing. */
export function quoteCrmsh(text: string): string {
  if (!isCrmshWord(text)) throw new RangeError('a word for crmsh holds what crmsh does not keep');
  return quoteText(text);
}
