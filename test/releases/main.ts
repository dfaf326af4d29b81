// npm run releases -- FOLDER [--only TEXT] [RELEASE…]: makes roots of Debian releases in FOLDER (as root, with debootstrap, some 600 MB
// each) and reaches every fixture's configuration in each of them by its own pcs, by its own crmsh and by cib.xml; --only those whose name has
// the text in it.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Machine } from '../targets/machine.ts';
import { type Release, releases } from './releases.ts';
import { replayRelease } from './replay-release.ts';

const makeRoot = fileURLToPath(new URL('make-root.sh', import.meta.url));

function run(words: readonly string[]): number {
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { only: { type: 'string', default: '' } },
  });
  const [folder, ...names] = positionals;
  if (folder === undefined || process.getuid?.() !== 0) {
    process.stderr.write('As root: npm run releases -- FOLDER [--only TEXT] [RELEASE…]\n');
    return 2;
  }
  const chosen = releases.filter(({ name }) => names.length === 0 || names.includes(name));
  const problems = chosen.map((release) => inRoot(resolve(folder, release.name), release, values.only));
  return problems.some((count) => count > 0) ? 1 : 0;
}

function inRoot(root: string, release: Release, only: string): number {
  execFileSync('bash', [makeRoot, release.name, root], { stdio: ['ignore', 2, 2] });
  execFileSync('mount', ['-t', 'proc', 'proc', join(root, 'proc')]);
  try {
    return replayRelease(new Machine('/tmp/kp2pcm', root), release, only, (line) =>
      process.stdout.write(`${line}\n`),
    );
  } finally {
    execFileSync('umount', [join(root, 'proc')]);
  }
}

process.exitCode = run(process.argv.slice(2));
