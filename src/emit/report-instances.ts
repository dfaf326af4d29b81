import type { Plan, PlanAddress, PlanInstance, PlanInstanceNode } from '../pacemaker/plan.ts';

/** A row of the table nodes × instances. */
export interface ReportedInstance {
  readonly group: string;
  readonly keepalived: string;
  /** One cell per node of the plan, in its order. */
  readonly cells: readonly { readonly text: string; readonly holds: boolean }[];
  readonly returns: string;
  readonly before: string;
}

export interface ReportedAddress {
  readonly group: string;
  readonly resource: string;
  readonly address: string;
  readonly interfaces: string;
}

export function reportInstances({ instances, nodes }: Pick<Plan, 'instances' | 'nodes'>): ReportedInstance[] {
  return instances.map((instance) => {
    const members = new Map(instance.nodes.map((member) => [member.node, member]));
    const holder = holderOf(instance);
    return {
      group: instance.group,
      keepalived: nameInWords(instance),
      cells: nodes.map(({ name }) => ({ text: cellText(members.get(name)), holds: name === holder })),
      returns: instance.preempts ? 'goes back to it' : 'stays where it is',
      before: secondsInWords(instance.failoverMs),
    };
  });
}

/** Where the group runs when all is well: the highest score; among equal ones nobody can say. */
export function holderOf({ nodes }: PlanInstance): string | undefined {
  const best = Math.max(...nodes.map(({ score }) => score));
  const holders = nodes.filter(({ score }) => score === best);
  return holders.length === 1 ? holders[0]?.node : undefined;
}

function nameInWords({ instances, syncGroup, virtualRouterIds }: PlanInstance): string {
  const names =
    syncGroup === undefined ? instances.join(', ') : `sync group ${syncGroup}: ${instances.join(', ')}`;
  return `${names} (VRID ${virtualRouterIds.join(', ')})`;
}

function cellText(member: PlanInstanceNode | undefined): string {
  if (!member) return 'never';
  const { priority, score } = member;
  if (priority === undefined) return `priority not known, score ${score}`;
  return priority === score ? `priority ${priority}` : `priority ${priority}, score ${score}`;
}

export function reportAddresses({ instances }: Pick<Plan, 'instances'>): ReportedAddress[] {
  return instances.flatMap(({ group, addresses }) =>
    addresses.map((address) => ({
      group,
      resource: address.resource,
      address: `${address.address}/${address.prefixLength}`,
      interfaces: interfacesInWords(address),
    })),
  );
}

function interfacesInWords({ interfaces }: PlanAddress): string {
  const names = [...new Set(Object.values(interfaces))];
  if (names.length < 2) return names[0] ?? 'not known';
  return Object.entries(interfaces)
    .map(([node, name]) => `${name} on ${node}`)
    .join(', ');
}

/** `3.6 s`; a tenth is as much as a failover can be known to. */
export function secondsInWords(milliseconds: number): string {
  return `${Math.round(milliseconds / 100) / 10} s`;
}
