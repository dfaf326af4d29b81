import { concatMapped, expandedText, type MappedText, mappedSpan, sliceMapped } from './mapped-text.ts';

export interface StrippedLine {
  readonly line: MappedText;
  /** Offset in the given line at which a comment was cut off inside a word: no blank, brace or quote before it. */
  readonly cutInWord?: number;
}

/**
 * Cuts the comment and the blanks at both ends off a line, as the daemon's `decomment` does:
 * `#` and `!` start a comment anywhere outside double quotes, also inside a word; `\#` and `\!` lose their
 * backslash and stay; a backslash at the very end survives, even that of a comment (keepalived up to 2.3).
 */
export function stripComment(line: MappedText): StrippedLine {
  const { text } = line;
  // Most lines have none of the signs that matter: only their blanks go.
  if (!/[#!\\]/.test(text)) return { line: trimmed(line) };
  const kept: MappedText[] = [];
  let quoted = false;
  let from = /^[ \t]*/.exec(text)?.[0].length ?? 0;
  let comment = -1;
  let continued = false;
  let offset = from;
  while (offset < text.length) {
    const character = text[offset];
    if (character === '\\') {
      if (offset + 1 === text.length) {
        continued = true;
        break;
      }
      const next = text[offset + 1];
      if (!quoted && comment < 0 && (next === '#' || next === '!')) {
        kept.push(sliceMapped(line, from, offset));
        from = offset + 1;
      }
      offset += 2;
      continue;
    }
    if (character === '"' && comment < 0) quoted = !quoted;
    else if (!quoted && comment < 0 && (character === '#' || character === '!')) comment = offset;
    offset++;
  }
  const end = comment >= 0 ? comment : continued ? text.length - 1 : text.length;
  kept.push(sliceMapped(line, from, end));
  const body = trimmed(kept.length === 1 && kept[0] ? kept[0] : concatMapped(kept));
  const stripped = continued
    ? concatMapped([body, expandedText('\\', mappedSpan(line, text.length - 1, text.length))])
    : body;
  const inWord =
    comment > 0 && /[^ \t{}"]/.test(text[comment - 1] ?? ' ') && /[^ \t]/.test(text[comment + 1] ?? ' ');
  return inWord ? { line: stripped, cutInWord: comment } : { line: stripped };
}

/** Without the blanks at both ends. Looked at from the end: a search for blanks is quadratic where there are many. */
export function trimmed(line: MappedText): MappedText {
  const { text } = line;
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return sliceMapped(line, start, end);
}

const isBlank = (code: number) => code === 0x20 || code === 0x09;
