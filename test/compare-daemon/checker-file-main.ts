// npm run compare:checker-file -- FOLDER…: sets what the real daemon's checkers read of every configuration there beside
// what they read of the file that kp2pcm leaves of it.
import { existsSync } from 'node:fs';
import { compareCheckerFile } from './checker-file.ts';
import { configIdsOf, configurationFiles } from './configuration-files.ts';
import { findJudge } from './judge.ts';
import { Stage } from './stage.ts';

const paths = process.argv.slice(2);
const judge = findJudge();
if (paths.length === 0 || !paths.every((path) => existsSync(path))) {
  process.stderr.write('usage: npm run compare:checker-file -- FOLDER-OR-FILE...\n');
  process.exitCode = 2;
} else if (!judge) {
  process.stderr.write('no keepalived can be asked here\n');
  process.exitCode = 2;
} else {
  const stage = new Stage(judge);
  const counts = { readings: 0, lines: 0, different: 0, unknown: 0 };
  try {
    for (const file of paths.flatMap(configurationFiles)) {
      for (const configId of configIdsOf(file)) {
        const comparison = await compareCheckerFile(file, configId, stage);
        if (!comparison) continue;
        counts.readings++;
        counts.lines += comparison.lines;
        if (comparison.unknown) counts.unknown++;
        if (comparison.differences.length === 0) continue;
        counts.different++;
        const shown = comparison.differences.slice(0, 12).map((line) => `  ${line}\n`);
        process.stdout.write(`${file} as ${configId}\n${shown.join('')}`);
      }
    }
  } finally {
    stage.close();
  }
  const { readings, lines, different, unknown } = counts;
  process.stdout.write(
    `keepalived ${judge.release}: ${readings} readings with virtual servers, ${lines} lines of their dumps, ${different} differ, ${unknown} without a dump\n`,
  );
  process.exitCode = different > 0 ? 1 : 0;
}
