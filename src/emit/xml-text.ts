// XML 1.0, production 2: what no document can hold, not even as a reference.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

/** Whether an XML document can hold the text. */
export function isXmlText(text: string): boolean {
  return !notXml.test(text);
}

/**
 * A text as the value of an attribute, quotes included: every value that reaches XML goes through here. Blanks other
 * than U+0020 are references, since a reader makes blanks of them otherwise.
 *
 * @throws on a character that XML cannot hold
 */
export function quoteXml(text: string): string {
  if (!isXmlText(text)) throw new RangeError('a value for XML holds a control character');
  return `"${text.replace(/[&<>"\t\n\r]/g, reference)}"`;
}

/** The same with nothing but ASCII and no blank at all, for readers that join and split what they read at blanks. */
export function quoteXmlWord(text: string): string {
  if (!isXmlText(text)) throw new RangeError('a value for XML holds a control character');
  return `"${text.replace(/[^!#-%'-;=?-~]/gu, reference)}"`;
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`;
}

/** A text as a comment. Two hyphens would end it, and so would one at its end. */
export function commentXml(text: string): string {
  return `<!-- ${withoutHyphenPairs(text)} -->`;
}

/** The text with a blank between neighbouring hyphens and none at its end, as comments of XML must be. */
export function withoutHyphenPairs(text: string): string {
  return text.replace(/-(?=-)/g, '- ').replace(/-$/, '- .');
}
