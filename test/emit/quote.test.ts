import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteWord } from '../../src/emit/quote.ts';
import { hostileTexts } from './sample-plans.ts';

/** What a shell makes of a line of words. */
function wordsOf(shell: string, line: string, environment: Record<string, string> = {}): string[] {
  const output = execFileSync(shell, ['-c', `printf '%s\\0' ${line}`], {
    encoding: 'utf8',
    // With a socket there bash would take itself for a remote shell and read ~/.bashrc.
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...environment },
  });
  return output.split('\0').slice(0, -1);
}

const withoutNul = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
const nasty = fc
  .array(fc.constantFrom(...'\'"\\$`!*?[]{}()<>|&;#~= \t\n-a'), { maxLength: 12 })
  .map((cs) => cs.join(''));
const anyWord = fc.oneof(withoutNul, nasty, fc.constantFrom(...hostileTexts));

describe.each(['/bin/sh', '/bin/bash'])('quoteWord and %s', (shell) => {
  it('give back every text unchanged, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(anyWord, { minLength: 1, maxLength: 20 }), (words) => {
        expect(wordsOf(shell, words.map((word) => quoteWord(word)).join(' '))).toEqual(words);
      }),
      { numRuns: 150 },
    );
  });

  it('expand a variable to one word, with its literal ending after it', () => {
    fc.assert(
      fc.property(anyWord, anyWord, (value, suffix) => {
        const word = quoteWord({ variable: 'NODE2', value: 'node2', suffix });
        expect(wordsOf(shell, word, { NODE2: value })).toEqual([value + suffix]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('quoteWord', () => {
  it('leaves what needs no quotes as it is, so that commands read as people type them', () => {
    for (const word of [
      'ip=192.0.2.50',
      'lb1=150',
      '-INFINITY',
      '/usr/bin/x',
      'ocf:heartbeat:IPaddr2',
      '2001:db8::1',
    ]) {
      expect(quoteWord(word)).toBe(word);
    }
    expect(quoteWord({ variable: 'NODE2', value: 'node2', suffix: '=100' })).toBe('"$NODE2"=100');
  });

  it('refuses a NUL character, which no argument can hold', () => {
    expect(() => quoteWord('a\0b')).toThrow(/NUL/);
    expect(() => quoteWord({ variable: 'NODE2', value: '', suffix: '\0' })).toThrow(/NUL/);
  });

  it('refuses a name that is not a variable of the scripts', () => {
    expect(() => quoteWord({ variable: 'A;B', value: '', suffix: '' })).toThrow(/variable/);
  });
});
