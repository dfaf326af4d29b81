import { describe, expect, it } from 'vitest';
import type { ClusterEvent } from '../../src/keepalived/election/conditions.ts';
import { chooseScenarios } from '../../src/verify/scenarios.ts';
import { fixtureSubjects, translationOf } from '../laws/subjects.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, subjectOf } from './play.ts';

const fixture = fixtureSubjects.find(({ name }) => name === 'pairs/managed-services');
const subject = fixture && subjectOf(translationOf(fixture));
if (!subject) throw new Error('no fixture with managed services');

const dies = (node: string, name: string): ClusterEvent => ({
  kind: 'fails',
  node,
  object: { kind: 'script', name },
});

describe.skipIf(!['crm_simulate', 'cibadmin'].every(requireTool))('services of the cluster', () => {
  it.each(['chk_haproxy', 'chk_nginx'])('take the addresses along when they die: %s', async (name) => {
    const report = await playScenarios(subject, [
      [dies('lb1', name)],
      [dies('lb1', name), dies('lb2', name)],
      [dies('lb2', name), { kind: 'dies', node: 'lb1' }],
    ]);
    expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
  });

  it('leave the addresses where Keepalived has them, whatever happens', async () => {
    const { scenarios } = chooseScenarios(subject.elections, { count: 40, most: 60, seed: 3 });
    const report = await playScenarios(subject, scenarios);
    expect(report.differences.map(({ sentence }) => sentence)).toEqual([]);
  });
});
