import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../src/diagnostics/catalogue.ts';
import { artefactNames } from '../../src/translation.ts';
import { configuration, useWorkplace } from './cli-run.ts';

const { write, path, kp2pcm } = useWorkplace();

const pair = { 'lb1.conf': configuration(150), 'lb2.conf': configuration(100) };

describe('kp2pcm -o', () => {
  test('writes the bundle, and the same files as --emit prints', async () => {
    write(pair);
    const { exitCode, stdout } = await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(readdirSync(path('migration')).sort()).toEqual([...artefactNames].sort());
    for (const name of artefactNames) {
      const printed = await kp2pcm(['--emit', name, 'lb1.conf', 'lb2.conf']);
      expect(readFileSync(path('migration', name), 'utf8')).toBe(printed.stdout);
    }
    expect(statSync(path('migration', 'migrate.sh')).mode & 0o111).toBe(0o111);
  });

  test('leaves the old bundle as it is when the configuration has errors', async () => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    const before = readFileSync(path('migration', 'plan.json'), 'utf8');
    write({ 'lb1.conf': `${pair['lb1.conf']}}\n` });
    const { exitCode } = await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(3);
    expect(readFileSync(path('migration', 'plan.json'), 'utf8')).toBe(before);
  });

  test('says so with exit code 2 when a folder is in the way of a file', async () => {
    write({ ...pair, 'migration/check.sh/x': '' });
    const { exitCode, stderr } = await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    expect(stderr).toContain("error[KP407]: 'check.sh' in 'migration' was not written by kp2pcm");
    expect(exitCode).toBe(2);
    expect(readdirSync(path('migration'))).toEqual(['check.sh']);
  });

  test('says so with exit code 2 when the folder cannot be made', async () => {
    write({ ...pair, file: '' });
    const { exitCode, stderr } = await kp2pcm(['-o', 'file/migration', 'lb1.conf', 'lb2.conf']);
    expect(stderr).toMatch(/error\[KP406\]: 'file\/migration' cannot be written: not a directory\n/);
    expect(exitCode).toBe(2);
  });
});

