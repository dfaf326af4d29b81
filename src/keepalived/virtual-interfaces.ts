import type { NodeConfiguration, VirtualAddress, VrrpInstance } from './node-configuration.ts';

/** The interface that the daemon makes for an instance with use_vmac or use_ipvlan. */
export interface MadeInterface {
  readonly kind: 'vmac' | 'ipvlan';
  readonly name: string;
  /** Lower case, with colons; absent for an ipvlan. */
  readonly mac?: string;
  /** The interface below. */
  readonly base: string;
}

/**
 * By instance, in the order of the file, on which the names depend: the first one is `vrrp.51`; one of IPv6 that finds this
 * taken is `vrrp6.51`, and others are `vrrp1.51` and so on (seen with 2.2.7). An interface of the host's own with such a
 * name is not known here.
 */
export function virtualInterfacesOf({
  instances,
  globals,
}: NodeConfiguration): ReadonlyMap<VrrpInstance, MadeInterface> {
  const taken = new Set(instances.flatMap(({ virtualInterface }) => virtualInterface?.name ?? []));
  const made = new Map<VrrpInstance, MadeInterface>();
  for (const instance of instances) {
    const { virtualInterface, interface: own, virtualRouterId } = instance;
    if (!virtualInterface || own.value === undefined) continue;
    const { kind } = virtualInterface;
    const name = virtualInterface.name ?? freeName(globals.vmacPrefix.value, instance, taken);
    taken.add(name);
    const octets = virtualInterface.mac ?? [0, 0, 0x5e, 0, instance.family === 'ipv4' ? 1 : 2];
    const mac = macText(octets, virtualRouterId.value);
    made.set(instance, { kind, name, base: own.value, ...(kind === 'vmac' && { mac }) });
  }
  return made;
}

/** Of five octets the virtual router id is the sixth. */
export function macText(octets: readonly number[], virtualRouterId: number): string {
  return [...octets, virtualRouterId]
    .slice(0, 6)
    .map((octet) => octet.toString(16).padStart(2, '0'))
    .join(':');
}

function freeName(prefix: string, instance: VrrpInstance, taken: ReadonlySet<string>): string {
  const id = instance.virtualRouterId.value;
  const first = instance.family === 'ipv6' ? ['', '6'] : [''];
  const free = first.map((mark) => `${prefix}${mark}.${id}`).find((name) => !taken.has(name));
  if (free !== undefined) return free;
  let number = 1;
  while (taken.has(`${prefix}${number}.${id}`)) number++;
  return `${prefix}${number}.${id}`;
}

/** Whether an address is on the interface that its instance has made: `dev` with the interface below changes nothing (seen with 2.2.7). */
export function isOnMadeInterface({ device }: VirtualAddress, { interface: own }: VrrpInstance): boolean {
  return device === undefined || device === own.value;
}
