import type { Plan } from '../../src/pacemaker/plan.ts';

/**
 * A plan without what depends on where its lines stand: places, names of files, the id. Of the fates what and how many
 * remain, in an order of their own; fates of include lines go, since pieces of a file are one file.
 */
export function withoutPlaces(plan: Plan): unknown {
  const { planId: _id, sources: _sources, fates, nodes, ...rest } = plan;
  const counted = fates
    .filter(({ path }) => !path.startsWith('include'))
    .map(({ path, fate, reason, rule }) => strip(`${path} ${fate} ${reason} ${rule}`))
    .sort();
  const unplaced = nodes.map(({ file: _file, ...node }) => node);
  return { ...(strip(rest) as object), nodes: unplaced, fates: counted };
}

/** `from` holds places; a reason that names a line names another one when lines move. */
function strip(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\bline \d+/g, 'line N');
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'from')
      .map(([key, field]) => [key, strip(field)]),
  );
}
