/** What a node's timers depend on. */
export interface Timers {
  readonly version: 2 | 3;
  readonly advertIntervalMs: number;
  readonly downTimerAdverts: number;
}

/** How much longer a lower priority waits: (256 − priority)/256 seconds (VRRP 2) or advert intervals (VRRP 3). */
export function skewMs(
  { version, advertIntervalMs }: Pick<Timers, 'version' | 'advertIntervalMs'>,
  priority: number,
): number {
  const unitMs = version === 2 ? 1000 : advertIntervalMs;
  return ((256 - priority) / 256) * unitMs;
}

/** How long a node waits for an advert before it takes over, by its own advert interval. */
export function masterDownMs(timers: Timers, priority: number): number {
  return timers.downTimerAdverts * timers.advertIntervalMs + skewMs(timers, priority);
}
