import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeBundle } from '../../src/cli/write-bundle.ts';
import { planFormat } from '../../src/pacemaker/plan.ts';
import { type Artefact, artefactNames } from '../../src/translation.ts';

let top = '';
let folder = '';

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'kp2pcm-bundle-'));
  folder = join(top, 'migration');
});
afterEach(() => rmSync(top, { recursive: true }));

const bundle = (mark: string): Artefact[] =>
  artefactNames.map((name) => ({
    name,
    text: name === 'plan.json' ? `{"format":"${planFormat}","mark":"${mark}"}\n` : `${mark} ${name}\n`,
    executable: name.endsWith('.sh'),
  }));

const contents = (path = folder) =>
  Object.fromEntries(
    readdirSync(path)
      .sort()
      .map((name) => [name, readFileSync(join(path, name), 'utf8')]),
  );
const expected = (mark: string) => Object.fromEntries(bundle(mark).map(({ name, text }) => [name, text]));

test('the folder holds the artefacts and nothing else, scripts with their run bit', () => {
  expect(writeBundle(folder, bundle('new'))).toBeUndefined();
  expect(contents()).toEqual(expected('new'));
  for (const { name, executable } of bundle('new')) {
    expect(statSync(join(folder, name)).mode & 0o777, name).toBe(executable ? 0o755 : 0o644);
  }
});

test('folders are made as needed', () => {
  const deep = join(folder, 'a', 'b');
  expect(writeBundle(deep, bundle('new'))).toBeUndefined();
  expect(contents(deep)).toEqual(expected('new'));
});

test('a former bundle is replaced and other files stay', () => {
  writeBundle(folder, bundle('old'));
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  expect(writeBundle(folder, bundle('new'))).toBeUndefined();
  expect(contents()).toEqual({ ...expected('new'), 'notes.txt': 'mine' });
});

test.each([1, 2, 3, 4, 5, 6])(
  'when the rename number %i fails, the former bundle is complete again',
  (failing) => {
    writeBundle(folder, bundle('old'));
    let count = 0;
    const rename = (from: string, to: string) => {
      if (++count === failing) throw new Error('ENOSPC: no space left on device, rename');
      renameSync(from, to);
    };
    expect(writeBundle(folder, bundle('new'), { rename })).toEqual({
      kind: 'failed',
      reason: 'no space left on device',
    });
    expect(contents()).toEqual(expected('old'));
  },
);

test('when it fails in a new folder, nothing is left of it', () => {
  let count = 0;
  const rename = (from: string, to: string) => {
    if (++count === 3) throw new Error('no');
    renameSync(from, to);
  };
  expect(writeBundle(join(folder, 'deep'), bundle('new'), { rename })).toMatchObject({ kind: 'failed' });
  expect(readdirSync(top)).toEqual([]);
});

test.each(artefactNames)('a folder in the place of %s stops it before anything is written', (name) => {
  writeBundle(folder, bundle('old'));
  rmSync(join(folder, name));
  mkdirSync(join(folder, name));
  expect(writeBundle(folder, bundle('new'))).toMatchObject({ kind: 'foreign' });
  const others = readdirSync(folder).filter((entry) => entry !== name);
  for (const other of others) expect(readFileSync(join(folder, other), 'utf8')).toBe(expected('old')[other]);
});

test("somebody's own backup.sh is not overwritten", () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'backup.sh'), 'mine');
  expect(writeBundle(folder, bundle('new'))).toEqual({ kind: 'foreign', name: 'backup.sh' });
  expect(contents()).toEqual({ 'backup.sh': 'mine' });
});

test('a plan.json of another program is not taken for a bundle', () => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'plan.json'), '{"format":"terraform"}');
  expect(writeBundle(folder, bundle('new'))).toEqual({ kind: 'foreign', name: 'plan.json' });
});

test('a link in the place of an artefact is replaced, and what it points to is not touched', () => {
  writeBundle(folder, bundle('old'));
  writeFileSync(join(top, 'elsewhere'), 'mine');
  rmSync(join(folder, 'check.sh'));
  symlinkSync(join(top, 'elsewhere'), join(folder, 'check.sh'));
  expect(writeBundle(folder, bundle('new'))).toBeUndefined();
  expect(contents()).toEqual(expected('new'));
  expect(readFileSync(join(top, 'elsewhere'), 'utf8')).toBe('mine');
});

test('a file in the place of the folder is a failure with a reason', () => {
  writeFileSync(folder, '');
  expect(writeBundle(folder, bundle('new'))).toEqual({ kind: 'failed', reason: 'file already exists' });
});
