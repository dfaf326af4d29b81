import type { VrrpInstance } from './node-configuration.ts';

/**
 * Keepalived's time from a silent death of the master to the takeover by this node, in milliseconds:
 * down_timer_adverts × advert_int plus a skew of (256 − priority)/256 seconds (VRRP 2) or advert intervals (VRRP 3).
 */
export function masterDownMs(instance: VrrpInstance): number {
  const { advertIntervalMs, downTimerAdverts, priority, version } = instance;
  const skewUnitMs = version.value === 2 ? 1000 : advertIntervalMs.value;
  const skewMs = ((256 - priority.value) / 256) * skewUnitMs;
  return Math.round(downTimerAdverts.value * advertIntervalMs.value + skewMs);
}
