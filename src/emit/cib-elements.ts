import type { Plan, Resource } from '../pacemaker/plan.ts';

/** XML that names each outermost element of the plan, as cibadmin takes it. */
export function elementsOf({ resources, fencingLevels, alerts }: Plan): string[] {
  return [
    ...alerts.map(({ id }) => `<alert id="${id}"/>`),
    ...fencingLevels.map(({ id }) => `<fencing-level id="${id}"/>`),
    ...outermost(resources).map(({ kind, id }) => `<${kind} id="${id}"/>`),
  ];
}

/** Without what is in a group or a clone, and goes with it. */
export function outermost(resources: readonly Resource[]): Resource[] {
  const inside = new Set(
    resources.flatMap((resource) =>
      resource.kind === 'group' ? resource.members : resource.kind === 'clone' ? [resource.of] : [],
    ),
  );
  return resources.filter(({ id }) => !inside.has(id));
}
