import { expect } from 'vitest';
import type { Constraint, LocationRule, LocationScore, Plan } from '../../src/pacemaker/plan.ts';

/** What holds for every plan, whatever it was made of. */
export function expectSoundPlan(plan: Plan): void {
  expectNames(plan);
  expectReferences(plan);
  expectPlacement(plan);
  expectStickiness(plan);
}

/** Ids are unique, whatever their case, and names in XML. */
function expectNames(plan: Plan): void {
  const { resources, constraints, colocations, orders, fencingLevels, alerts } = plan;
  const recipients = alerts.flatMap((alert) => alert.recipients);
  const elements = [resources, constraints, colocations, orders, fencingLevels, alerts, recipients].flat();
  const ids = elements.map(({ id }) => id);
  const rules = constraints.flatMap((constraint) =>
    constraint.kind === 'rule' || constraint.kind === 'score-attribute' ? [`${constraint.id}-rule`] : [],
  );
  const all = [...ids, ...rules];
  expect(new Set(all.map((id) => id.toLowerCase())).size, `ids: ${all.join(' ')}`).toBe(all.length);
  for (const id of all) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
}

function expectReferences(plan: Plan): void {
  const { resources, constraints, colocations, orders, instances, nodes } = plan;
  const known = new Map(resources.map((resource) => [resource.id, resource.kind]));
  const nodeNames = nodes.map(({ name }) => name);
  expect(new Set(nodeNames).size).toBe(nodeNames.length);
  const members = resources.flatMap((resource) => {
    if (resource.kind === 'group') return resource.members;
    return resource.kind === 'clone' ? [resource.of] : [];
  });
  // Each primitive belongs to one group or one clone, and no group is empty: pcs would refuse it.
  const primitives = resources.flatMap((resource) =>
    resource.kind === 'primitive' && !resource.agent.startsWith('stonith:') ? [resource.id] : [],
  );
  expect([...members].sort()).toEqual([...primitives].sort());
  for (const resource of resources) if (resource.kind === 'group') expect(resource.members).not.toEqual([]);
  const related = [
    ...colocations.flatMap((colocation) => [colocation.resource, colocation.with]),
    ...orders.flatMap(({ first, second }) => [first, second]),
  ];
  for (const id of related) expect(known.get(id), id).toMatch(/^(?:group|clone)$/);
  for (const { resource } of constraints) expect(known.get(resource)).toMatch(/^(?:group|clone)$/);
  for (const node of constraints.flatMap((constraint) => constraint.node ?? []))
    expect(nodeNames).toContain(node);
  const groups = resources.filter(({ kind }) => kind === 'group').map(({ id }) => id);
  expect(instances.map(({ group }) => group)).toEqual(groups);
  for (const instance of instances) {
    const group = resources.find(({ id }) => id === instance.group);
    const inside = group?.kind === 'group' ? group.members : [];
    const addresses = instance.addresses.map(({ resource }) => resource);
    expect(inside.filter((id) => addresses.includes(id))).toEqual(addresses);
  }
}

const of = (constraints: readonly Constraint[], resource: string) =>
  constraints.filter((constraint) => constraint.resource === resource);

/** On each node a group has one preference or one ban, and no check can take the node below zero. */
function expectPlacement(plan: Plan): void {
  const { instances, constraints, nodes } = plan;
  for (const { group } of instances) {
    const own = of(constraints, group);
    for (const { name } of nodes) {
      const decided = own.filter(
        ({ kind, node }) => (kind === 'prefers' || kind === 'avoids') && node === name,
      );
      // A BFD session that can never be up bans the node beside its preference, and the ban wins.
      const byPriority = decided.filter(({ origin }) => origin.rule !== 'track-bfd');
      expect(byPriority, `${group} on ${name}`).toHaveLength(1);
      expect(decided.length - byPriority.length).toBeLessThanOrEqual(1);
      const [decision] = byPriority;
      if (decision?.kind !== 'prefers') continue;
      const rules = own.filter(
        (constraint): constraint is LocationRule | LocationScore =>
          (constraint.kind === 'rule' || constraint.kind === 'score-attribute') &&
          (constraint.node ?? name) === name,
      );
      expect(
        decision.score + worstCase(rules, plan),
        `${group} on ${name} when all goes wrong`,
      ).toBeGreaterThanOrEqual(0);
      expect(decision.score).toBeLessThan(1_000_000);
    }
  }
}

/** What the number in a file can change at most, either way: -254 is a fault. With weight 0 there is nothing else. */
function reachOf({ attribute }: LocationScore, { resources }: Plan): number {
  const isHard = resources.some(
    (one) =>
      one.kind === 'primitive' && one.attributes['name'] === attribute && one.attributes['weight'] === '0',
  );
  return isHard ? 0 : 253;
}

/** The lowest sum of finite scores: of each attribute only one value can be true. */
function worstCase(rules: readonly (LocationRule | LocationScore)[], plan: Plan): number {
  const lowest = new Map<string, number>();
  for (const rule of rules) {
    const { attribute } = rule;
    const score = rule.kind === 'rule' ? rule.score : -reachOf(rule, plan);
    if (typeof score === 'number') lowest.set(attribute, Math.min(lowest.get(attribute) ?? 0, score));
  }
  return [...lowest.values()].reduce((sum, score) => sum + score, 0);
}

/** 0, or more than any difference that checks can make, and summed over the members far from INFINITY. */
function expectStickiness(plan: Plan): void {
  const { resources, constraints, instances } = plan;
  for (const resource of resources) {
    if (resource.kind !== 'group') continue;
    const stickiness = Number(resource.meta['resource-stickiness']);
    const instance = instances.find(({ group }) => group === resource.id);
    expect(stickiness > 0).toBe(instance?.preempts === false);
    if (stickiness === 0) continue;
    const own = of(constraints, resource.id);
    const preferences = own.flatMap((one) => (one.kind === 'prefers' ? [one.score] : []));
    const weights = own.flatMap((one) => {
      if (one.kind === 'score-attribute') return [reachOf(one, plan)];
      return one.kind === 'rule' && one.score !== '-INFINITY' ? [Math.abs(one.score)] : [];
    });
    const reach = Math.max(...preferences) - Math.min(...preferences) + weights.reduce((a, b) => a + b, 0);
    expect(stickiness * resource.members.length).toBeGreaterThan(reach);
    expect(stickiness * resource.members.length + Math.max(...preferences)).toBeLessThan(1_000_000);
  }
}
