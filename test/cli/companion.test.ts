import { describe, expect, it } from 'vitest';
import { configuration, useWorkplace } from './cli-run.ts';

const { kp2pcm, path, write } = useWorkplace();

const pair = { 'lb1.conf': configuration(150), 'lb2.conf': configuration(100) };
const files = ['lb1.conf', 'lb2.conf'];
const named = 'cluster:\n  name: from-the-file\n';
const sourcesOf = (stdout: string) => JSON.parse(stdout).sources;

describe('a kp2pcm.yaml beside the configurations', () => {
  it('is read, said, and listed among the sources of every artefact', async () => {
    write({ ...pair, 'kp2pcm.yaml': named });
    const plan = await kp2pcm(['--emit', 'plan', ...files]);
    expect(plan.exitCode).toBe(0);
    expect(plan.stderr).toContain('note[KP438]: kp2pcm.yaml is read as the companion file');
    expect(sourcesOf(plan.stdout)).toEqual(['lb1.conf', 'lb2.conf', 'kp2pcm.yaml']);
    for (const artefact of ['migrate', 'report', 'cib']) {
      const { stdout } = await kp2pcm(['--emit', artefact, ...files]);
      expect(stdout).toContain('lb1.conf, lb2.conf, kp2pcm.yaml');
    }
  });

  it('is looked for above configurations that lie in folders of their own', async () => {
    write({
      'lb1/keepalived.conf': pair['lb1.conf'],
      'lb2/keepalived.conf': pair['lb2.conf'],
      'kp2pcm.yaml': named,
    });
    const { stdout } = await kp2pcm(['--emit', 'plan', 'lb1/keepalived.conf', 'lb2/keepalived.conf']);
    expect(sourcesOf(stdout)).toContain('kp2pcm.yaml');
  });

  it('is found from wherever kp2pcm is called, and from nowhere else', async () => {
    write({ 'ha/lb1.conf': pair['lb1.conf'], 'ha/lb2.conf': pair['lb2.conf'], 'kp2pcm.yaml': named });
    const without = await kp2pcm(['--emit', 'plan', 'ha/lb1.conf', 'ha/lb2.conf']);
    expect(sourcesOf(without.stdout)).not.toContain('kp2pcm.yaml');
    write({ 'ha/kp2pcm.yaml': named });
    const inside = await kp2pcm(['--emit', 'plan', ...files], { cwd: path('ha') });
    expect(sourcesOf(inside.stdout)).toContain('kp2pcm.yaml');
    expect((await kp2pcm(['--emit', 'plan', 'ha/lb1.conf', 'ha/lb2.conf'])).stdout).toBe(inside.stdout);
  });

  it('is read from the working folder for standard input, which lies nowhere', async () => {
    write({ 'kp2pcm.yaml': named });
    const { stdout } = await kp2pcm(['--emit', 'plan', '-'], { stdin: configuration(150) });
    expect(sourcesOf(stdout)).toContain('kp2pcm.yaml');
  });

  it('is left alone where --no-companion says so', async () => {
    write({ ...pair, 'kp2pcm.yaml': 'no: [yaml' });
    const { exitCode, stdout, stderr } = await kp2pcm(['--no-companion', '--emit', 'plan', ...files]);
    expect(exitCode).toBe(0);
    expect(sourcesOf(stdout)).toEqual(files);
    expect(stderr).not.toContain('KP438');
  });
});

describe('--companion', () => {
  it('names another file, in place of the one that lies there', async () => {
    write({ ...pair, 'kp2pcm.yaml': 'no: [yaml', 'sub/other.yaml': named });
    const { exitCode, stdout, stderr } = await kp2pcm([
      '--companion',
      'sub/other.yaml',
      '--emit',
      'plan',
      ...files,
    ]);
    expect(exitCode).toBe(0);
    expect(sourcesOf(stdout)).toContain('sub/other.yaml');
    expect(stderr).not.toContain('KP438');
  });

  it('shows of a file that lies elsewhere the name alone', async () => {
    write({ 'ha/lb1.conf': pair['lb1.conf'], 'ha/lb2.conf': pair['lb2.conf'], 'private/other.yaml': named });
    const words = ['--companion', path('private/other.yaml'), '--emit', 'plan', 'ha/lb1.conf', 'ha/lb2.conf'];
    const { stdout } = await kp2pcm(words);
    expect(sourcesOf(stdout)).toEqual(['lb1.conf', 'lb2.conf', 'other.yaml']);
  });

  it.each([
    ['is not there', 'none.yaml', 'none.yaml cannot be read: it is not there'],
    ['is a folder', 'folder', 'folder cannot be read: it is a folder'],
    ['is in Latin-1', 'latin.yaml', 'latin.yaml cannot be read: it is not UTF-8'],
    ['is binary', 'binary.yaml', 'binary.yaml cannot be read: it is no text'],
  ])('ends with 3 where the file %s', async (_what, name, message) => {
    write({ ...pair, 'folder/x': '' });
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path('latin.yaml'), Buffer.from('cluster: {name: \xe4}\n', 'latin1'));
    writeFileSync(path('binary.yaml'), Buffer.alloc(100));
    const { exitCode, stdout, stderr } = await kp2pcm(['--companion', name, ...files]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain(`error[KP430]: ${message}`);
  });

  it('ends with 3 where the file is wrong, and says what is wrong in the configurations too', async () => {
    write({
      'lb1.conf': 'vrrp_instance X {\n',
      'lb2.conf': pair['lb2.conf'],
      'x.yaml': 'cluster: {nmae: web}\n',
    });
    const { exitCode, stdout, stderr } = await kp2pcm(['--companion', 'x.yaml', ...files]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('error[KP432]');
    expect(stderr).toContain('x.yaml:1:11');
    expect(stderr).toMatch(/lb1\.conf/);
  });

  it('gives machines the path from the working folder', async () => {
    write({ 'ha/lb1.conf': pair['lb1.conf'], 'ha/x.yaml': 'cluster: {nmae: web}\n' });
    const { stderr } = await kp2pcm(['--diagnostics', 'github', '--companion', 'ha/x.yaml', 'ha/lb1.conf']);
    expect(stderr).toContain('file=ha/x.yaml,line=1');
  });
});

it('never shows a password, whatever is wrong with it', async () => {
  const secret = 'hunter2-Pa55';
  write({
    ...pair,
    'kp2pcm.yaml': `fencing:\n  devices:\n    d:\n      kind: ipmi\n      nodes: lb1\n      parameters:\n        password: ${secret}\n        x: [y]\n`,
  });
  for (const format of ['human', 'json', 'sarif', 'github']) {
    const { exitCode, stdout, stderr } = await kp2pcm(['--diagnostics', format, ...files]);
    expect([exitCode, stdout]).toEqual([3, '']);
    expect(stderr).toContain('KP437');
    expect(stderr).not.toContain(secret);
  }
});

it('is compared on both sides of a diff', async () => {
  write({ 'old/lb1.conf': pair['lb1.conf'], 'new/lb1.conf': pair['lb1.conf'], 'new/kp2pcm.yaml': named });
  const { exitCode, stdout } = await kp2pcm(['diff', 'old', 'new']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('kp2pcm.yaml');
});
