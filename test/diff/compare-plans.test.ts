import { expect, test } from 'vitest';
import { comparePlans } from '../../src/diff/compare-plans.ts';
import type { Constraint, Origin, Plan, Resource } from '../../src/pacemaker/plan.ts';
import { samplePlans } from '../emit/sample-plans.ts';

const plan = samplePlans['pair'] as Plan;

/** The plan with every origin moved to another line and another reason. */
function moved<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (name, field) => {
    if (name === 'line') return field + 100;
    if (name === 'why' || name === 'reason') return `${field}, said otherwise`;
    if (name === 'rule') return 'another-rule';
    return field;
  });
}

const withResources = (change: (resource: Resource) => Resource[]): Plan => ({
  ...plan,
  resources: plan.resources.flatMap(change),
});
const withConstraints = (change: (constraint: Constraint) => Constraint[]): Plan => ({
  ...plan,
  constraints: plan.constraints.flatMap(change),
});

test('a plan equals itself', () => {
  expect(comparePlans(plan, plan)).toEqual([]);
});

test('moved lines, other reasons and another plan id change nothing in meaning', () => {
  expect(comparePlans(plan, { ...moved(plan), planId: 'ffffffffffff', sources: ['x.conf'] })).toEqual([]);
});

test('another priority is one changed preference, although its id holds the score', () => {
  const after = withConstraints((constraint) =>
    constraint.kind === 'prefers' && constraint.node === 'lb1'
      ? [{ ...constraint, score: 1160, id: 'location-VI_1-lb1-1160' }]
      : [constraint],
  );
  expect(comparePlans(plan, after)).toEqual([
    {
      kind: 'changed',
      area: 'constraint',
      name: 'VI_1 prefers lb1',
      fields: [{ field: 'score', before: '1150', after: '1160' }],
    },
  ]);
});

test('an added address is a new resource and a longer group', () => {
  const before = withResources((resource) => {
    if (resource.id === 'VI_1_ip2') return [];
    return resource.kind === 'group' ? [{ ...resource, members: ['VI_1_ip1'] }] : [resource];
  });
  const changes = comparePlans(before, plan);
  expect(changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['changed VI_1', 'added VI_1_ip2']);
  expect(changes[0]?.fields).toEqual([{ field: 'members', before: 'VI_1_ip1', after: 'VI_1_ip1 VI_1_ip2' }]);
  expect(changes[1]?.fields).toContainEqual({ field: 'ip', after: '192.0.2.51' });
});

test('what is added one way round is removed the other way round', () => {
  const without = withResources((resource) => (resource.kind === 'clone' ? [] : [resource]));
  const names = (changes: ReturnType<typeof comparePlans>) => changes.map(({ name }) => name);
  expect(comparePlans(plan, without).every(({ kind }) => kind === 'removed')).toBe(true);
  expect(names(comparePlans(plan, without))).toEqual(names(comparePlans(without, plan)));
});

test('two rules on one attribute do not hide each other', () => {
  const origin: Origin = { rule: 'r', fidelity: 'exact', why: 'w', from: [] };
  const rule = (score: number, id: string): Constraint => ({
    kind: 'rule',
    id,
    resource: 'VI_1',
    score,
    attribute: 'kp_x',
    operation: 'eq',
    value: '1',
    origin,
  });
  const before = { ...plan, constraints: [rule(-10, 'a'), rule(-20, 'b')] };
  const after = { ...plan, constraints: [rule(-10, 'a'), rule(-30, 'b')] };
  expect(comparePlans(before, after)).toMatchObject([
    { kind: 'changed', fields: [{ before: '-20', after: '-30' }] },
  ]);
});

test.each([
  ['the quorum policy', { quorumPolicy: 'stop' as const }, 'quorum policy'],
  ['the token', { tokenMs: 5000 }, 'totem token'],
  ['the name of the cluster', { name: 'web' }, 'name'],
])('%s is a change of the cluster', (_what, part, field) => {
  const [change] = comparePlans(plan, { ...plan, cluster: { ...plan.cluster, ...part } });
  expect(change).toMatchObject({ kind: 'changed', area: 'cluster', fields: [{ field }] });
});

test('properties, nodes, files and manual steps are compared', () => {
  const after: Plan = {
    ...plan,
    properties: plan.properties.map((property) => ({ ...property, value: 'other' })),
    nodes: plan.nodes.slice(1),
    files: plan.files.map((file) => ({ ...file, content: `${file.content}# more\n` })),
    manualSteps: [],
  };
  const areas = comparePlans(plan, after).map(({ kind, area }) => `${kind} ${area}`);
  expect(new Set(areas)).toEqual(
    new Set(['removed node', 'changed property', 'changed file', 'removed manual step']),
  );
});
