import type { Constraint, Resource } from './plan.ts';

/**
 * Rules of their own have ids made of their group's and their check's: `VI_1-link-eth0`. An instance may have just that
 * name; then the rule's id gets a number. pcs derives all other constraint ids by itself.
 */
export function distinctRuleIds(
  constraints: readonly Constraint[],
  resources: readonly Resource[],
): Constraint[] {
  const taken = new Set(resources.map(({ id }) => id.toLowerCase()));
  const isFree = (id: string) => ![id, `${id}-rule`].some((name) => taken.has(name.toLowerCase()));
  return constraints.map((constraint) => {
    if (constraint.kind !== 'rule' && constraint.kind !== 'score-attribute') return constraint;
    let { id } = constraint;
    for (let number = 2; !isFree(id); number++) id = `${constraint.id}-${number}`;
    for (const name of [id, `${id}-rule`]) taken.add(name.toLowerCase());
    return { ...constraint, id };
  });
}
