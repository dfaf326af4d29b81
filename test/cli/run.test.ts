import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { report } from '../../grammar/source/diagnostic.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { pacemakerFindings } from '../../src/pacemaker/findings.ts';
import { artefactNames } from '../../src/translation.ts';
import { version } from '../../src/version.ts';
import { configuration, useWorkplace } from './cli-run.ts';

const { write, path, kp2pcm } = useWorkplace();

const pair = { 'lb1.conf': configuration(150), 'lb2.conf': configuration(100) };

describe('the artefact goes to stdout, and all else to stderr', () => {
  test('two files give the script of a cluster', async () => {
    write(pair);
    const { exitCode, stdout, stderr } = await kp2pcm(['lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^#!\/bin\/bash\n/);
    expect(stdout).toContain('lb2');
    expect(stderr).not.toContain('error');
  });

  test.each([
    ['migrate', /^#!/],
    ['backup', /^#!/],
    ['rollback', /^#!/],
    ['check', /^#!/],
    ['report', /^# /],
    ['plan', /^\{\n {2}"format": "kp2pcm.plan\/1"/],
    ['MIGRATION.md', /^# /],
    ['plan.json', /^\{/],
    ['migrate.sh', /^#!/],
    ['cib', /^<\?xml /],
    ['cib.xml', /^<\?xml /],
    ['crmsh', /^# Made by kp2pcm from lb1\.conf, lb2\.conf/],
    ['ansible', /^# Made by kp2pcm from lb1\.conf, lb2\.conf/],
  ])('--emit %s', async (name, start) => {
    write(pair);
    const { exitCode, stdout } = await kp2pcm(['--emit', name, 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(start);
    expect(stdout.endsWith('\n')).toBe(true);
  });

  test('a warning is on stderr with its place', async () => {
    write({ ...pair, 'lb1.conf': configuration(150, '    prioritty 9\n') });
    const { exitCode, stdout, stderr } = await kp2pcm(['lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('lb1.conf:14:5');
    expect(stderr).toContain('prioritty');
    expect(stdout).toMatch(/^#!/);
  });

  test('the output is the same from another folder and under another locale', async () => {
    write({ 'ha/lb1.conf': pair['lb1.conf'], 'ha/lb2.conf': pair['lb2.conf'] });
    mkdirSync(path('other'));
    for (const name of artefactNames) {
      const here = await kp2pcm(['--emit', name, 'ha/lb1.conf', 'ha/lb2.conf']);
      const there = await kp2pcm(['--emit', name, '../ha/lb1.conf', '../ha/lb2.conf'], {
        cwd: path('other'),
        env: { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8' },
      });
      const absolute = await kp2pcm(['--emit', name, path('ha/lb1.conf'), path('ha/lb2.conf')]);
      expect(there.stdout).toBe(here.stdout);
      expect(absolute.stdout).toBe(here.stdout);
    }
  });

  test('no output holds a password or the folder of the files', async () => {
    write(pair);
    const runs = artefactNames.map((name) => kp2pcm(['--emit', name, path('lb1.conf'), path('lb2.conf')]));
    for (const { stdout, stderr } of await Promise.all(runs)) {
      expect(stdout + stderr).not.toContain('s3cr3t77');
      expect(stdout + stderr).not.toContain(path());
    }
  });
});

describe('inputs', () => {
  test('standard input is a file', async () => {
    const { exitCode, stdout } = await kp2pcm(['--emit', 'plan', '-'], { stdin: configuration(150) });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).sources).toEqual(['<stdin>']);
    expect(JSON.parse(stdout).nodes[0]).toMatchObject({ name: 'node1', file: '<stdin>' });
  });

  test('standard input can be one of several files', async () => {
    write(pair);
    const { stdout } = await kp2pcm(['--emit', 'plan', 'lb1=-', 'lb2=lb2.conf'], { stdin: pair['lb1.conf'] });
    expect(JSON.parse(stdout).nodes.map(({ name }: { name: string }) => name)).toEqual(['lb1', 'lb2']);
  });

  test('one file with @id lines serves several nodes', async () => {
    const text = configuration(0).replace(
      '    priority 0\n',
      '    @lb1 priority 150\n    @lb2 priority 100\n',
    );
    write({ 'keepalived.conf': text });
    const { exitCode, stdout } = await kp2pcm(['--emit', 'plan', '--nodes', 'lb1,lb2', 'keepalived.conf']);
    expect(exitCode).toBe(0);
    const [instance] = JSON.parse(stdout).instances;
    expect(instance.nodes.map(({ priority }: { priority: number }) => priority)).toEqual([150, 100]);
  });

  test('included files are found beside the file that includes them', async () => {
    write({ ...pair, 'lb1.conf': 'include conf.d/*.conf\n', 'conf.d/vip.conf': pair['lb1.conf'] });
    const { exitCode, stdout } = await kp2pcm(['--emit', 'plan', 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('"file": "conf.d/vip.conf"');
  });

  test('the wishes reach the plan', async () => {
    write(pair);
    const argv = ['--emit', 'plan', '--quorum', 'stop', '--cluster-name', 'web', '--fencing', 'none'];
    const { stdout } = await kp2pcm([...argv, 'lb1.conf', 'lb2.conf']);
    expect(JSON.parse(stdout).cluster).toMatchObject({ name: 'web', quorumPolicy: 'stop', fencing: 'none' });
  });
});

describe('what the asked form cannot hold', () => {
  test('is refused with exit code 3, and nothing is on stdout', async () => {
    write(pair);
    const refusal = report(pacemakerFindings.targetCannotHold, { summary: 'configure.crm cannot hold it' });
    const core = { emitTarget: () => ({ value: undefined, diagnostics: [refusal] }) };
    const run = await kp2pcm(['--emit', 'crmsh', 'lb1.conf', 'lb2.conf'], { core });
    expect(run.stderr).toContain('error[KP320]: configure.crm cannot hold it');
    expect(run.stdout).toBe('');
    expect(run.exitCode).toBe(3);
  });
});

describe('the spelling of one version of pcs', () => {
  test('is asked for by --pcs, in the script and in the plan', async () => {
    write(pair);
    const plan = await kp2pcm(['--pcs', '0.12', '--emit', 'plan', 'lb1.conf', 'lb2.conf']);
    expect(plan.stdout).toContain('"kp_link_eth0 lt 1"');
    const script = await kp2pcm(['--pcs', '0.12', 'lb1.conf', 'lb2.conf']);
    expect(script.stdout).toContain("'kp_link_eth0 lt 1'");
  });

  test('is looked for by --check and diff only if it is asked for again', async () => {
    write(pair);
    await kp2pcm(['--pcs', '0.12', '-o', 'bundle', 'lb1.conf', 'lb2.conf']);
    const again = ['--check', '-o', 'bundle', 'lb1.conf', 'lb2.conf'];
    expect((await kp2pcm(['--pcs', '0.12', ...again])).exitCode).toBe(0);
    expect((await kp2pcm(again)).exitCode).toBe(1);
    const sides = ['bundle', 'lb1=lb1.conf,lb2=lb2.conf'];
    expect((await kp2pcm(['diff', '--pcs', '0.12', ...sides])).exitCode).toBe(0);
    expect((await kp2pcm(['diff', ...sides])).exitCode).toBe(1);
  });
});

describe('wrong use is exit code 2, one message, and nothing on stdout', () => {
  test.each([
    ['no file', []],
    ['an unknown option', ['--frobnicate', 'lb1.conf']],
    ['an unknown artefact', ['--emit', 'everything', 'lb1.conf']],
    ['an unknown version of pcs', ['--pcs', '0.9', 'lb1.conf']],
    ['--pcs for what has no commands', ['--pcs', '0.12', '--emit', 'cib', 'lb1.conf']],
    ['an unknown quorum policy', ['--quorum', 'maybe', 'lb1.conf']],
    ['an unknown fencing', ['--fencing', 'ipmi', 'lb1.conf']],
    ['a cluster name that pcs refuses', ['--cluster-name', 'a b', 'lb1.conf']],
    ['--check without a folder', ['--check', 'lb1.conf']],
    ['-o with --emit', ['-o', 'dir', '--emit', 'plan', 'lb1.conf']],
    ['--nodes with two files', ['--nodes', 'a,b', 'lb1.conf', 'lb2.conf']],
    ['--nodes with a named file', ['--nodes', 'a,b', 'lb1=lb1.conf']],
    ['--nodes with an empty name', ['--nodes', 'a,,b', 'lb1.conf']],
    ['two files for one node', ['x=lb1.conf', 'x=lb2.conf']],
    ['standard input twice', ['a=-', 'b=-']],
    ['check with -o', ['-o', 'dir', 'check', 'lb1.conf']],
    ['check without files', ['check']],
    ['diff with one side', ['diff', 'lb1.conf']],
    ['an unknown code', ['explain', 'KP999']],
  ])('%s', async (_what, argv) => {
    write(pair);
    const { exitCode, stdout, stderr } = await kp2pcm(argv);
    expect(stderr.match(/^error\[KP4\d\d\]: /gm)).toHaveLength(1);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  test('wrong use is told in the format that was asked for', async () => {
    const { exitCode, stderr } = await kp2pcm(['--diagnostics', 'json', '--frobnicate']);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).diagnostics[0]).toMatchObject({
      code: 'KP401',
      summary: "unknown option '--frobnicate'",
    });
  });
});

describe('a configuration that cannot be translated is exit code 3, with nothing on stdout', () => {
  test.each([
    ['a missing file', () => {}],
    ['a directory', () => mkdirSync(path('bad.conf'))],
    ['a binary file', () => writeFileSync(path('bad.conf'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1]))],
    [
      '100 MB of zeros',
      () => {
        writeFileSync(path('bad.conf'), '');
        truncateSync(path('bad.conf'), 100_000_000);
      },
    ],
    ['10,000 nested braces', () => writeFileSync(path('bad.conf'), 'vrrp_instance x {\n'.repeat(10_000))],
    ['a file that includes itself', () => writeFileSync(path('bad.conf'), 'include bad.conf\n')],
    [
      'a definition that refers to itself',
      () => writeFileSync(path('bad.conf'), '$A=${A}x\nrouter_id ${A}\n'),
    ],
    ['a brace too many', () => writeFileSync(path('bad.conf'), `${configuration(100)}}\n`)],
    ['no instance at all', () => writeFileSync(path('bad.conf'), 'global_defs {\n}\n')],
    ['an empty file', () => writeFileSync(path('bad.conf'), '')],
  ])('%s', async (_what, prepare) => {
    prepare();
    const { exitCode, stdout, stderr } = await kp2pcm(['bad.conf']);
    expect(stdout).toBe('');
    expect(stderr.match(/^error\[KP\d\d\d\]: /gm)).toHaveLength(1);
    expect(exitCode).toBe(3);
  });

  test('several errors in one file are all reported', async () => {
    write({ 'bad.conf': `${configuration(100)}}\n}\n` });
    const { stderr } = await kp2pcm(['bad.conf']);
    expect(stderr).toContain('bad.conf:15:1');
    expect(stderr).toContain('bad.conf:16:1');
  });
});

describe('--strict', () => {
  const lossy = { ...pair, 'lb1.conf': configuration(150, '    use_vmac\n') };

  test('anything approximate ends with exit code 1, and the artefact is printed all the same', async () => {
    write(lossy);
    const { exitCode, stdout, stderr } = await kp2pcm(['--strict', 'lb1.conf', 'lb2.conf']);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^#!/);
    expect(stderr).toMatch(/warning\[KP411\]: not exact: \d+ approximate/);
  });

  test('without it the same is exit code 0', async () => {
    write(lossy);
    expect((await kp2pcm(['lb1.conf', 'lb2.conf'])).exitCode).toBe(0);
  });

  test('an exact translation passes', async () => {
    write(pair);
    const { exitCode, stderr } = await kp2pcm(['--strict', 'lb1.conf', 'lb2.conf']);
    expect(stderr).not.toContain('KP411');
    expect(exitCode).toBe(0);
  });
});

describe('a bug is exit code 70', () => {
  const broken = {
    translate: () => {
      throw new Error('the \x1b[31mimpossible happened');
    },
  };

  test('it is called one, without a stack trace', async () => {
    write(pair);
    const { exitCode, stdout, stderr } = await kp2pcm(['lb1.conf'], { core: broken });
    expect(exitCode).toBe(70);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^this is a bug in kp2pcm .*: the <U\+001B>\[31mimpossible happened\n$/);
  });

  test('KP2PCM_DEBUG shows the stack trace', async () => {
    write(pair);
    const { stderr } = await kp2pcm(['lb1.conf'], { core: broken, env: { KP2PCM_DEBUG: '1' } });
    expect(stderr).toContain('run.test.ts');
  });
});

describe('colour', () => {
  const argv = ['missing.conf'];
  test.each([
    ['a terminal gets colour', { terminal: true }, [], true],
    ['a file gets none', { terminal: false }, [], false],
    ['NO_COLOR is honoured', { terminal: true, env: { NO_COLOR: '1' } }, [], false],
    ['an empty NO_COLOR is none', { terminal: true, env: { NO_COLOR: '' } }, [], true],
    ['a dumb terminal gets none', { terminal: true, env: { TERM: 'dumb' } }, [], false],
    ['always means always', { terminal: false, env: { NO_COLOR: '1' } }, ['--color', 'always'], true],
    ['never means never', { terminal: true }, ['--color=never'], false],
  ])('%s', async (_what, world, options, coloured) => {
    const { stderr } = await kp2pcm([...options, ...argv], world);
    expect(stderr.includes('\x1b[')).toBe(coloured);
  });
});

describe('--help and --version', () => {
  test('--version prints the version of the package', async () => {
    expect(await kp2pcm(['--version'])).toEqual({
      exitCode: 0,
      stdout: `${packageJson.version}\n`,
      stderr: '',
    });
    expect(version).toBe(packageJson.version);
  });

  test.each([['--help'], ['-h'], ['help'], ['help', 'diff'], ['check', '--help'], ['diff', '-h']])(
    '%s %s goes to stdout',
    async (...argv) => {
      const { exitCode, stdout, stderr } = await kp2pcm(argv);
      expect(stdout).toContain('Usage: kp2pcm');
      expect(stderr).toBe('');
      expect(exitCode).toBe(0);
    },
  );

  test('the help names every option, command and exit code', async () => {
    const { stdout } = await kp2pcm(['--help']);
    const words = [
      '--emit',
      '--output',
      '--check',
      '--nodes',
      '--quorum',
      '--fencing',
      '--cluster-name',
      '--pcs',
      '--strict',
    ];
    for (const word of [...words, '--diagnostics', '--color', 'check', 'diff', 'explain', 'Exit codes']) {
      expect(stdout).toContain(word);
    }
  });
});
