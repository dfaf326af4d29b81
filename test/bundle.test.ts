import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cases, runCase } from './fixtures.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-bundle-'));
const dist = join(folder, 'dist');
const read = (path: string) => readFileSync(path, 'utf8');
const sample = ['fixtures/start/haproxy-pair/lb1.conf', 'fixtures/start/haproxy-pair/lb2.conf'];

beforeAll(() => {
  execFileSync(process.execPath, ['build.mjs', dist], { cwd: root, stdio: 'pipe' });
  // Two seconds on an idle machine, many times that beside other runs.
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

const { NODE_OPTIONS: _options, ...env } = process.env;

/** Runs the file as a shell does: by its first line. */
function run(program: string, words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: root, encoding: 'utf8', env });
  return { status, stdout, stderr };
}

const kp2pcm = (...words: string[]) => run(join(dist, 'kp2pcm.cjs'), words);

function bash(script: string, variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...env, KP2PCM: join(dist, 'kp2pcm.cjs'), ...variables },
  });
  return { status, stdout, stderr };
}

describe('what is built', () => {
  // 110 kB of the program and 90 kB of the library read YAML, for the companion file.
  it.each([
    ['kp2pcm.cjs', 2],
    ['program.cjs', 1340],
    ['index.js', 1210],
  ])('%s stays within %d kB: what makes it larger is a choice', (name, kilobytes) => {
    expect(statSync(join(dist, name)).size).toBeLessThan(kilobytes * 1000);
  });

  it.each(['program.cjs', 'index.js'])('%s holds no compiler of templates', (name) => {
    const message = 'Parse error on line ';
    expect(read(join(root, 'node_modules/handlebars/dist/cjs/handlebars/compiler/parser.js'))).toContain(
      message,
    );
    expect(read(join(dist, name))).not.toContain(message);
  });

  it('holds a library that asks for no module of Node', () => {
    const modules = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["'](?:node:|fs|path|process)/g;
    expect(read(join(dist, 'index.js')).match(modules) ?? []).toEqual([]);
    // The program does: so the pattern finds what it looks for.
    expect(read(join(dist, 'program.cjs'))).toMatch(modules);
  });

  it('holds a program of ASCII only, since its loader reads a byte as a character', () => {
    expect(readFileSync(join(dist, 'program.cjs')).findIndex((byte) => byte > 0x7f)).toBe(-1);
  });

  it('names no folder of the machine that built it', () => {
    for (const name of ['kp2pcm.cjs', 'program.cjs', 'index.js']) {
      expect(read(join(dist, name))).not.toContain(root);
    }
  });
});

describe('the command as it is published', () => {
  it('says the version of the package', () => {
    const { version } = JSON.parse(read(join(root, 'package.json')));
    expect(kp2pcm('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('knows the signs that are not ASCII: typographic quotes', () => {
    const file = join(folder, 'quotes.conf');
    writeFileSync(file, 'vrrp_script check {\n  script “/bin/true”\n}\n');
    expect(kp2pcm('check', file).stderr).toContain('warning[KP051]: “ is not a quote to the daemon');
  });

  it('prints what the sources print', async () => {
    const source = cases.find(({ name }) => name === 'start/haproxy-pair');
    if (!source) throw new Error('the sample is gone');
    const { stdout, stderr } = await runCase(source, '--emit', 'plan');
    expect(kp2pcm('--emit', 'plan', ...sample)).toEqual({ status: 0, stdout, stderr });
  });

  it('ends with 1 when a comparison finds a difference, and with 0 when it finds none', () => {
    expect(kp2pcm('diff', ...sample).status).toBe(1);
    expect(kp2pcm('diff', sample[0] ?? '', sample[0] ?? '').status).toBe(0);
  });

  it('ends with 2 when it is used wrongly', () => {
    expect(kp2pcm('--no-such-option')).toMatchObject({ status: 2, stdout: '' });
    expect(kp2pcm()).toMatchObject({ status: 2, stdout: '' });
  });

  it('ends with 3 and an empty stdout when there is nothing that it can translate', () => {
    expect(kp2pcm('package.json')).toMatchObject({ status: 3, stdout: '' });
    expect(kp2pcm('no-such-file.conf')).toMatchObject({ status: 3, stdout: '' });
  });

  it('is silent when the reader of its pipe goes away', () => {
    const script = '"$KP2PCM" --emit plan "$@" 2>"$LOG" | head -1; echo "${PIPESTATUS[0]}"';
    const log = join(folder, 'errors');
    const { stdout } = bash(`set -- ${sample.join(' ')}; ${script}`, { LOG: log });
    expect(stdout).toBe('{\n0\n');
    expect(read(log)).not.toMatch(/EPIPE|Error:/);
  });

  it('runs through a symbolic link, which is how npm installs it', () => {
    const link = join(folder, 'kp2pcm');
    symlinkSync(join(dist, 'kp2pcm.cjs'), link);
    expect(run(link, ['--version']).status).toBe(0);
  });

  it.each([
    ['without its compiled code', undefined],
    ['with compiled code that V8 refuses', 'no code at all'],
  ])('does the same %s', (_how, code) => {
    const expected = kp2pcm(...sample);
    const cache = join(dist, 'program.cache');
    const kept = readFileSync(cache);
    try {
      if (code === undefined) rmSync(cache);
      else writeFileSync(cache, code);
      expect(kp2pcm(...sample)).toEqual(expected);
    } finally {
      writeFileSync(cache, kept);
    }
  });
});

describe('the README', () => {
  const commands = [...read(join(root, 'README.md')).matchAll(/^npm ci && (.+)$/gm)].map((match) => match[1]);

  it('has two commands for a fresh clone', () => {
    expect(commands).toHaveLength(2);
    expect(commands[1]).toBe('npm test');
  });

  it('writes a script that bash can read with the first of them', () => {
    const target = join(folder, 'migrate.sh');
    const command = (commands[0] ?? '').replace('dist/', `${dist}/`).replace('migrate.sh', target);
    expect(bash(command).status).toBe(0);
    expect(bash(`bash -n ${target}`)).toMatchObject({ status: 0, stderr: '' });
    expect(read(target)).toContain('# WHO HOLDS WHAT');
  });
});
