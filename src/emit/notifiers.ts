import type { Plan } from '../pacemaker/plan.ts';

/** What tells the agent of notify scripts that a group is on a node: the group, and the clone that has the scripts. */
export interface Notifier {
  readonly group: string;
  readonly clone: string;
}

/** Those that go on with the state that Keepalived leaves: without an address nobody can tell which node has it. */
export function adoptedNotifiersOf(plan: Plan): Notifier[] {
  const held = new Set(
    plan.instances.filter(({ addresses }) => addresses.length > 0).map(({ group }) => group),
  );
  return notifiersOf(plan).filter(({ group }) => held.has(group));
}

export function notifiersOf({ resources }: Plan): Notifier[] {
  const told = new Map(
    resources.flatMap((resource) =>
      resource.kind === 'primitive' && resource.agent === 'ocf:kp2pcm:notify'
        ? [[resource.id, resource.attributes['tell'] ?? ''] as const]
        : [],
    ),
  );
  return resources.flatMap((resource) =>
    resource.kind === 'group'
      ? resource.members.flatMap((member) => {
          const clone = told.get(member);
          return clone === undefined ? [] : [{ group: resource.id, clone }];
        })
      : [],
  );
}

/** Ids of the agents that hold a FIFO open and run its reader. */
export function fifosOf({ resources }: Plan): string[] {
  return resources.flatMap((resource) =>
    resource.kind === 'primitive' && resource.agent === 'ocf:kp2pcm:fifo' ? [resource.id] : [],
  );
}
