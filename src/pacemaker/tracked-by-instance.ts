import type { SyncGroup, TrackEntry, VrrpInstance } from '../keepalived/node-configuration.ts';
import { trackingOf } from './tracking.ts';

type Tracked = Pick<VrrpInstance, 'trackScripts' | 'trackInterfaces'>;

/** What is left of an instance's own entries after the rules for address owners and members of sync groups. */
export function trackedByInstance(instance: VrrpInstance, group: SyncGroup | undefined): Tracked {
  const node = 'node';
  const { name, family, virtualRouterId } = instance;
  const silent = group && { ...group, trackScripts: [], trackInterfaces: [] };
  const { effects } = trackingOf({
    name,
    syncGroups: silent ? [{ node, configured: silent }] : [],
    instances: [
      {
        name,
        family,
        virtualRouterId: virtualRouterId.value,
        members: [{ node, configured: instance }],
        addresses: [],
      },
    ],
  });
  const ofKind = (kind: 'script' | 'interface'): TrackEntry[] =>
    effects.flatMap((effect) => {
      const [from] = effect.from;
      return effect.kind === kind && from ? [{ ...effect, from }] : [];
    });
  return { trackScripts: ofKind('script'), trackInterfaces: ofKind('interface') };
}
