import { formatIpAddress, type IpAddress } from '../keepalived/ip-address.ts';
import type { Network } from '../keepalived/network.ts';
import type { ScriptUser } from '../keepalived/node-configuration.ts';

/** An address in the one form of the document; null for none. */
export function addressText(address: IpAddress | undefined): string | null {
  return address ? formatIpAddress(address.family, address.value) : null;
}

/** ADDRESS/LENGTH, `0.0.0.0/0` and `::/0` for everything. */
export function networkText(network: Network | undefined): string | null {
  if (!network) return null;
  const { family, address, prefixLength } = network;
  return `${formatIpAddress(family, address?.value ?? 0n)}/${prefixLength}`;
}

export function userOf(user: ScriptUser | undefined) {
  return { user: user?.user ?? null, group: user?.group ?? null };
}

/** A command, and who runs it if the file says so. */
export function commandOf({ argv, user }: { readonly argv: readonly string[]; readonly user?: ScriptUser }) {
  return { argv, ...userOf(user) };
}
