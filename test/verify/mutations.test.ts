import { describe, expect, it } from 'vitest';
import type { Constraint, Plan, Resource } from '../../src/pacemaker/plan.ts';
import type { VerificationSubject } from '../../src/verify/compare.ts';
import { fixtureSubjects, translationOf } from '../laws/subjects.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, someScenarios, subjectOf } from './play.ts';

const ready = ['crm_simulate', 'cibadmin'].every(requireTool);

interface Mutation {
  readonly mistake: string;
  readonly fixture: string;
  readonly mutate: (plan: Plan) => Plan;
}

const withoutConstraints = (plan: Plan, unwanted: (constraint: Constraint) => boolean): Plan => ({
  ...plan,
  constraints: plan.constraints.filter((constraint) => !unwanted(constraint)),
});

const withScores = (plan: Plan, change: (score: number, node: string) => number): Plan => ({
  ...plan,
  constraints: plan.constraints.map((constraint) =>
    constraint.kind === 'prefers'
      ? { ...constraint, score: change(constraint.score, constraint.node) }
      : constraint,
  ),
});

const withStickiness = (plan: Plan, value: string): Plan => ({
  ...plan,
  resources: plan.resources.map(
    (resource): Resource =>
      resource.kind === 'group'
        ? { ...resource, meta: { ...resource.meta, 'resource-stickiness': value } }
        : resource,
  ),
});

const isHard = (constraint: Constraint) => constraint.kind === 'rule' && constraint.score === '-INFINITY';
const isWeight = (constraint: Constraint) => constraint.kind === 'rule' && constraint.score !== '-INFINITY';

const mutations: readonly Mutation[] = [
  {
    mistake: 'a weight is dropped',
    fixture: 'start/haproxy-pair',
    mutate: (plan) => withoutConstraints(plan, isWeight),
  },
  {
    mistake: 'two priorities are swapped',
    fixture: 'pairs/active-passive',
    mutate: (plan) => {
      const [first, second] = plan.constraints.flatMap((c) => (c.kind === 'prefers' ? [c.score] : []));
      return withScores(plan, (score) => (score === first ? (second ?? 0) : (first ?? 0)));
    },
  },
  {
    mistake: 'stickiness is forgotten',
    fixture: 'pairs/nopreempt',
    mutate: (plan) => withStickiness(plan, '0'),
  },
  {
    mistake: 'stickiness is there and should not be',
    fixture: 'pairs/active-passive',
    mutate: (plan) => withStickiness(plan, '10000'),
  },
  {
    mistake: 'a resource has no -INFINITY rule',
    fixture: 'pairs/active-passive',
    mutate: (plan) => withoutConstraints(plan, isHard),
  },
  {
    mistake: 'negative totals get no offset',
    fixture: 'tracking/below-zero',
    mutate: (plan) => withScores(plan, (score) => score % 1000),
  },
  {
    mistake: 'a node that does not configure the instance may take it',
    fixture: 'nodes/node-outside',
    mutate: (plan) => withoutConstraints(plan, ({ kind }) => kind === 'avoids'),
  },
  {
    mistake: 'a weight counts in the wrong state',
    fixture: 'start/haproxy-pair',
    mutate: (plan) => ({
      ...plan,
      constraints: plan.constraints.map((constraint) =>
        constraint.kind === 'rule' && isWeight(constraint) ? { ...constraint, value: '0' } : constraint,
      ),
    }),
  },
];

function subjectNamed(fixture: string): VerificationSubject {
  const found = fixtureSubjects.find(({ name }) => name === fixture);
  const subject = found && subjectOf(translationOf(found));
  if (!subject) throw new Error(`no plan of ${fixture}`);
  return subject;
}

describe.skipIf(!ready)('verify notices when', () => {
  it.each(mutations.map((mutation) => [mutation.mistake, mutation] as const))(
    '%s',
    async (_mistake, { fixture, mutate }) => {
      const subject = subjectNamed(fixture);
      const scenarios = someScenarios(subject, 60);
      expect((await playScenarios(subject, scenarios)).agrees).toBe(true);
      expect((await playScenarios(subject, scenarios, mutate(subject.plan))).agrees).toBe(false);
    },
    300_000,
  );
});
