import { expect } from 'vitest';
import type { Constraint, LocationRule, Plan } from '../../src/pacemaker/plan.ts';

/** What holds for every plan, whatever it was made of. */
export function expectSoundPlan(plan: Plan): void {
  expectNames(plan);
  expectReferences(plan);
  expectPlacement(plan);
  expectStickiness(plan);
}

/** Ids are unique, whatever their case, and names in XML. */
function expectNames({ resources, constraints }: Plan): void {
  const ids = [...resources, ...constraints].map(({ id }) => id);
  const rules = constraints.flatMap((constraint) =>
    constraint.kind === 'rule' ? [`${constraint.id}-rule`] : [],
  );
  const all = [...ids, ...rules];
  expect(new Set(all.map((id) => id.toLowerCase())).size, `ids: ${all.join(' ')}`).toBe(all.length);
  for (const id of all) expect(id).toMatch(/^[A-Za-z_][A-Za-z0-9_.-]*$/);
}

function expectReferences({ resources, constraints, instances, nodes }: Plan): void {
  const known = new Map(resources.map((resource) => [resource.id, resource.kind]));
  const nodeNames = nodes.map(({ name }) => name);
  expect(new Set(nodeNames).size).toBe(nodeNames.length);
  const members = resources.flatMap((resource) => {
    if (resource.kind === 'group') return resource.members;
    return resource.kind === 'clone' ? [resource.of] : [];
  });
  // Each primitive belongs to one group or one clone, and no group is empty: pcs would refuse it.
  const primitives = resources.filter(({ kind }) => kind === 'primitive').map(({ id }) => id);
  expect([...members].sort()).toEqual([...primitives].sort());
  for (const resource of resources) if (resource.kind === 'group') expect(resource.members).not.toEqual([]);
  for (const { resource } of constraints) expect(known.get(resource)).toMatch(/^(?:group|clone)$/);
  for (const node of constraints.flatMap((constraint) => constraint.node ?? []))
    expect(nodeNames).toContain(node);
  const groups = resources.filter(({ kind }) => kind === 'group').map(({ id }) => id);
  expect(instances.map(({ group }) => group)).toEqual(groups);
  const addresses = instances.flatMap((instance) => instance.addresses.map(({ resource }) => resource));
  expect(addresses).toEqual(primitives.slice(0, addresses.length));
}

const of = (constraints: readonly Constraint[], resource: string) =>
  constraints.filter((constraint) => constraint.resource === resource);

/** On each node a group has one preference or one ban, and no check can take the node below zero. */
function expectPlacement({ instances, constraints, nodes }: Plan): void {
  for (const { group } of instances) {
    const own = of(constraints, group);
    for (const { name } of nodes) {
      const decided = own.filter((constraint) => constraint.kind !== 'rule' && constraint.node === name);
      expect(decided, `${group} on ${name}`).toHaveLength(1);
      const [decision] = decided;
      if (decision?.kind !== 'prefers') continue;
      const rules = own.filter(
        (constraint): constraint is LocationRule =>
          constraint.kind === 'rule' && (constraint.node ?? name) === name,
      );
      expect(
        decision.score + worstCase(rules),
        `${group} on ${name} when all goes wrong`,
      ).toBeGreaterThanOrEqual(0);
      expect(decision.score).toBeLessThan(1_000_000);
    }
  }
}

/** The lowest sum of finite scores: of each attribute only one value can be true. */
function worstCase(rules: readonly LocationRule[]): number {
  const lowest = new Map<string, number>();
  for (const { attribute, score } of rules) {
    if (typeof score === 'number') lowest.set(attribute, Math.min(lowest.get(attribute) ?? 0, score));
  }
  return [...lowest.values()].reduce((sum, score) => sum + score, 0);
}

/** 0, or more than any difference that checks can make, and summed over the members far from INFINITY. */
function expectStickiness({ resources, constraints, instances }: Plan): void {
  for (const resource of resources) {
    if (resource.kind !== 'group') continue;
    const stickiness = Number(resource.meta['resource-stickiness']);
    const instance = instances.find(({ group }) => group === resource.id);
    expect(stickiness > 0).toBe(instance?.preempts === false);
    if (stickiness === 0) continue;
    const scores = of(constraints, resource.id).flatMap((constraint) =>
      constraint.kind !== 'avoids' && typeof constraint.score === 'number' ? [constraint] : [],
    );
    const preferences = scores.filter(({ kind }) => kind === 'prefers').map(({ score }) => Number(score));
    const weights = scores.filter(({ kind }) => kind === 'rule').map(({ score }) => Math.abs(Number(score)));
    const reach = Math.max(...preferences) - Math.min(...preferences) + weights.reduce((a, b) => a + b, 0);
    expect(stickiness * resource.members.length).toBeGreaterThan(reach);
    expect(stickiness * resource.members.length + Math.max(...preferences)).toBeLessThan(1_000_000);
  }
}
