// npm run compare:daemon -- [--root DIR] FOLDER…: sets the project's reading of every configuration there beside the real
// daemon's: the machine's own, or that of another release in DIR (test/compare-daemon/fetch-release.sh makes such folders).
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareAll, shownDifferences, summaryLine } from './compare-all.ts';
import { configurationFiles } from './configuration-files.ts';
import { findJudge } from './judge.ts';

const { values, positionals: paths } = parseArgs({
  options: { root: { type: 'string' } },
  allowPositionals: true,
});
const judge = findJudge(values.root);
if (paths.length === 0 || !paths.every((path) => existsSync(path))) {
  process.stderr.write('usage: npm run compare:daemon -- [--root DIR] FOLDER-OR-FILE...\n');
  process.exitCode = 2;
} else if (!judge) {
  process.stderr.write('no keepalived can be asked here\n');
  process.exitCode = 2;
} else {
  process.stdout.write(`asking keepalived ${judge.release}\n`);
  const summary = await compareAll(judge, paths.flatMap(configurationFiles), (comparison) => {
    const differences = shownDifferences(comparison);
    if (differences !== '') process.stdout.write(`${differences}\n`);
  });
  for (const [name, uses] of summary.uses) {
    if (uses > 0) process.stdout.write(`explained by ${name}: ${uses}\n`);
  }
  process.stdout.write(`${summaryLine(summary)}\n`);
  process.exitCode = summary.comparisons.some(({ unexplained }) => unexplained.length > 0) ? 1 : 0;
}
