import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CheckerFileComparison, compareCheckerFile } from './checker-file.ts';
import { configIdsOf, configurationFiles } from './configuration-files.ts';
import { ownJudge } from './judge.ts';
import { Stage } from './stage.ts';

const judge = ownJudge();

/** Without those where the daemon itself mixes the checkers of two servers up. */
const files = ['configurations', '../../fixtures/lvs']
  .flatMap((name) => configurationFiles(fileURLToPath(new URL(name, import.meta.url))))
  .filter((file) => /lvs/.test(file) && !file.endsWith('/lvs-defects.conf'));

describe.skipIf(!judge)('the file that is left for the checkers', () => {
  const comparisons: CheckerFileComparison[] = [];
  beforeAll(async () => {
    if (!judge) return;
    const stage = new Stage(judge);
    try {
      for (const file of files) {
        for (const configId of configIdsOf(file)) {
          const comparison = await compareCheckerFile(file, configId, stage);
          if (comparison) comparisons.push(comparison);
        }
      }
    } finally {
      stage.close();
    }
  }, 300_000);

  it('is dumped by the checkers of the real daemon as the whole configuration is', () => {
    const different = comparisons.filter(({ differences, unknown }) => unknown || differences.length > 0);
    expect(different).toEqual([]);
  });

  it('was asked for, line by line', () => {
    expect(comparisons.length).toBeGreaterThan(10);
    for (const { lines } of comparisons) expect(lines).toBeGreaterThan(100);
  });
});
