import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emitScripts } from '../../src/emit/scripts.ts';
import type { Artefact } from '../../src/translation.ts';
import { requireTool } from '../tools.ts';
import { samplePlans } from './sample-plans.ts';

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-scripts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const cases = Object.entries(samplePlans).flatMap(([name, plan]) =>
  emitScripts(plan).map((script): [string, Artefact, string] => {
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}-${script.name}`);
    writeFileSync(path, script.text);
    chmodSync(path, 0o755);
    return [`${script.name}, ${name}`, script, path];
  }),
);

function textOf(name: string, script: string): string {
  const found = cases.find(([title]) => title === `${script}, ${name}`)?.[1].text;
  if (found === undefined) throw new Error(`no ${script} of ${name}`);
  return found;
}

describe.each(cases)('%s', (_, script, path) => {
  it('is a bash program', () => {
    expect(script.text).toMatch(/^#!\/bin\/bash\n/);
    expect(script.executable).toBe(true);
    execFileSync('bash', ['-n', path]);
  });

  it.skipIf(!requireTool('shellcheck'))('passes ShellCheck', () => {
    execFileSync('shellcheck', [path], { encoding: 'utf8' });
  });

  it.skipIf(!requireTool('shfmt'))('is laid out as shfmt -i 2 -ci lays out', () => {
    expect(execFileSync('shfmt', ['-i', '2', '-ci', '-d', path], { encoding: 'utf8' })).toBe('');
  });

  it('does without what bash 4.2 does not have', () => {
    // namerefs, ${x@Q}, wait -n, mapfile -d, negative lengths of ${x:…}, readarray -d
    expect(script.text).not.toMatch(
      /local -n|declare -n|\$\{[^}]*@[A-Za-z]\}|wait -n|(mapfile|readarray) -d/,
    );
  });
});

describe('the scripts of a plan', () => {
  it('carry its id on a line of its own, by which they know each other', () => {
    for (const [name, { planId }] of Object.entries(samplePlans)) {
      for (const script of ['migrate.sh', 'backup.sh', 'rollback.sh', 'check.sh']) {
        expect(textOf(name, script).split('\n')).toContain(`PLAN_ID=${planId}`);
      }
    }
  });

  it('say in the head of migrate.sh who holds what, what fencing and quorum are, and what is left to do', () => {
    const text = textOf('pair', 'migrate.sh');
    const head = text.slice(0, text.indexOf('\nset -euo pipefail'));
    expect(head).toMatch(/^# {3}group {2}lb1 {3}lb2$/m);
    expect(head).toMatch(/^# {3}VI_1 {3}1150 {2}1100 {2}goes back to the best node$/m);
    expect(head).toMatch(/^# {3}VI_1: 192\.0\.2\.50\/24 on eth0, 192\.0\.2\.51\/32 on eth0$/m);
    expect(head).toMatch(/^# FENCING IS OFF$/m);
    expect(head).toMatch(/no-quorum-policy=ignore/);
    expect(head).toMatch(/3 directives: 1 exact, 1 approximate, 1 manual/);
    expect(head).toMatch(/approximate: .*preempt_delay \(lb1\.conf:15\): comes back at once/);
    expect(head).toMatch(/by hand, after the migration: Move the notify scripts/);
  });

  it('put each command of the plan on lines of its own, with its reason and its place above it', () => {
    expect(textOf('pair', 'migrate.sh')).toContain(
      '  # priority 1150 on lb1; priority 1100 on lb2 (lb1.conf:12, lb2.conf:12)\n' +
        '  run pcs -f "$NEW_CIB" constraint location VI_1 prefers lb1=1150 lb2=1100\n',
    );
  });

  it('hold assumed names in variables, and write them nowhere else', () => {
    const text = textOf('single file', 'migrate.sh');
    expect(text).toMatch(/^NODE1=node1$/m);
    expect(text).toMatch(/^NODE2=node2$/m);
    const code = text.split('\n').filter((line) => !/^\s*#/.test(line) && !line.startsWith('NODE'));
    expect(
      code.filter((line) => /(?<![\w-])node[12]\b/.test(line)).filter((line) => !line.includes('127.0.0.1')),
    ).toEqual([]);
  });

  it('hold the files of the plan as they are', () => {
    const plan = samplePlans['hostile strings'];
    for (const { content } of plan?.files ?? [])
      expect(textOf('hostile strings', 'migrate.sh')).toContain(content);
  });
});
