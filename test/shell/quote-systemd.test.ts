import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteForSystemd } from '../../src/shell/quote-systemd.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';

const splitter = fileURLToPath(new URL('systemd-words.py', import.meta.url));

function wordsOf(lines: readonly string[]): string[][] {
  const said = execFileSync('/usr/bin/python3', [splitter], {
    input: JSON.stringify(lines),
    encoding: 'utf8',
  });
  return JSON.parse(said) as string[][];
}

const nasty = fc
  .array(fc.constantFrom(...'%$"\'\\;#{}~*@-+!: \t\n\r\u0001\u007faéx7日😀'), { maxLength: 12 })
  .map((characters) => characters.join(''));
const withoutNul = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
const word = fc.oneof(
  nasty,
  withoutNul,
  fc.constantFrom(...hostileTexts, '', ';', '%n', '%%', '$HOME', '${HOME}', '$$', '\\x41', '\\;', '-', '@'),
);

// Its package brings the library.
const ready = ['python3', 'systemd-analyze'].every(requireTool);

describe.skipIf(!ready)('systemd’s own library', () => {
  it('splits a line into the very words, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { maxLength: 5 }), { minLength: 20, maxLength: 20 }), (lists) => {
        const lines = lists.map((words) => ['/bin/x', ...words.map(quoteForSystemd)].join(' '));
        expect(wordsOf(lines)).toEqual(lists.map((words) => ['/bin/x', ...words]));
      }),
      { numRuns: 15 },
    );
  });

  it('finds the words of startup_script and its user in the drop-in', () => {
    const text = `global_defs {\nstartup_script "/etc/start '50%' '$HOME' ;x 'a b' \\\\ #1" "us er" "gr%p"\n}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n192.0.2.5/24\n}\n}\n`;
    const { plan } = translateNodes({ lb1: text, lb2: text });
    const [unit] = plan?.files.filter(({ path }) => path.includes('pacemaker.service.d')) ?? [];
    const line = /^ExecStartPre=-(.*)$/m.exec(unit?.content ?? '')?.[1] ?? '';
    const script = understandText(text).value.globals.startupScript;
    expect(script?.argv).toContain('$HOME');
    expect(wordsOf([line])).toEqual([
      [
        ...['/usr/sbin/runuser', '-u', 'us er', '-g', 'gr%p', '--'],
        ...['/usr/bin/timeout', `${script?.timeoutSeconds}`, ...(script?.argv ?? [])],
      ],
    ]);
  });
});
