import type { FailoverAddress, FailoverInstance } from '../cluster/failover-cluster.ts';
import type { VrrpInstance } from '../keepalived/node-configuration.ts';
import { isOnMadeInterface, type MadeInterface } from '../keepalived/virtual-interfaces.ts';
import type { ElementIds } from './element-ids.ts';

/** An interface with a virtual MAC address that a group brings along. */
export interface MovingVmac {
  /** Id of its resource. */
  readonly id: string;
  readonly instance: FailoverInstance;
  readonly mac: string;
  /** On each node of the group. */
  readonly interfaces: Readonly<Record<string, string>>;
  readonly bases: Readonly<Record<string, string>>;
  /** Of the addresses on it. */
  readonly families: readonly string[];
}

export type KeptVmac = Pick<MovingVmac, 'mac' | 'interfaces' | 'bases'>;

/** What use_vmac of an instance can become; undefined unless all nodes have it, with one MAC address. */
export function keptVmac(
  { members }: FailoverInstance,
  made: ReadonlyMap<VrrpInstance, MadeInterface>,
  nodes: readonly string[],
): KeptVmac | undefined {
  const found = members.flatMap(({ node, configured }) => {
    const vmac = made.get(configured);
    return vmac?.mac === undefined ? [] : [{ node, name: vmac.name, base: vmac.base, mac: vmac.mac }];
  });
  const [first] = found;
  if (!first || found.length < members.length || found.some(({ mac }) => mac !== first.mac)) return undefined;
  const on = (node: string) => found.find((one) => one.node === node) ?? first;
  return {
    mac: first.mac,
    interfaces: Object.fromEntries(nodes.map((node) => [node, on(node).name])),
    bases: Object.fromEntries(nodes.map((node) => [node, on(node).base])),
  };
}

export function isOnVmac(interfaces: MovingVmac['interfaces'], kept: KeptVmac | undefined): boolean {
  return Object.entries(interfaces).some(([node, name]) => kept?.interfaces[node] === name);
}

export function vmacUnder(
  addresses: readonly FailoverAddress[],
  instance: FailoverInstance,
  kept: KeptVmac,
  ids: ElementIds,
): MovingVmac {
  const [name = 'vmac'] = Object.values(kept.interfaces);
  const families = [...new Set(addresses.map(({ first }) => first.address.family))].sort();
  return { id: ids.take(`vmac-${name}`), instance, families, ...kept };
}

/** The kind of interface that an address does not come along with, if Keepalived has it on one of its own. */
export function leftInterface(
  { members }: FailoverInstance,
  { entries }: FailoverAddress,
  made: ReadonlyMap<VrrpInstance, MadeInterface>,
  kept: KeptVmac | undefined,
): MadeInterface['kind'] | undefined {
  for (const { node, configured: entry } of entries) {
    const instance = members.find((member) => member.node === node)?.configured;
    if (!instance) continue;
    const own = made.get(instance);
    const isElsewhere = !isOnMadeInterface(entry, instance);
    if (own && !isElsewhere && !kept) return own.kind;
    const hasOneOfItsOwn = entry.usesVmac || instance.usesVmacForAddresses.value;
    if (hasOneOfItsOwn && (isElsewhere || !own)) return 'vmac';
  }
  return undefined;
}
