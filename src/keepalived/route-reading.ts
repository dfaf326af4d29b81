import type { EntryWords } from './entry-words.ts';
import type { Network } from './network.ts';
import type { ReadingLog } from './reading-log.ts';
import type { Route, RouteMetrics } from './routing-configuration.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A route while it is read. */
export interface RouteReading {
  readonly words: EntryWords;
  readonly log: ReadingLog;
  /** Only a static route may name one. */
  readonly trackGroups?: readonly string[];
  readonly route: Mutable<
    Pick<Route, 'type' | 'placement' | 'table' | 'onLink' | 'nexthops'> &
      Partial<Omit<Route, 'family' | 'destination' | 'tracked' | 'from' | 'metrics'>>
  > & { readonly metrics: Mutable<RouteMetrics> };
  destination?: Network | 'default';
  tracked: boolean;
  hasType?: true;
  namesGroup?: true;
}
