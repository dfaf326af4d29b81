import { entryIn } from '../../grammar/source/table-entry.ts';
import type { FailoverAddress, FailoverCluster, FailoverGroup } from '../cluster/failover-cluster.ts';
import { addressKey } from '../keepalived/ip-address.ts';
import type { VrrpInstance } from '../keepalived/node-configuration.ts';
import { type MadeInterface, virtualInterfacesOf } from '../keepalived/virtual-interfaces.ts';
import type { VmacKeeping } from '../translation.ts';
import type { ElementIds } from './element-ids.ts';
import { isOnVmac, type KeptVmac, keptVmac, leftInterface, type MovingVmac, vmacUnder } from './kept-vmac.ts';
import { isRun } from './notify-owners.ts';

/** A failover group with addresses, or with something else that its holder does, and the ids that its elements have in Pacemaker. */
export interface MovingGroup {
  /** Id of the Pacemaker group. */
  readonly id: string;
  readonly source: FailoverGroup;
  readonly addresses: readonly MovingAddress[];
  /** Addresses that are held already, by an earlier group or on another interface. */
  readonly heldElsewhere: readonly HeldElsewhere[];
  /** Addresses on the loopback interface, which the cutover cannot tell from its own placeholders. */
  readonly onLoopback: readonly FailoverAddress[];
  /** Names of the nodes that may hold it: those that configure it, and peers of which nothing is known. */
  readonly nodes: readonly string[];
  /** Interfaces with a virtual MAC address that the group brings along. */
  readonly vmacs: readonly MovingVmac[];
}

export interface HeldElsewhere {
  readonly address: FailoverAddress;
  /** The group that holds it. */
  readonly group: string;
  /** Where it is wanted once more, if that is another interface than where it is held. */
  readonly otherInterface?: string;
}

export interface MovingAddress {
  /** Id of its resource. */
  readonly id: string;
  readonly address: FailoverAddress;
  /** Interface on each node of the group. */
  readonly interfaces: Readonly<Record<string, string>>;
  /** Keepalived held it on an interface of its own making, which it does not come along with. */
  readonly leaves?: MadeInterface['kind'];
}

/** Gives ids to the groups that hold addresses; groups first, so that they keep the plain names. */
export function nameGroups(
  cluster: FailoverCluster,
  ids: ElementIds,
  keeping: VmacKeeping = 'drop',
): MovingGroup[] {
  const holding = cluster.groups.filter(
    (group) => group.instances.some(({ addresses }) => addresses.length > 0) || acts(group),
  );
  const named = holding.map((source) => ({ source, id: ids.take(source.name) }));
  const holders = new Map<string, Pick<MovingAddress, 'interfaces'> & { readonly group: string }>();
  const made = new Map(cluster.configurations.flatMap((one) => [...virtualInterfacesOf(one)]));
  const groups = named.map(({ source, id }) => {
    const heldElsewhere: HeldElsewhere[] = [];
    const addresses: MovingAddress[] = [];
    const onLoopback: FailoverAddress[] = [];
    const vmacs: MovingVmac[] = [];
    const nodes = nodesOf(cluster, source);
    for (const instance of source.instances) {
      const kept = keeping === 'macvlan' ? keptVmac(instance, made, nodes) : undefined;
      const before = addresses.length;
      for (const address of instance.addresses) {
        const interfaces = interfacesOf(instance.members, address, nodes, kept);
        if (Object.values(interfaces).includes('lo')) {
          onLoopback.push(address);
          continue;
        }
        const key = addressKey(address.first.address);
        const holder = holders.get(key);
        if (holder !== undefined) {
          const [, otherInterface] =
            Object.entries(interfaces).find(([node, name]) => entryIn(holder.interfaces, node) !== name) ??
            [];
          const elsewhere = otherInterface !== undefined && { otherInterface };
          heldElsewhere.push({ address, group: holder.group, ...elsewhere });
          continue;
        }
        holders.set(key, { group: id, interfaces });
        const leaves = leftInterface(instance, address, made, kept);
        const resource = ids.take(`vip-${address.first.address.text}`);
        addresses.push({ id: resource, address, interfaces, ...(leaves && { leaves }) });
      }
      const on = addresses.slice(before).filter(({ interfaces }) => isOnVmac(interfaces, kept));
      if (kept && on.length > 0)
        vmacs.push(
          vmacUnder(
            on.map(({ address }) => address),
            instance,
            kept,
            ids,
          ),
        );
    }
    return { id, source, addresses, heldElsewhere, onLoopback, nodes, vmacs };
  });
  return groups;
}

/**
 * Whether something happens on its holder although it may hold no address: a cloud's address, say, that a notify script
 * moves by the cloud's interface.
 */
function acts({ instances, syncGroups }: FailoverGroup): boolean {
  const ofGroup = syncGroups.flatMap(({ configured }) => configured.notifyScripts);
  const members = instances.flatMap((instance) => instance.members).map(({ configured }) => configured);
  return (
    [...ofGroup, ...members.flatMap(({ notifyScripts }) => notifyScripts)].some(isRun) ||
    members.some(({ virtualRoutes, virtualRules }) => virtualRoutes.length + virtualRules.length > 0)
  );
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
  kept: KeptVmac | undefined,
): Record<string, string> {
  const held = (configured: VrrpInstance | undefined, { device }: { readonly device?: string }) =>
    device === undefined || device === configured?.interface.value ? undefined : device;
  const own = (node: string, configured: VrrpInstance | undefined) =>
    kept ? kept.interfaces[node] : configured?.interface.value;
  const [one] = members;
  const first = held(one?.configured, address.first) ?? (one && own(one.node, one.configured));
  const found: Record<string, string> = {};
  for (const node of nodes) {
    const entry = address.entries.find((candidate) => candidate.node === node)?.configured;
    const instance = members.find((member) => member.node === node)?.configured;
    const name = (entry && held(instance, entry)) ?? own(node, instance) ?? first;
    if (name !== undefined) found[node] = name;
  }
  return found;
}

/** The interface that all nodes share, or undefined when names differ. */
export function commonInterface({ interfaces }: MovingAddress): string | undefined {
  const names = new Set(Object.values(interfaces));
  return names.size === 1 ? [...names][0] : undefined;
}
