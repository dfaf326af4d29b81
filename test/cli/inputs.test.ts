import { expect, test } from 'vitest';
import { type InputRequest, resolveInputs } from '../../src/cli/inputs.ts';

const resolve = (words: readonly string[], more: Partial<InputRequest> = {}) =>
  resolveInputs({ words, cwd: '/home/admin/ha', ...more });

const nodesOf = (words: readonly string[], more?: Partial<InputRequest>) =>
  resolve(words, more).value.nodes.map(
    ({ name, path, named }) => `${name}=${path}${named ? '' : ' assumed'}`,
  );

const codesOf = (words: readonly string[], more?: Partial<InputRequest>) =>
  resolve(words, more).diagnostics.map(({ code }) => code);

test.each([
  ['a name before the equals sign is the node', ['lb1=x.conf', 'lb2=y.conf'], ['lb1=x.conf', 'lb2=y.conf']],
  ['several bare files name their nodes', ['lb1.conf', 'lb2.conf'], ['lb1=lb1.conf', 'lb2=lb2.conf']],
  [
    'files that are called the same everywhere leave the naming to their folders',
    ['lb1/keepalived.conf', 'lb2/etc/keepalived/keepalived.conf'],
    ['lb1=lb1/keepalived.conf', 'lb2=lb2/etc/keepalived/keepalived.conf'],
  ],
  [
    'the word keepalived around a name is not part of it',
    ['keepalived-lb1.conf', 'keepalived.conf.lb2', 'lb3_keepalived.conf'],
    ['lb1=keepalived-lb1.conf', 'lb2=keepalived.conf.lb2', 'lb3=lb3_keepalived.conf'],
  ],
  ['one bare file names its node, as an assumption', ['lb1.conf'], ['lb1=lb1.conf assumed']],
  ['one keepalived.conf is the first node', ['keepalived.conf'], ['node1=keepalived.conf assumed']],
  ['its folder does not name an only file', ['lb7/keepalived.conf'], ['node1=keepalived.conf assumed']],
  ['standard input is the first node', ['-'], ['node1=<stdin> assumed']],
  ['standard input can be named', ['lb1=-', 'lb2=lb2.conf'], ['lb1=<stdin>', 'lb2=lb2.conf']],
  [
    'a pipe of the shell is called after its node, not after its number',
    ['lb1=/dev/fd/63', 'lb2=lb2.conf'],
    ['lb1=<lb1>', 'lb2=lb2.conf'],
  ],
  ['an only pipe is the first node', ['/dev/fd/63'], ['node1=<pipe> assumed']],
  ['an odd name of an only file is no node name', ['my file!.conf'], ['node1=my file!.conf assumed']],
  ['a path with an equals sign is given with its folder', ['./a=b.conf'], ['node1=a=b.conf assumed']],
])('%s', (_what, words, nodes) => {
  expect(codesOf(words)).toEqual([]);
  expect(nodesOf(words)).toEqual(nodes);
});

test('one file is read once for each of the given nodes', () => {
  expect(nodesOf(['keepalived.conf'], { nodes: ['lb1', 'lb2'] })).toEqual([
    'lb1=keepalived.conf',
    'lb2=keepalived.conf',
  ]);
});

test.each([
  ['two files for one name', ['a=x.conf', 'a=y.conf'], ['KP402']],
  ['two files with one name in different folders', ['x/lb1.conf', 'y/lb1.conf'], ['KP402']],
  ['a file name that no node can have', ['lb 1.conf', 'lb2.conf'], ['KP404']],
  ['a name that no node can have', ['-x=a.conf'], ['KP404']],
  ['standard input twice', ['a=-', 'b=-'], ['KP405']],
  ['several pipes without names', ['/dev/fd/63', '/dev/fd/62'], ['KP403', 'KP403']],
  ['no file after the equals sign', ['lb1='], ['KP401']],
])('%s is one clear error', (_what, words, codes) => {
  expect(codesOf(words)).toEqual(codes);
});

test('a name that is given twice for one file is an error', () => {
  expect(codesOf(['k.conf'], { nodes: ['a', 'a'] })).toEqual(['KP402']);
});

test('files without any telling name are refused', () => {
  expect(codesOf(['/keepalived.conf', '/etc/keepalived/keepalived.conf'])).toEqual(['KP403', 'KP403']);
});

test('paths are shown from the folder that all files share, wherever kp2pcm is called', () => {
  const words = ['/srv/ha/lb1/keepalived.conf', '/srv/ha/lb2/keepalived.conf'];
  const paths = (cwd: string) => resolve(words, { cwd }).value.nodes.map(({ path }) => path);
  expect(paths('/')).toEqual(['lb1/keepalived.conf', 'lb2/keepalived.conf']);
  expect(paths('/srv/ha/lb1')).toEqual(paths('/'));
  expect(resolve(words).value.root).toBe('/srv/ha');
});

test('files from different corners of the disk are shown by the endings that tell their folders apart', () => {
  const paths = (words: string[]) => resolve(words).value.nodes.map(({ path }) => path);
  expect(paths(['/tmp/lb1.conf', '/srv/ha/lb2.conf'])).toEqual(['tmp/lb1.conf', 'ha/lb2.conf']);
  expect(paths(['/tmp/ha/lb1.conf', '/srv/ha/lb2.conf'])).toEqual(['tmp/ha/lb1.conf', 'srv/ha/lb2.conf']);
});

test('folders that only begin alike are not shared', () => {
  expect(resolve(['/srv/lb/a.conf', '/srv/lb2/b.conf']).value.root).toBe('/srv');
});
