import { isAtLeast, type Release } from '../source/release.ts';
import { concatMapped, expandedText, type MappedText, mappedSpan, sliceMapped } from './mapped-text.ts';

/** How a release finds comments. Measured with 1.2.19, 1.2.24, 1.3.9, 2.0.19, 2.1.5, 2.2.7 and 2.3.4; 2.4.3 by a build. */
export interface CommentRules {
  /** `#` and `!` start a comment inside a word too, and double quotes protect them; before, only as the start of a word. */
  readonly insideWords: boolean;
  /** A backslash before `#` and `!` makes them plain. */
  readonly escapes: boolean;
  /** The parent strips the lines and hands them to its children, which strip them again. */
  readonly stripsTwice: boolean;
  /** A backslash at the end of a comment is the last word of the line. */
  readonly leavesBackslash: boolean;
}

export function commentRules(release: Release): CommentRules {
  const isModern = isAtLeast(release, '2.0.0');
  return {
    insideWords: isAtLeast(release, '1.2.20'),
    escapes: isModern,
    stripsTwice: isAtLeast(release, '2.2.0'),
    leavesBackslash: isModern && !isAtLeast(release, '2.4.0'),
  };
}

export interface StrippedLine {
  readonly line: MappedText;
  /** Offset in the given line at which a comment was cut off inside a word: no blank, brace or quote before it. */
  readonly cutInWord?: number;
}

/**
 * Cuts the comment and the blanks at both ends off a line, as the daemon's `decomment` does:
 * `#` and `!` start a comment anywhere outside double quotes, also inside a word; `\#` and `\!` lose their
 * backslash and stay; a backslash at the very end survives. Other releases have other rules.
 */
export function stripComment(line: MappedText, release: Release): StrippedLine {
  const { text } = line;
  const rules = commentRules(release);
  if (!rules.insideWords) return { line: withoutCommentWord(line) };
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
    if (character === '\\' && rules.escapes) {
      if (offset + 1 === text.length) {
        continued = comment < 0 || rules.leavesBackslash;
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

/** Up to 1.2.19 a comment starts a word, and quotes are words by themselves that protect nothing. */
function withoutCommentWord(line: MappedText): MappedText {
  const comment = /(?:^|[ \t\f\v\r"])[#!]/.exec(line.text);
  return trimmed(comment ? sliceMapped(line, 0, comment.index + comment[0].length - 1) : line);
}

const isBlank = (code: number) => code === 0x20 || code === 0x09;
