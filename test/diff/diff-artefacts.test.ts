import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ComparedArtefact, diffArtefacts } from '../../src/diff/diff-artefacts.ts';
import { requireTool } from '../tools.ts';

const script = (text: string, executable = true): ComparedArtefact => ({
  name: 'migrate.sh',
  text,
  executable,
});
const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`).join('');

test('equal artefacts have no diff', () => {
  expect(diffArtefacts([script('a\n')], [script('a\n')])).toEqual([]);
});

test('a changed line is shown with three lines around it', () => {
  const [diff] = diffArtefacts([script(lines(20))], [script(lines(20).replace('line 10\n', 'other\n'))]);
  expect(diff).toMatchObject({ name: 'migrate.sh', kind: 'changed', addedLines: 1, removedLines: 1 });
  expect(diff?.patch).toBe(`--- a/migrate.sh
+++ b/migrate.sh
@@ -8,7 +8,7 @@
 line 7
 line 8
 line 9
-line 10
+other
 line 11
 line 12
 line 13
`);
});

test('a lost run bit is a difference', () => {
  const [diff] = diffArtefacts([script('a\n', false)], [script('a\n')]);
  expect(diff?.patch).toBe('old mode 100644\nnew mode 100755\n');
});

test('an unknown run bit is none', () => {
  expect(diffArtefacts([{ name: 'migrate.sh', text: 'a\n' }], [script('a\n')])).toEqual([]);
});

test('new and removed artefacts are shown whole', () => {
  const diffs = diffArtefacts([{ name: 'old', text: 'x\n' }], [{ name: 'new', text: 'y\nz\n' }]);
  expect(diffs.map(({ name, kind, patch }) => ({ name, kind, patch }))).toEqual([
    { name: 'new', kind: 'added', patch: '--- /dev/null\n+++ b/new\n@@ -0,0 +1,2 @@\n+y\n+z\n' },
    { name: 'old', kind: 'removed', patch: '--- a/old\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n' },
  ]);
});

test('texts without a line in common are said to be too different, and are not compared line by line', () => {
  const [diff] = diffArtefacts([script(lines(60_000))], [script(lines(60_000).replaceAll('line', 'word'))]);
  expect(diff?.patch).toContain('@@ more than 4000 lines differ: 60000 lines before, 60000 after @@\n');
});

describe.skipIf(!requireTool('git'))('git applies the diff, and the old text becomes the new one', () => {
  test.each([
    ['a change', lines(30), lines(30).replace('line 3\n', 'x\n').replace('line 25\n', '')],
    ['a text that loses its final line feed', 'a\nb\n', 'a\nb'],
    ['a text that gains one', 'a\nb', 'a\nb\n'],
    ['lines that look like diff headers', '--- x\n+++ y\n', '--- x\n+++ y\n@@ z\n-- \n'],
    ['a new text', undefined, 'a\nb\n'],
    ['a new text without final line feed', undefined, 'a'],
    ['a removed text', 'a\nb\n', undefined],
  ])('%s', (_what, before, after) => {
    const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-diff-'));
    try {
      const file = join(folder, 'migrate.sh');
      if (before !== undefined) writeFileSync(file, before);
      const asList = (text: string | undefined) => (text === undefined ? [] : [{ name: 'migrate.sh', text }]);
      const [diff] = diffArtefacts(asList(before), asList(after));
      execFileSync('git', ['apply', '--unsafe-paths', '-'], {
        cwd: folder,
        input: diff?.patch,
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      if (after === undefined) expect(existsSync(file)).toBe(false);
      else expect(readFileSync(file, 'utf8')).toBe(after);
      if (after !== undefined) expect(statSync(file).isFile()).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
