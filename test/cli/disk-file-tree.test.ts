import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diskFileTree, maxFileBytes, readStandardInput } from '../../src/cli/disk-file-tree.ts';

let root = '';

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'kp2pcm-tree-'));
  mkdirSync(join(root, 'conf.d'));
  writeFileSync(join(root, 'a.conf'), 'router_id ü\r\n');
  writeFileSync(join(root, 'bom.conf'), '\ufeffglobal_defs {\n');
  writeFileSync(join(root, 'latin1.conf'), Buffer.from([0x72, 0xfc, 0x0a]));
  writeFileSync(join(root, 'binary.conf'), Buffer.from([0x72, 0, 0x0a]));
  writeFileSync(join(root, 'run.conf'), '');
  chmodSync(join(root, 'run.conf'), 0o755);
  writeFileSync(join(root, 'huge.conf'), '');
  truncateSync(join(root, 'huge.conf'), maxFileBytes + 1);
  writeFileSync(join(root, 'conf.d', 'x.conf'), '');
  symlinkSync('loop.conf', join(root, 'loop.conf'));
  execFileSync('bash', ['-c', 'mkfifo "$1"', 'bash', join(root, 'pipe.conf')]);
});

afterAll(() => rmSync(root, { recursive: true }));

const tree = (given: readonly string[] = []) =>
  diskFileTree({ root, given: new Map(given.map((name) => [name, { path: join(root, name) }])) });

test.each([
  ['a.conf', { kind: 'text', text: 'router_id ü\r\n', encoding: 'utf-8' }],
  ['bom.conf', { kind: 'text', text: '\ufeffglobal_defs {\n', encoding: 'utf-8' }],
  ['latin1.conf', { kind: 'text', text: 'rü\n', encoding: 'latin1' }],
  ['binary.conf', { kind: 'binary' }],
  ['huge.conf', { kind: 'too-large' }],
  ['conf.d', { kind: 'directory' }],
  ['missing.conf', { kind: 'missing' }],
  ['a.conf/b.conf', { kind: 'missing' }],
  ['loop.conf', { kind: 'forbidden' }],
])('%s reads as %j', (path, content) => {
  expect(tree().read(path)).toEqual(content);
});

test('an included file that is executable is refused, as the daemon refuses it', () => {
  expect(tree().read('run.conf')).toEqual({ kind: 'executable' });
});

test('the mode of a named file does not matter: it is a copy of what lies on the node', () => {
  expect(tree(['run.conf']).read('run.conf')).toMatchObject({ kind: 'text' });
});

test('an included pipe without a writer is refused and does not hold the program up', () => {
  expect(tree().read('pipe.conf')).toEqual({ kind: 'forbidden' });
});

test('a named device that never ends is read up to the limit', () => {
  const given = new Map([['zero', { path: '/dev/zero' }]]);
  expect(diskFileTree({ root, given }).read('zero')).toEqual({ kind: 'too-large' });
});

test('a file is read once, so that all nodes see one text', () => {
  const once = tree();
  writeFileSync(join(root, 'changing.conf'), 'before');
  const first = once.read('changing.conf');
  writeFileSync(join(root, 'changing.conf'), 'after');
  expect(once.read('changing.conf')).toEqual(first);
});

test('patterns give paths in the terms of the pattern, relative or absolute', () => {
  expect(tree().match('conf.d/*.conf')).toEqual(['conf.d/x.conf']);
  expect(tree().match(`${root}/conf.d/*.conf`)).toEqual([`${root}/conf.d/x.conf`]);
  expect(tree().match('none/*.conf')).toEqual([]);
});

test('standard input is not read beyond the limit', async () => {
  let chunks = 0;
  async function* endless() {
    for (;;) {
      chunks++;
      yield new Uint8Array(1024 * 1024);
    }
  }
  expect(await readStandardInput(endless())).toEqual({ kind: 'too-large' });
  expect(chunks).toBe(33);
});

test('a character that two chunks of standard input share survives', async () => {
  async function* halves() {
    yield new Uint8Array([0xc3]);
    yield new Uint8Array([0xbc]);
  }
  expect(await readStandardInput(halves())).toEqual({ kind: 'text', text: 'ü', encoding: 'utf-8' });
});
