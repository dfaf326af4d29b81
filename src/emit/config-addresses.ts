import type { VirtualAddress } from '../keepalived/node-configuration.ts';
import { addressText } from './config-values.ts';

/** What the master of an instance holds. `own` is the instance's interface. */
export function virtualAddressOf(held: VirtualAddress, own: string | null) {
  return { ...entryOf(held, own), usesVmac: held.usesVmac, excluded: held.excluded };
}

/** What a node has whatever its instances do. */
export function staticAddressOf(held: VirtualAddress, defaultInterface: string) {
  return { ...entryOf(held, defaultInterface), trackGroup: held.trackGroup ?? null };
}

function entryOf(held: VirtualAddress, defaultInterface: string | null) {
  return {
    address: addressText(held.address),
    prefixLength: held.prefixLength,
    device: held.device ?? defaultInterface,
    label: held.label ?? null,
    broadcast: held.broadcast ?? null,
    scope: held.scope ?? 'global',
    preferredLft: held.preferredLft ?? null,
    noPrefixRoute: held.noPrefixRoute,
    noTrack: held.noTrack,
    otherOptions: held.unusual,
  };
}
