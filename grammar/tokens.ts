import { createToken, Lexer, type TokenType } from 'chevrotain';

// The lexer works on the logical text: one directive, entry or brace a line, comments gone. Keywords are data, not tokens.

export const LineEnd = createToken({ name: 'LineEnd', pattern: /\n/, start_chars_hint: ['\n'] });

// keepalived splits words at space, tab, form feed, vertical tab and CR; a no-break space is a part of a word.
const Blank = createToken({
  name: 'Blank',
  pattern: /[ \t\f\v\r]+/,
  start_chars_hint: [' ', '\t', '\f', '\v', '\r'],
  group: Lexer.SKIPPED,
  line_breaks: false,
});

// In the logical text a brace stands alone on its line.
export const LeftBrace = createToken({
  name: 'LeftBrace',
  pattern: /\{\n/,
  start_chars_hint: ['{'],
  line_breaks: true,
});
export const RightBrace = createToken({
  name: 'RightBrace',
  pattern: /\}\n/,
  start_chars_hint: ['}'],
  line_breaks: true,
});

// The class is negated, so the lexer cannot work out the first characters by itself, and without a hint it is three times
// slower. It keeps them in buckets: one for each code below 256, then one for every 255 codes; one of each is enough.
const asciiStarts = Array.from({ length: 256 }, (_, code) => code).filter(
  (code) => !' \t\f\v\r\n'.includes(String.fromCharCode(code)),
);
const bucketStarts = Array.from({ length: 257 }, (_, bucket) => Math.max(256, 255 * (bucket + 1)));
/**
 * A word: quoted, plain, or a quote that nothing closes. One token for all three, since each costs start-up time.
 * No escape exists inside quotes: a backslash before the closing quote does not protect it.
 */
export const Word = createToken({
  name: 'Word',
  pattern: /"[^"\n]*"?|[^ \t\f\v\r\n"]+/,
  line_breaks: false,
  start_chars_hint: [...asciiStarts, ...bucketStarts],
});

/** In the order in which they are tried. */
export const allTokens: TokenType[] = [LineEnd, Blank, LeftBrace, RightBrace, Word];
