import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expandBraces } from '../../grammar/reader/expand-braces.ts';
import { globPaths } from '../../src/cli/glob.ts';
import { requireTool } from '../tools.ts';

let root = '';
const files = [
  'a.conf',
  'b.conf',
  'B.conf',
  'c.txt',
  '.hidden.conf',
  'conf.d/10-vip.conf',
  'conf.d/2-lvs.conf',
  'conf.d/[x].conf',
  'conf.d/a-b.conf',
  'conf.d/sub/z.conf',
  'other.d/10-vip.conf',
  'ünï.conf',
  'with space.conf',
  'star*.conf',
];

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'kp2pcm-glob-'));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
});

afterAll(() => rmSync(root, { recursive: true }));

const glob = (pattern: string) =>
  globPaths(pattern, {
    list: (directory) => {
      try {
        return readdirSync(join(root, directory));
      } catch {
        return [];
      }
    },
    exists: (path) => existsSync(join(root, path)),
    isDirectory: (path) => statSync(join(root, path)).isDirectory(),
  });

/** glob(3) of the C library with GLOB_BRACE, as keepalived calls it. */
const oracle = `
import ctypes, os, sys
libc = ctypes.CDLL(None)
os.chdir(sys.argv[1])
for pattern in sys.argv[2:]:
    room = ctypes.create_string_buffer(1024)
    libc.glob(pattern.encode(), 1 << 10, None, room)
    count = ctypes.cast(room, ctypes.POINTER(ctypes.c_size_t))[0]
    paths = ctypes.cast(ctypes.addressof(room) + 8, ctypes.POINTER(ctypes.POINTER(ctypes.c_char_p)))[0]
    sys.stdout.buffer.write(b'\\0'.join(paths[i] for i in range(count)) + b'\\n')
`;

const patterns = [
  '*.conf',
  '*',
  '?.conf',
  '.*.conf',
  '[ab].conf',
  '[!a].conf',
  '[^a].conf',
  '[a-z].conf',
  '[[:upper:]].conf',
  '[]x].conf',
  '[.conf',
  'conf.d/*.conf',
  'conf.d/[0-9]*.conf',
  'conf.d/\\[x\\].conf',
  'conf.d/[[]x].conf',
  'conf.d/a[-]b.conf',
  '*/10-*.conf',
  '*.d/*/z.conf',
  '{b,a}.conf',
  '{other,conf}.d/*.conf',
  '{a,missing}.conf',
  'conf.d/{10-vip,{2-lvs,a-b}}.conf',
  '{conf.d/*,?}.conf',
  'a{}.conf',
  'star\\*.conf',
  '*space*',
  '*ï.conf',
  '**.conf',
  'missing/*.conf',
  'a.conf/*',
  'a.conf',
  './a.conf',
  'conf.d/../a.conf',
  'conf.d/*/../*.conf',
];

describe.skipIf(!requireTool('python3'))('a pattern matches what glob(3) with GLOB_BRACE matches', () => {
  let expected: string[][] = [];
  beforeAll(() => {
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    const said = execFileSync('python3', ['-c', oracle, root, ...patterns], { encoding: 'utf8', env });
    expected = said.split('\n').map((line) => line.split('\0').filter((path) => path !== ''));
  });

  test.each(patterns.map((pattern, index) => [pattern, index] as const))('%s', (pattern, index) => {
    expect(glob(pattern)).toEqual(expected[index]);
  });
});

test('a pattern of many stars takes no time', () => {
  const pattern = `${'*a'.repeat(40)}b`;
  const names = ['a'.repeat(200)];
  expect(globPaths(pattern, { list: () => names, exists: () => false, isDirectory: () => false })).toEqual(
    [],
  );
});

test('braces that would grow without bounds are cut off', () => {
  expect(expandBraces('{a,b}'.repeat(200)).length).toBeLessThanOrEqual(1024);
});
