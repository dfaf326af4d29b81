// npm run compare:daemon -- FOLDER…: sets the project's reading of every configuration there beside the real daemon's.
import { existsSync } from 'node:fs';
import { compareAll, shownDifferences, summaryLine } from './compare-all.ts';
import { configurationFiles } from './configuration-files.ts';
import { requireDaemon } from './judge.ts';

const paths = process.argv.slice(2);
if (paths.length === 0 || !paths.every((path) => existsSync(path))) {
  process.stderr.write('usage: npm run compare:daemon -- FOLDER-OR-FILE...\n');
  process.exitCode = 2;
} else if (requireDaemon()) {
  const summary = await compareAll(paths.flatMap(configurationFiles), (comparison) => {
    const differences = shownDifferences(comparison);
    if (differences !== '') process.stdout.write(`${differences}\n`);
  });
  for (const [name, uses] of summary.uses) {
    if (uses > 0) process.stdout.write(`explained by ${name}: ${uses}\n`);
  }
  process.stdout.write(`${summaryLine(summary)}\n`);
  process.exitCode = summary.comparisons.some(({ unexplained }) => unexplained.length > 0) ? 1 : 0;
}