describe('kp2pcm --check -o', () => {
  const check = () => kp2pcm(['--check', '-o', 'migration', 'lb1.conf', 'lb2.conf']);

  test('is silent with exit code 0 when the bundle is what would be written', async () => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    expect(await check()).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('prints what changes, in meaning first, with exit code 1, and writes nothing', async () => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    const before = readFileSync(path('migration', 'migrate.sh'), 'utf8');
    write({ 'lb1.conf': configuration(160) });
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^Changes in meaning: 1 changed\n {2}~ constraint VI_1 prefers lb1\n {6}score: 150 → 160\n/,
    );
    expect(stdout).toContain('--- a/migrate.sh\n+++ b/migrate.sh\n');
    expect(readFileSync(path('migration', 'migrate.sh'), 'utf8')).toBe(before);
  });

  test.each([
    ['an edited script', () => writeFileSync(path('migration', 'migrate.sh'), '#!/bin/bash\n')],
    ['a missing script', () => rmSync(path('migration', 'rollback.sh'))],
    ['a script without its run bit', () => chmodSync(path('migration', 'check.sh'), 0o644)],
    ['a broken plan.json', () => writeFileSync(path('migration', 'plan.json'), '{')],
    ['no folder at all', () => rmSync(path('migration'), { recursive: true })],
  ])('%s is a difference', async (_what, spoil) => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    spoil();
    const { exitCode, stdout } = await check();
    expect(exitCode).toBe(1);
    expect(stdout).not.toBe('');
  });

  test('a folder in the place of a file is exit code 2', async () => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    rmSync(path('migration', 'check.sh'));
    mkdirSync(path('migration', 'check.sh'));
    expect(await check()).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('kp2pcm check', () => {
  test('prints the counts of fates in one line and no script', async () => {
    write(pair);
    const { exitCode, stdout } = await kp2pcm(['check', 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\d+ directives: \d+ exact.*\n$/);
    expect(stdout.split('\n')).toHaveLength(2);
  });

  test('--strict counts, before and after the command', async () => {
    write({ ...pair, 'lb1.conf': configuration(150, '    use_vmac\n') });
    for (const argv of [
      ['check', '--strict'],
      ['--strict', 'check'],
    ]) {
      expect((await kp2pcm([...argv, 'lb1.conf', 'lb2.conf'])).exitCode).toBe(1);
    }
  });

  test('an error is exit code 3 with nothing on stdout', async () => {
    expect(await kp2pcm(['check', 'missing.conf'])).toMatchObject({ exitCode: 3, stdout: '' });
  });

  test.each(['json', 'sarif'])('%s is one document on stderr, also with --strict', async (format) => {
    write({ ...pair, 'lb1.conf': configuration(150, '    use_vmac\n    prioritty 9\n') });
    const { stderr } = await kp2pcm(['check', '--strict', '--diagnostics', format, 'lb1.conf', 'lb2.conf']);
    expect(JSON.parse(stderr)).toBeTypeOf('object');
    expect(stderr).toContain('KP411');
  });

  test.each(['sarif', 'github'])(
    '%s names files as they lie, seen from the working directory',
    async (format) => {
      write({ 'ha/lb1.conf': configuration(150, '    prioritty 9\n'), 'ha/lb2.conf': pair['lb2.conf'] });
      const { stderr } = await kp2pcm(['check', '--diagnostics', format, 'ha/lb1.conf', 'ha/lb2.conf']);
      expect(stderr).toMatch(/["=]ha\/lb1\.conf[",]/);
    },
  );
});

describe('kp2pcm explain', () => {
  test.each(['KP001', 'kp001', '001'])('%s is found', async (code) => {
    const { exitCode, stdout } = await kp2pcm(['explain', code]);
    expect(stdout).toMatch(/^error\[KP001\]: the configuration file cannot be read\n\n/);
    expect(exitCode).toBe(0);
  });

  test('every code has its page, and no line is too wide', async () => {
    for (const { code } of catalogue) {
      const { stdout } = await kp2pcm(['explain', code]);
      for (const line of stdout.split('\n').slice(1)) expect(line.length).toBeLessThan(93);
    }
  });

  test('without a code all are listed', async () => {
    const { stdout } = await kp2pcm(['explain']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(catalogue.length);
  });

  test('a code that differs in one place is suggested', async () => {
    const { stderr } = await kp2pcm(['explain', 'KP40X']);
    expect(stderr).toContain('did you mean KP401');
  });
});

describe('kp2pcm diff', () => {
  const priorityChange = /^Changes in meaning: 1 changed\n {2}~ constraint VI_1 prefers \w+\n/;

  test('the same twice is exit code 0', async () => {
    write(pair);
    const { exitCode, stdout } = await kp2pcm(['diff', 'lb1.conf', 'lb1.conf']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'No difference.\n' });
  });

  test('two files are compared by what is in them, not by what they are called', async () => {
    write({ 'old.conf': configuration(150), 'new.conf': configuration(150) });
    expect(await kp2pcm(['diff', 'old.conf', 'new.conf'])).toMatchObject({ exitCode: 0 });
  });

  test('old and new are no names of nodes', async () => {
    write({ ...pair, 'new.conf': configuration(160) });
    const { stdout } = await kp2pcm(['diff', 'lb1.conf', 'new.conf']);
    expect(stdout).toContain('~ constraint VI_1 prefers lb1\n');
  });

  test.each([
    ['two files', ['old.conf', 'lb1.conf'], { 'old.conf': configuration(140) }],
    [
      'two folders with a file per node',
      ['old', 'new'],
      {
        'old/lb1.conf': configuration(140),
        'old/lb2.conf': configuration(100),
        'new/lb1.conf': configuration(150),
        'new/lb2.conf': configuration(100),
      },
    ],
    [
      'two folders with a folder per node',
      ['old', 'new'],
      {
        'old/lb1/keepalived.conf': configuration(140),
        'old/lb2/keepalived.conf': configuration(100),
        'new/lb1/keepalived.conf': configuration(150),
        'new/lb2/keepalived.conf': configuration(100),
      },
    ],
    [
      'two lists',
      ['lb1=old1.conf,lb2=lb2.conf', 'lb1=lb1.conf,lb2=lb2.conf'],
      { 'old1.conf': configuration(140) },
    ],
  ])('%s: a changed priority is one change in meaning', async (_what, [before = '', after = ''], files) => {
    write({ ...pair, ...files });
    const { exitCode, stdout, stderr } = await kp2pcm(['diff', before, after]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/score: 140 → 150\n/);
    expect(stdout).toContain('+++ b/migrate.sh\n');
    expect(exitCode).toBe(1);
  });

  test('a bundle is compared with the files that it comes from', async () => {
    write(pair);
    await kp2pcm(['-o', 'migration', 'lb1.conf', 'lb2.conf']);
    expect(await kp2pcm(['diff', 'migration', 'lb1=lb1.conf,lb2=lb2.conf'])).toMatchObject({ exitCode: 0 });
    write({ 'lb1.conf': configuration(160) });
    const { exitCode, stdout } = await kp2pcm(['diff', 'migration', 'lb1=lb1.conf,lb2=lb2.conf']);
    expect(stdout).toMatch(priorityChange);
    expect(exitCode).toBe(1);
  });

  test('a former version from standard input is compared with the file', async () => {
    write(pair);
    const { stdout } = await kp2pcm(['diff', '-', 'lb1.conf'], { stdin: configuration(140) });
    expect(stdout).toContain('score: 140 → 150');
    expect(stdout).not.toContain('<stdin>');
  });

  test('a comment more is no change in meaning', async () => {
    write({ 'old.conf': configuration(150), 'new.conf': `# a remark\n${configuration(150)}` });
    const { exitCode, stdout } = await kp2pcm(['diff', 'old.conf', 'new.conf']);
    expect(stdout).toMatch(/^No change in meaning/);
    expect(exitCode).toBe(1);
  });

  test('--format markdown is a comment for a pull request', async () => {
    write({ ...pair, 'old.conf': configuration(140) });
    const { stdout } = await kp2pcm(['diff', '--format', 'markdown', 'old.conf', 'lb1.conf']);
    expect(stdout).toMatch(/^### /);
    expect(stdout).toContain('<details><summary><code>migrate.sh</code>');
  });

  test('a side that cannot be translated is exit code 3, and the messages point into its own file', async () => {
    write({ ...pair, 'old.conf': `${configuration(150)}}\n` });
    const { exitCode, stdout, stderr } = await kp2pcm(['diff', 'old.conf', 'lb1.conf']);
    expect(stderr).toContain('old.conf:15:1');
    expect(stderr).toContain("error[KP408]: 'old.conf' cannot be translated");
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  });

  test.each([
    ['an empty folder', () => mkdirSync(path('old')), 'KP408'],
    ['a folder with a broken plan.json', () => write({ 'old/plan.json': '{' }), 'KP409'],
    ['a plan of another format', () => write({ 'old/plan.json': '{"format":"kp2pcm.plan/99"}' }), 'KP409'],
    ['half a plan', () => write({ 'old/plan.json': '{"format":"kp2pcm.plan/1"}' }), 'KP409'],
  ])('%s is exit code 2', async (_what, prepare, code) => {
    write(pair);
    prepare();
    const { exitCode, stderr } = await kp2pcm(['diff', 'old', 'lb1.conf']);
    expect(stderr).toContain(`error[${code}]`);
    expect(exitCode).toBe(2);
  });
});

describe('--keepalived', () => {
  const lines = 'vrrp_script c {\nscript "/usr/bin/c"\ninterval 0.5\n}\n';
  const files = { 'lb1.conf': lines + configuration(150), 'lb2.conf': lines + configuration(100) };

  test('reads as the release does that it names, in every command that reads files', async () => {
    write(files);
    const names = ['lb1.conf', 'lb2.conf'];
    expect((await kp2pcm(['check', ...names])).stderr).toContain('interval 0.5: not a whole number');
    for (const words of [['--keepalived', '2.3'], ['--keepalived=2.3.2']]) {
      expect((await kp2pcm(['check', ...words, ...names])).stderr).not.toContain('interval 0.5');
      expect((await kp2pcm([...words, ...names])).stderr).not.toContain('interval 0.5');
      expect((await kp2pcm(['diff', ...words, 'lb1.conf', 'lb1.conf'])).exitCode).toBe(0);
    }
  });

  test('refuses a release that there is none of', async () => {
    write(files);
    const { exitCode, stderr } = await kp2pcm(['--keepalived', '2.9', 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Allowed choices are 1.2, 1.3, 1.4, 2.0, 2.1, 2.2, 2.3, 2.4');
  });
});
