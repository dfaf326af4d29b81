import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';

/** What the agent's `eval "set -- $command"` makes of a parameter. */
function splitByShell(parameter: string): string[] {
  const program = 'eval "set -- $1"; printf "%s\\0" "$@"';
  const output = execFileSync('/bin/sh', ['-c', program, 'sh', parameter], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

it('a shell splits the parameter into the very words, and the parameter is ASCII', () => {
  const word = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
    .map((text) => text.replaceAll('\0', '').replace(/\n+$/, ''))
    .filter((text) => text !== '');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
      const parameter = joinArguments(words);
      expect(splitByShell(parameter)).toEqual(words);
      expect([...parameter].every((character) => character.charCodeAt(0) < 0x80)).toBe(true);
    }),
    { numRuns: 200 },
  );
});

it.each([['-0 $(x) `y` "z" \'w\' & | ; * ~ \\'], ['ü&x'], ["'ü'"], ['tab\tand\nline']])(
  '%j survives',
  (word) => {
    expect(splitByShell(joinArguments(['/bin/echo', word, 'last']))).toEqual(['/bin/echo', word, 'last']);
  },
);
