import { describe, expect, it } from 'vitest';
import { splitScriptWords } from '../../src/keepalived/script-string.ts';
import { understandText } from './understand-text.ts';

describe('the words of a script string', () => {
  it.each([
    ['\\x22double', ['-ouble']],
    ['\\x0041 \\x4g', ['A', '\x04g']],
    ['a\\0b \\x00 c', ['a', '', 'c']],
    ['c\\c@d \\cA', ['c', '\x01']],
    ['\\1018', ['A8']],
    ['a\u00a0b', ['a\u00a0b']],
  ])('of %j are %j', (text, words) => {
    expect(splitScriptWords(text)).toEqual(words);
  });

  it('there are none when a backslash ends it', () => {
    expect(splitScriptWords('a\\')).toBeUndefined();
  });
});

describe('the command of a vrrp_script', () => {
  const argvOf = (...lines: string[]) =>
    understandText(`vrrp_script chk {\n${lines.join('\n')}\n}`).value.scripts[0]?.argv;

  it('is that of the last script line that can be split', () => {
    expect(argvOf('script "/bin/first"', 'script "/bin/it\'s"')).toEqual(['/bin/first']);
    expect(argvOf('script "/bin/it\'s"', 'script "/bin/second"')).toEqual(['/bin/second']);
  });

  it('opens a file after < only where a path follows in the same word', () => {
    expect(argvOf('script "</etc/hostname"')).toEqual(['test', '-r', '/etc/hostname']);
    expect(argvOf('script "\'< /etc/hostname\'"')).toEqual(['test', '-r', '/etc/hostname']);
    expect(argvOf('script "< /etc/hostname"')).toBeUndefined();
  });

  it('keeps reverse from an earlier weight line', () => {
    const { value } = understandText('vrrp_script chk {\nscript /bin/a\nweight -5 reverse\nweight -7\n}');
    expect(value.scripts[0]).toMatchObject({ weight: -7, reverse: true });
  });
});
