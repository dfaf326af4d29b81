import type { Constraint, Origin, Plan } from '../pacemaker/plan.ts';
import { placesInWords } from './report-fates.ts';

/** Parts of the plan that come close to the source without meeting it, for one reason. */
export interface Approximation {
  readonly why: string;
  readonly elements: readonly { readonly name: string; readonly places: string }[];
}

/** Everything in the plan that calls itself approximate, grouped by its reason. */
export function reportApproximations(plan: Plan): Approximation[] {
  const groups = new Map<string, { name: string; places: string }[]>();
  for (const [name, { fidelity, why, from }] of originsOf(plan)) {
    if (fidelity !== 'approximate') continue;
    const element = { name, places: placesInWords(from) };
    const known = groups.get(why);
    if (known) known.push(element);
    else groups.set(why, [element]);
  }
  return [...groups].map(([why, elements]) => ({ why, elements }));
}

function originsOf({ cluster, properties, resources, constraints }: Plan): [string, Origin][] {
  const { name, token, quorum, fencing } = cluster.origins;
  return [
    ['cluster name', name],
    ['totem token', token],
    ['quorum policy', quorum],
    ['fencing', fencing],
    ...properties.map((property): [string, Origin] => [`property ${property.name}`, property.origin]),
    ...resources.map((resource): [string, Origin] => [`resource ${resource.id}`, resource.origin]),
    ...constraints.map((constraint): [string, Origin] => [nameOf(constraint), constraint.origin]),
  ];
}

function nameOf(constraint: Constraint): string {
  if (constraint.kind === 'rule' || constraint.kind === 'score-attribute') return `rule ${constraint.id}`;
  if (constraint.kind === 'avoids') return `${constraint.resource} avoids ${constraint.node}`;
  return `${constraint.resource} prefers ${constraint.node} with ${constraint.score}`;
}
