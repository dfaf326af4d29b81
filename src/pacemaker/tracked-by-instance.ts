import type { SyncGroup, TrackEntry, TrackLists, VrrpInstance } from '../keepalived/node-configuration.ts';
import { trackingOf } from './tracking.ts';

/** What is left of an instance's own entries after the rules for address owners and members of sync groups. */
export function trackedByInstance(
  instance: VrrpInstance,
  group: SyncGroup | undefined,
): Pick<TrackLists, 'trackScripts' | 'trackInterfaces'> {
  const node = 'node';
  const { name, family, virtualRouterId } = instance;
  const nothing = {
    trackScripts: [],
    trackInterfaces: [],
    trackFiles: [],
    trackProcesses: [],
    trackBfds: [],
  };
  const { effects } = trackingOf({
    name,
    syncGroups: group ? [{ node, configured: { ...group, ...nothing } }] : [],
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
