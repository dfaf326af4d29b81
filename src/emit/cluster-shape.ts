import type { Plan, PlanInstance } from '../pacemaker/plan.ts';
import { holderOf } from './report-instances.ts';

/**
 * The shape of a cluster, as the literature names them: how many nodes work, how many stand by, and whether a group goes
 * back to the node that was repaired.
 */
export function clusterShape({ nodes, instances }: Pick<Plan, 'nodes' | 'instances'>): string {
  const holders = instances.map(holderOf);
  // Among equal scores nobody can say who works.
  if (holders.includes(undefined)) return '';
  const working = nodes.filter(({ name }) => holders.includes(name)).map(({ name }) => name);
  const spare = nodes
    .filter(({ name }) => !working.includes(name) && instances.some((instance) => mayHold(instance, name)))
    .map(({ name }) => name);
  const alone = instances.some((instance) => instance.nodes.length < 2);
  if (alone) return '';
  const [work, wait] = [listOf(working), listOf(spare)];
  if (spare.length === 0) {
    if (nodes.length === 2) return `Active/active: ${work} serve, and each takes over from the other.`;
    return working.length < 2 ? '' : `N-to-M: ${work} serve, and take over from each other.`;
  }
  const returns = instances.every(({ preempts }) => preempts);
  const standsBy = spare.length === 1 ? 'stands by' : 'stand by';
  const back = returns ? 'what it took goes back' : 'what it took stays there';
  if (working.length === 1 && spare.length === 1) return `Active/passive: ${work} serves, ${wait} stands by.`;
  const when = `when the other node returns, ${back}`;
  if (spare.length > 1)
    return `N+M: ${work} ${working.length === 1 ? 'serves' : 'serve'}, ${wait} ${standsBy}; ${when}.`;
  return `${returns ? 'N-to-1' : 'N+1'}: ${work} serve, ${wait} ${standsBy}; ${when}.`;
}

function mayHold({ nodes }: PlanInstance, name: string): boolean {
  return nodes.some(({ node }) => node === name);
}

function listOf(names: readonly string[]): string {
  if (names.length > 6) return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
