import type { FailoverAddress, FailoverCluster, FailoverGroup } from '../cluster/failover-cluster.ts';
import { addressKey } from '../keepalived/ip-address.ts';
import type { ElementIds } from './element-ids.ts';

/** A failover group with addresses, and the ids that its elements have in Pacemaker. */
export interface MovingGroup {
  /** Id of the Pacemaker group. */
  readonly id: string;
  readonly source: FailoverGroup;
  readonly addresses: readonly MovingAddress[];
  /** Addresses that an earlier group holds already: Pacemaker cannot hold one twice. */
  readonly heldElsewhere: readonly { readonly address: FailoverAddress; readonly group: string }[];
  /** Addresses on the loopback interface, which the cutover cannot tell from its own placeholders. */
  readonly onLoopback: readonly FailoverAddress[];
  /** Names of the nodes that may hold it: those that configure it, and peers of which nothing is known. */
  readonly nodes: readonly string[];
}

export interface MovingAddress {
  /** Id of the IPaddr2 resource. */
  readonly id: string;
  readonly address: FailoverAddress;
  /** Interface on each node of the group. */
  readonly interfaces: Readonly<Record<string, string>>;
}

/** Gives ids to the groups that hold addresses; groups first, so that they keep the plain names. */
export function nameGroups(cluster: FailoverCluster, ids: ElementIds): MovingGroup[] {
  const holding = cluster.groups.filter(({ instances }) =>
    instances.some(({ addresses }) => addresses.length > 0),
  );
  const named = holding.map((source) => ({ source, id: ids.take(source.name) }));
  const holders = new Map<string, string>();
  const groups = named.map(({ source, id }) => {
    const heldElsewhere: MovingGroup['heldElsewhere'][number][] = [];
    const addresses: MovingAddress[] = [];
    const onLoopback: FailoverAddress[] = [];
    const nodes = nodesOf(cluster, source);
    for (const instance of source.instances) {
      for (const address of instance.addresses) {
        const interfaces = interfacesOf(instance.members, address, nodes);
        if (Object.values(interfaces).includes('lo')) {
          onLoopback.push(address);
          continue;
        }
        const key = addressKey(address.first.address);
        const holder = holders.get(key);
        if (holder !== undefined) {
          heldElsewhere.push({ address, group: holder });
          continue;
        }
        holders.set(key, id);
        addresses.push({ id: ids.take(`vip-${address.first.address.text}`), address, interfaces });
      }
    }
    return { id, source, addresses, heldElsewhere, onLoopback, nodes };
  });
  return groups;
}

function nodesOf(cluster: FailoverCluster, group: FailoverGroup): string[] {
  const configured = new Set(group.instances.flatMap(({ members }) => members.map(({ node }) => node)));
  return cluster.nodes
    .filter(({ name, file }) => file === undefined || configured.has(name))
    .map(({ name }) => name);
}

/** The interface of an address on each node; a peer without a file is taken to have the first node's. */
function interfacesOf(
  members: FailoverGroup['instances'][number]['members'],
  address: FailoverAddress,
  nodes: readonly string[],
): Record<string, string> {
  const first = address.first.device ?? members[0]?.configured.interface.value;
  const found: Record<string, string> = {};
  for (const node of nodes) {
    const entry = address.entries.find((candidate) => candidate.node === node)?.configured;
    const instance = members.find((member) => member.node === node)?.configured;
    const name = entry?.device ?? instance?.interface.value ?? first;
    if (name !== undefined) found[node] = name;
  }
  return found;
}

/** The interface that all nodes share, or undefined when names differ. */
export function commonInterface({ interfaces }: MovingAddress): string | undefined {
  const names = new Set(Object.values(interfaces));
  return names.size === 1 ? [...names][0] : undefined;
}
