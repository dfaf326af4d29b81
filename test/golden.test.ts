import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cases, type FixtureCase, runCase } from './fixtures.ts';

/** `npm run golden` writes what is expected; everywhere else a file that is not there is a failure, not a new one. */
const updates = () => {
  const state = expect.getState().snapshotState as unknown as { readonly snapshotUpdateState: string };
  return state.snapshotUpdateState === 'all';
};

const diagnosticsName = 'diagnostics.txt';

function expectedNames({ artefacts }: FixtureCase): string[] {
  return [...artefacts, diagnosticsName].sort();
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** Runs `kp2pcm -o FOLDER` as a user would; the folder, with the diagnostics beside the artefacts. */
async function bundleOf(fixture: FixtureCase) {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-golden-'));
  try {
    const bundle = join(folder, 'bundle');
    const { exitCode, stdout, stderr } = await runCase(fixture, '-o', bundle);
    const files = new Map(namesIn(bundle).map((name) => [name, readFileSync(join(bundle, name), 'utf8')]));
    return { exitCode, stdout, files: new Map([...files, [diagnosticsName, stderr]]) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.each(cases.map((fixture) => [fixture.name, fixture] as const))('%s', (_name, fixture) => {
  const expected = join(fixture.folder, 'expected');
  const there = namesIn(expected);

  it('is translated as expected, file by file', async () => {
    const names = expectedNames(fixture);
    if (updates()) {
      for (const name of there) if (!names.includes(name)) rmSync(join(expected, name));
    } else expect(there, `files in ${fixture.name}/expected`).toEqual(names);
    const { exitCode, stdout, files } = await bundleOf(fixture);
    expect({ exitCode, stdout }).toEqual({ exitCode: fixture.exitCode, stdout: '' });
    for (const name of names) await expect(files.get(name)).toMatchFileSnapshot(join(expected, name));
  });

  it('says in two lines why it exists', () => {
    const text = readFileSync(join(fixture.folder, 'case.md'), 'utf8');
    expect(text).toMatch(/^[^\n]+\.\n[^\n]+\.\n$/);
  });
});
