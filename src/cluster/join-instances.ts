import { addressKey } from '../keepalived/ip-address.ts';
import type { NodeConfiguration, VirtualAddress, VrrpInstance } from '../keepalived/node-configuration.ts';
import type { FailoverAddress, FailoverInstance, MemberOf } from './failover-cluster.ts';

interface Draft {
  readonly members: MemberOf<VrrpInstance>[];
  readonly addressKeys: Set<string>;
}

/**
 * Finds the instances of different nodes that elect one holder among themselves: same family and virtual_router_id on the
 * same segment. The segment is judged by interface, name and addresses, in this order, since names of interfaces may
 * differ between hosts. Instances that share an address belong together even with different identifiers: that is an error
 * in the source, which is reported, and Pacemaker cannot hold one address twice.
 */
export function joinInstances(configurations: readonly NodeConfiguration[]): FailoverInstance[] {
  const drafts: Draft[] = [];
  const index = new Map<string, Set<Draft>>();
  for (const [place, { node, instances }] of configurations.entries()) {
    for (const instance of instances) {
      // Instances of one node are never partners, and there is nothing else to find for the first one.
      const partner = place === 0 ? undefined : findDraft(index, node, instance);
      const draft = partner ?? addDraft(drafts);
      draft.members.push({ node, configured: instance });
      for (const { address } of instance.addresses) draft.addressKeys.add(addressKey(address));
      for (const key of lookUpKeys(instance)) remember(index, key, draft);
    }
  }
  return drafts.map(finish);
}

function addDraft(drafts: Draft[]): Draft {
  const draft: Draft = { members: [], addressKeys: new Set() };
  drafts.push(draft);
  return draft;
}

/** Keys under which a partner may be found, the surest first. */
function lookUpKeys(instance: VrrpInstance): string[] {
  const election = `${instance.family} ${instance.virtualRouterId.value}`;
  const addresses = instance.addresses.map(({ address }) => addressKey(address));
  return [
    `${election} interface ${instance.interface.value ?? ''} name ${instance.name}`,
    ...addresses.map((key) => `${election} address ${key}`),
    `${election} interface ${instance.interface.value ?? ''}`,
    `${election} name ${instance.name}`,
    election,
    ...addresses.map((key) => `address ${key}`),
  ];
}

function findDraft(
  index: ReadonlyMap<string, ReadonlySet<Draft>>,
  node: string,
  instance: VrrpInstance,
): Draft | undefined {
  for (const key of lookUpKeys(instance)) {
    const found = [...(index.get(key) ?? [])].filter(
      (draft) => !draft.members.some((member) => member.node === node),
    );
    // A bare identifier on several segments says nothing about which of them is meant.
    if (found.length === 1 || (found.length > 1 && /name|address/.test(key))) return found[0];
  }
  return undefined;
}

function remember(index: Map<string, Set<Draft>>, key: string, draft: Draft): void {
  const known = index.get(key);
  if (known) known.add(draft);
  else index.set(key, new Set([draft]));
}

function finish(draft: Draft): FailoverInstance {
  const [first] = draft.members;
  if (!first) throw new Error('an instance without a member');
  const { family, virtualRouterId } = first.configured;
  return {
    name: commonName(draft.members),
    family,
    virtualRouterId: virtualRouterId.value,
    members: draft.members,
    addresses: joinAddresses(draft),
  };
}

/** Where nodes call the instance by different names, the commonest; so that their order decides nothing, the first by the alphabet. */
function commonName(members: Draft['members']): string {
  const counts = new Map<string, number>();
  for (const { configured } of members) counts.set(configured.name, (counts.get(configured.name) ?? 0) + 1);
  const highest = Math.max(...counts.values());
  const names = [...counts].flatMap(([name, count]) => (count === highest ? [name] : []));
  return names.sort((one, other) => (one < other ? -1 : 1))[0] ?? '';
}

/**
 * The addresses of all members in order of first appearance. One that a node lists twice counts once; on another interface
 * it is one more, which other nodes may call differently: their second is the same as this node's second.
 */
function joinAddresses(draft: Draft): FailoverAddress[] {
  const joined = new Map<string, { first: VirtualAddress; entries: MemberOf<VirtualAddress>[] }>();
  for (const { node, configured } of draft.members) {
    const interfaces = new Map<string, string[]>();
    for (const address of configured.addresses) {
      const text = addressKey(address.address);
      const device = address.device ?? configured.interface.value ?? '';
      const devices = interfaces.get(text) ?? [];
      if (!devices.includes(device)) devices.push(device);
      interfaces.set(text, devices);
      const key = `${text} ${devices.indexOf(device)}`;
      const known = joined.get(key);
      if (known) known.entries.push({ node, configured: address });
      else joined.set(key, { first: address, entries: [{ node, configured: address }] });
    }
  }
  return [...joined.values()];
}
