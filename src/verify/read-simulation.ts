import type { Plan } from '../pacemaker/plan.ts';
import type { Placement } from './placement.ts';

/** Where the groups are after a run of crm_simulate, from what it says under its last heading, alike in all versions. */
export function placementsIn(output: string, { resources, nodes }: Plan): Map<string, Placement> {
  const heading = output.search(/^Revised cluster status:/im);
  if (heading < 0) throw new Error(`crm_simulate says nothing of the outcome:\n${output}`);
  const places = runningIn(output.slice(heading));
  return new Map(
    resources.flatMap((resource) => {
      if (resource.kind !== 'group') return [];
      const perMember = resource.members.map((member) => places.get(member) ?? []);
      const found = nodes.map(({ name }) => name).filter((name) => perMember.some((on) => on.includes(name)));
      const whole = found.length === 0 || perMember.every((on) => on.length === 1 && on[0] === found[0]);
      return [[resource.id, { nodes: found.sort(), whole }] as const];
    }),
  );
}

/** `vip-192.0.2.10 (ocf:heartbeat:IPaddr2): Started lb1`, a unit as `squid (systemd:squid)`, with more or less around it; a blocked one in brackets. */
function runningIn(status: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const line of status.split('\n')) {
    const [, resource, where] =
      /^[\s*|]*(\S+)\s+\((?:ocf|systemd|service|lsb):[^)]*\):\s+Started\s+(.*)$/.exec(line) ?? [];
    if (resource === undefined || where === undefined) continue;
    const nodes = where.replace(/\(.*?\)/g, ' ').split(/[\s[\],]+/);
    found.set(resource, [...(found.get(resource) ?? []), ...nodes.filter((word) => word !== '')]);
  }
  return found;
}
