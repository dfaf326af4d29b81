import { expect, test } from 'vitest';
import { visibleLine, visibleText } from '../../src/diagnostics/visible-text.ts';

test.each([
  ['an escape sequence', 'a\x1b[31mb', 'a<U+001B>[31mb'],
  ['a C1 control', 'a\x9bb', 'a<U+009B>b'],
  ['DEL and backspace', '\x7f\b', '<U+007F><U+0008>'],
  ['a carriage return, which would overwrite the line', 'safe\rfalse', 'safe<U+000D>false'],
  ['a right-to-left override', 'ab\u202edc', 'ab<U+202E>dc'],
  ['a zero-width space', 'a\u200bb', 'a<U+200B>b'],
  ['a no-break space, which keepalived takes for a letter', 'a\u00a0b', 'a<U+00A0>b'],
  ['a lone surrogate', 'a\ud800b', 'a<U+D800>b'],
  ['an invisible tag character', 'a\u{e0041}b', 'a<U+E0041>b'],
])('%s is written out', (_what, text, shown) => {
  expect(visibleText(text)).toBe(shown);
});

test('letters of any script, emoji, tabs and line feeds stay as they are', () => {
  const text = 'ünïcödé 漢字 🙂 עברית\ttab\nline';
  expect(visibleText(text)).toBe(text);
});

test('text for one line stays on one line', () => {
  expect(visibleLine('a\nb\tc')).toBe('a<U+000A>b<U+0009>c');
});
