import { formatIpAddress } from '../keepalived/ip-address.ts';
import type { VirtualAddress } from '../keepalived/node-configuration.ts';

/** The agent that has an address of the entry, with what only the shipped one is given. */
export interface AddressAgent {
  readonly agent: 'ocf:heartbeat:IPaddr2' | 'ocf:kp2pcm:address';
  readonly attributes: Readonly<Record<string, string>>;
  /** Options that it sets and IPaddr2 would not, in the author's words. */
  readonly kept: readonly string[];
}

export function agentOfAddress(address: VirtualAddress): AddressAgent {
  const { peer, scope } = address;
  const flags = keptFlags.filter((flag) => address.unusual.includes(flag) && hasEffect(address, flag));
  const kept = [
    ...(peer ? [`peer ${peer.text}`] : []),
    ...(scope === undefined ? [] : [`scope ${scope}`]),
    ...flags,
  ];
  if (kept.length === 0) return { agent: 'ocf:heartbeat:IPaddr2', attributes: {}, kept };
  const skipsDetection = address.address.family === 'ipv6' && !address.unusual.includes('-nodad');
  return {
    agent: 'ocf:kp2pcm:address',
    attributes: {
      // Compared with what ip shows.
      ...(peer && { peer: formatIpAddress(peer.family, peer.value) }),
      ...(scope !== undefined && { scope }),
      ...Object.fromEntries(flags.map((flag) => [flag, 'true'])),
      ...(skipsDetection && { nodad: 'true' }),
    },
    kept,
  };
}

const keptFlags: readonly string[] = ['home', 'mngtmpaddr', 'autojoin'];

function hasEffect(address: VirtualAddress, flag: string): boolean {
  return (flag === 'autojoin' || address.address.family === 'ipv6') && flag !== refusedOption(address);
}

/**
 * The option for which the kernel does not take the address, whoever adds it (Linux 6.18 and Keepalived 2.2.7, which goes
 * on without the address).
 */
export function refusedOption({ address, prefixLength, unusual }: VirtualAddress): string | undefined {
  const isIpv6 = address.family === 'ipv6';
  const isMulticast = isIpv6 ? address.value >> 120n === 0xffn : address.value >> 28n === 0xen;
  if (unusual.includes('autojoin') && !isMulticast) return 'autojoin';
  if (unusual.includes('mngtmpaddr') && isIpv6 && prefixLength !== 64) return 'mngtmpaddr';
  return undefined;
}

/** What is to be said of options that need no parameter: nothing is lost without one. */
export function needlessOptions({ address, unusual, preferredLft }: VirtualAddress): string[] {
  if (address.family === 'ipv6')
    return unusual.includes('-nodad')
      ? ['The kernel looks whether another host has it, as -nodad asks and without a parameter.']
      : [];
  const flags = unusual.filter((option) => ['home', '-nodad', 'mngtmpaddr'].includes(option));
  return [
    ...flags.map((flag) => `${flag} does nothing to an IPv4 address.`),
    // Looked up beside the running 2.2.7: `preferred_lft forever`.
    ...(preferredLft === undefined
      ? []
      : [`preferred_lft ${preferredLft} does nothing: Keepalived sets it for IPv6 only.`]),
  ];
}
