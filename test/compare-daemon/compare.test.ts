import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compareAll, type Summary, shownDifferences } from './compare-all.ts';
import { configurationFiles } from './configuration-files.ts';
import { explanations } from './explained.ts';
import { ownJudge } from './judge.ts';

const folders = ['configurations', '../../fixtures'].map((name) =>
  fileURLToPath(new URL(name, import.meta.url)),
);

const judge = ownJudge();

describe.skipIf(!judge)('the real daemon', () => {
  let summary: Summary;
  beforeAll(async () => {
    if (judge) summary = await compareAll(judge, folders.flatMap(configurationFiles));
  }, 300_000);

  it('reads every configuration of the project as the project does', () => {
    expect(summary.comparisons.map(shownDifferences).filter((text) => text !== '')).toEqual([]);
  });

  it('was asked for the values of instances, not only for its verdicts', () => {
    const compared = summary.comparisons.filter(
      ({ instances, verdict }) => instances > 0 && verdict === 'accepted',
    );
    expect(compared.length).toBeGreaterThan(100);
    for (const { compared: values, instances } of compared) expect(values).toBeGreaterThan(15 * instances);
  });

  it('was asked for the virtual servers of every configuration that has some', () => {
    expect(summary.comparisons.filter(({ lacksServers }) => lacksServers)).toEqual([]);
    const withServers = summary.comparisons.filter(({ file }) => file.includes('/lvs-'));
    expect(withServers.length).toBeGreaterThan(7);
    // A file that the daemon refuses would be compared by its verdict alone.
    expect(withServers.filter(({ virtualServers }) => virtualServers === 0)).toEqual([]);
  });

  const own = explanations.filter(({ applies }) => judge && applies?.(judge.release) !== false);
  it.each(own.map(({ name }) => name))('still differs where this explains it: %s', (name) => {
    expect(summary.uses.get(name)).toBeGreaterThan(0);
  });
});
