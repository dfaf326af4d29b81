import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { terminalColours } from '../../src/diagnostics/colours.ts';
import { renderHuman } from '../../src/diagnostics/render-human.ts';
import { flood, misspelt, plain, sources } from './sample-diagnostics.ts';

test('a diagnostic shows its summary, place, frame, detail, notes, help and suggestion, in this order', () => {
  expect(renderHuman([misspelt], { sources })).toBe(`warning[KP101]: unknown keyword 'prioritty'
   lb1.conf:3:5
      1 │ vrrp_instance VI_1 {
      2 │     interface eth0
      3 │     prioritty 150
        ╵     ~~~~~~~~~
   The daemon ignores the line.
   note: the other node has it right
   lb2.conf:2:5
      2 │     priority 100
        ╵     ~~~~~~~~~~~~
   note: a remark
   help: did you mean 'priority'?
   write:
      3 │     priority 150

1 warning. What a code means: kp2pcm explain KP101
`);
});

test('a diagnostic without a place is its summary', () => {
  expect(renderHuman([plain])).toBe(
    'error[KP402]: two files for lb1\n\n1 error. What a code means: kp2pcm explain KP402\n',
  );
});

test('a place in a source that is not at hand is named without a frame', () => {
  expect(renderHuman([misspelt])).toContain('   lb1.conf:3:5\n   The daemon');
});

test('nothing to say is nothing printed', () => {
  expect(renderHuman([], { sources })).toBe('');
});

test('colours change nothing but the colours', () => {
  const painted = renderHuman([misspelt, plain], { sources, colours: terminalColours });
  expect(painted).toContain('\x1b[1;33mwarning[KP101]\x1b[0m');
  expect(painted).toContain('\x1b[1;31merror[KP402]\x1b[0m');
  expect(stripVTControlCharacters(painted)).toBe(renderHuman([misspelt, plain], { sources }));
});

test('without colours no escape sequence is printed, whatever is in the user’s text', () => {
  const evil = '\x1b]0;owned\x07\x9b2J\u202e';
  const hostile = {
    ...misspelt,
    summary: `unknown keyword '${evil}'`,
    detail: evil,
    help: evil,
    notes: [{ text: evil }],
    at: { ...misspelt.notes[0]?.at, file: `lb${evil}.conf`, line: 1, column: 1, endLine: 1, endColumn: 3 },
  };
  const shown = renderHuman([hostile], { sources: [{ name: `lb${evil}.conf`, lines: [`${evil} x`] }] });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the point
  expect(shown).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  expect(shown).toContain('<U+001B>]0;owned<U+0007>');
});

test('of many warnings of one kind people see three in full, ten by place, and how many more there are', () => {
  const shown = renderHuman(flood(200, 'warning'), { sources });
  expect(shown.match(/^warning\[KP105\]: finding/gm)).toHaveLength(3);
  expect(shown).toContain('warning[KP105]: 197 more of this kind\n   lb1.conf:1:1: finding 4\n');
  expect(shown).toContain('   lb1.conf:1:1: finding 13\n   and 187 more\n\n200 warnings.');
  expect(shown).not.toContain('finding 14');
});

test('every error is told, however many there are', () => {
  const shown = renderHuman(flood(200, 'error'), { sources });
  for (let number = 1; number <= 200; number++) expect(shown).toContain(`finding ${number}\n`);
});
