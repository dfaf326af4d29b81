import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseScenarios } from '../../src/verify/scenarios.ts';
import { moderateClusters, type SmallCluster, smallClusters, textsOf } from '../laws/random-cluster.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, subjectOf, unannounced } from './play.ts';

const ready = ['crm_simulate', 'cibadmin'].every(requireTool);

/** Scenarios for each cluster, and clusters of each kind: 5,000 scenarios together. */
const scenariosEach = 125;
const clustersEach = 20;

describe.skipIf(!ready)('in any cluster Pacemaker differs from Keepalived only as announced', () => {
  let scenarios = 0;
  const kinds = { 'with moderate weights': moderateClusters, 'with any weights': smallClusters };

  it.each(Object.entries(kinds))(
    '%s',
    async (_name, clusters) => {
      const property = fc.asyncProperty(clusters, fc.nat(1000), async (small, seed) => {
        const report = await check(small, seed);
        scenarios += report.scenarios;
        const told = unannounced(report);
        if (told !== '') throw new Error(`${told}\n${configurationsOf(small)}`);
      });
      await fc.assert(property, { numRuns: clustersEach, seed: 5, endOnFailure: false });
    },
    600_000,
  );

  it('over five thousand scenarios', () => expect(scenarios).toBeGreaterThanOrEqual(5000));
});

async function check(small: SmallCluster, seed: number) {
  const translation = translateNodes(textsOf(small));
  const subject = subjectOf(translation);
  if (!subject) throw new Error(translation.diagnostics.map(({ summary }) => summary).join('; '));
  // Few changes, so that many scenarios come by states that are known already.
  const wishes = { count: scenariosEach, seed, changes: 6 };
  return playScenarios(subject, chooseScenarios(subject.elections, wishes).scenarios);
}

/** What a person needs to see the same: the files. */
function configurationsOf(small: SmallCluster): string {
  return Object.entries(textsOf(small))
    .map(([node, text]) => `# ${node}.conf\n${text}`)
    .join('\n');
}
