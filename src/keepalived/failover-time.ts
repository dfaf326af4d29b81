import { masterDownMs as masterDownOf } from './election/timers.ts';
import type { VrrpInstance } from './node-configuration.ts';

/** Keepalived's time from a silent death of the master to the takeover by this node, in milliseconds. */
export function masterDownMs({
  advertIntervalMs,
  downTimerAdverts,
  priority,
  version,
}: VrrpInstance): number {
  const timers = {
    version: version.value,
    advertIntervalMs: advertIntervalMs.value,
    downTimerAdverts: downTimerAdverts.value,
  };
  return Math.round(masterDownOf(timers, priority.value));
}
