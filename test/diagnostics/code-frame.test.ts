import { expect, test } from 'vitest';
import { codeFrame } from '../../src/diagnostics/code-frame.ts';
import { displayWidth } from '../../src/diagnostics/display-width.ts';

const at = (line: number, column: number, endColumn: number, endLine = line) => ({
  file: 'a.conf',
  line,
  column,
  endLine,
  endColumn,
});

/** What stands above the tildes, found by columns of the terminal. */
function underlined(lines: readonly string[], span: ReturnType<typeof at>): string {
  const frame = codeFrame(lines, span);
  const source = frame.at(-2)?.text ?? '';
  const underline = frame.at(-1)?.text ?? '';
  const start = underline.indexOf('~');
  const end = underline.length;
  let column = 0;
  let found = '';
  for (const character of source) {
    if (column >= start && column < end) found += character;
    column += displayWidth(character);
  }
  return found;
}

test('the underline stands below the place, with the two lines above it', () => {
  const lines = ['vrrp_script chk {', '    script "/bin/x"', '    weight -20', '}'];
  expect(codeFrame(lines, at(3, 5, 15)).map(({ gutter, text }) => `${gutter}|${text}`)).toEqual([
    '1|vrrp_script chk {',
    '2|    script "/bin/x"',
    '3|    weight -20',
    '|    ~~~~~~~~~~',
  ]);
});

test.each([
  ['tabs before it', '\tpriority\t100', 11, 14, '100'],
  ['wide characters before it', '# 漢字 x', 6, 7, 'x'],
  ['wide characters in it', 'name 漢字 x', 6, 8, '漢字'],
  ['combining marks before it', 'e\u0301a\u0301 priority', 6, 14, 'priority'],
  ['an emoji, two code units, before it', '🙂 priority', 4, 12, 'priority'],
  ['a control character before it', 'a\x1b priority', 4, 12, 'priority'],
])('the underline stands below the place with %s', (_what, line, column, endColumn, word) => {
  expect(underlined([line], at(1, column, endColumn))).toBe(word);
});

test('a place in a very long line is shown with a part of the line', () => {
  const line = `${'x'.repeat(5000)} priority ${'y'.repeat(5000)}`;
  const frame = codeFrame([line], at(1, 5002, 5010));
  expect(underlined([line], at(1, 5002, 5010))).toBe('priority');
  for (const { text } of frame) expect(displayWidth(text)).toBeLessThan(110);
});

test('a place of several lines is underlined to the end of its first', () => {
  expect(underlined(['  group {', '  }'], at(1, 3, 4, 2))).toBe('group {');
});

test('a place at the very end of a line still gets a mark', () => {
  const frame = codeFrame(['abc'], at(1, 4, 4));
  expect(frame.at(-1)?.text).toBe('   ~');
});

test('a place without a length marks the word that starts there', () => {
  expect(underlined(['  priority 100'], at(1, 3, 3))).toBe('priority');
});

test('a line that the source does not have gives no frame', () => {
  expect(codeFrame(['one'], at(2, 1, 2))).toEqual([]);
});

test('a carriage return at the end of a line is not shown', () => {
  expect(codeFrame(['priority 100\r'], at(1, 1, 9))[0]?.text).toBe('priority 100');
});
