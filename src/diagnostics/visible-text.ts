/**
 * What a terminal would obey, hide or reorder instead of showing: control characters but the tab and the line feed,
 * format characters (bidirectional overrides, zero-width ones, the soft hyphen, the byte order mark), line and paragraph
 * separators, lone surrogates. The no-break space is among them since keepalived does not take it for a blank, and nobody
 * can see why a line with one is not understood.
 */
const hidden = /(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0]/gu;

/** `text` with everything that a terminal would not simply print written as `<U+001B>`. Tabs and line feeds stay. */
export function visibleText(text: string): string {
  return text.replace(hidden, codePointName);
}

/** The same for text that must stay on one line: line feeds and tabs are written out too. */
export function visibleLine(text: string): string {
  return visibleText(text).replace(/[\t\n]/g, codePointName);
}

function codePointName(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}
