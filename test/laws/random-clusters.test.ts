import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translateNodes } from '../memory-tree.ts';
import { expectSoundPlan } from './plan-invariants.ts';
import { type SmallCluster, smallClusters, textsOf } from './random-cluster.ts';

function planOf(small: SmallCluster): Plan {
  const { plan, diagnostics } = translateNodes(textsOf(small));
  if (!plan) throw new Error(diagnostics.map(({ summary }) => summary).join('; '));
  return plan;
}

const scoreOn = ({ constraints }: Plan, group: string, node: string) => {
  const found = constraints.find(
    ({ kind, resource, node: where }) =>
      (kind === 'prefers' || kind === 'avoids') && resource === group && where === node,
  );
  return found?.kind === 'prefers' ? found.score : undefined;
};

describe('the plan of any small cluster', () => {
  it('is sound', () => {
    fc.assert(
      fc.property(smallClusters, (small) => expectSoundPlan(planOf(small))),
      { numRuns: 300 },
    );
  });

  it('has the priorities as scores, all of a group raised by the same thousands or by none', () => {
    fc.assert(
      fc.property(smallClusters, (small) => {
        if (small.syncGroup.length > 0) return;
        const plan = planOf(small);
        for (const { name, members } of small.instances) {
          const offsets = small.nodes.flatMap((node, index) => {
            const score = scoreOn(plan, name, node);
            const own = members[index];
            expect(score === undefined).toBe(own === undefined);
            return own && score !== undefined ? [score - own.priority] : [];
          });
          expect(new Set(offsets).size).toBe(1);
          expect((offsets[0] ?? 0) % 1000).toBe(0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('stays with its holder only if the best node does not preempt', () => {
    fc.assert(
      fc.property(smallClusters, (small) => {
        if (small.syncGroup.length > 0) return;
        for (const { group, preempts } of planOf(small).instances) {
          const members = small.instances.find(({ name }) => name === group)?.members.filter((m) => m) ?? [];
          const highest = Math.max(...members.map((m) => m?.priority ?? 0));
          const best = members.filter((m) => m?.priority === highest);
          if (best.every((m) => m?.nopreempt)) expect(preempts).toBe(false);
          if (members.every((m) => !m?.nopreempt)) expect(preempts).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('ties the instances of a sync group into one group with all their addresses', () => {
    fc.assert(
      fc.property(smallClusters, (small) => {
        if (small.syncGroup.length === 0) return;
        const { instances } = planOf(small);
        expect(instances.map(({ group }) => group)).toEqual(['G']);
        const addresses = small.instances.reduce((sum, instance) => sum + instance.addresses, 0);
        expect(instances[0]?.addresses).toHaveLength(addresses);
      }),
      { numRuns: 200 },
    );
  });
});
