import type { BoundDirective } from './bound-directive.ts';
import type { Repetition } from './checker-configuration.ts';
import type { CheckDefaults } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { allowed, readBoolean, readLenientWhole, readSecondsMs, readWhole } from './values.ts';

/** Microseconds in an unsigned number of 32 bits. */
const longestConnectMs = 4_294_967.295;
/** Microseconds in an unsigned number of 64 bits: no limit that a file would reach. */
const longestMs = 1e16;
const microsecondMs = 0.001;

const readPeriod = (bound: BoundDirective) => readSecondsMs(bound, microsecondMs, longestMs);
const readDelay = (bound: BoundDirective) => readSecondsMs(bound, 0, longestMs);

export function readConnectTimeout(block: BoundDirective, inheritedMs: number, log: ReadingLog): number {
  return log.last(block, 'connect_timeout', inheritedMs, (bound) =>
    readSecondsMs(bound, microsecondMs, longestConnectMs),
  ).value;
}

/** What a virtual server or a real server hands down; what the block does not say is `inherited`. */
export function readCheckDefaults(
  block: BoundDirective,
  inherited: CheckDefaults,
  log: ReadingLog,
): CheckDefaults {
  const read = <T>(keyword: string, fallback: T, reader: Parameters<typeof log.last<T>>[3]) =>
    log.last<T>(block, keyword, fallback, reader).value;
  const retry = read('retry', inherited.retry, (bound) => readWhole(bound, ...allowed(bound)));
  const delayBeforeRetryMs = read('delay_before_retry', inherited.delayBeforeRetryMs, readDelay);
  const warmupMs = read('warmup', inherited.warmupMs, readDelay);
  const isRealServer = block.directive.words[0].value === 'real_server';
  return {
    delayLoopMs: read('delay_loop', inherited.delayLoopMs, readPeriod),
    connectTimeoutMs: readConnectTimeout(block, inherited.connectTimeoutMs, log),
    ...(retry !== undefined && { retry }),
    ...(delayBeforeRetryMs !== undefined && { delayBeforeRetryMs }),
    ...(warmupMs !== undefined && { warmupMs }),
    // In a virtual server it is a flag.
    alpha: isRealServer
      ? read('alpha', inherited.alpha, readBoolean)
      : log.flag(block, 'alpha') !== undefined || inherited.alpha,
  };
}

/** The daemon's own defaults of a kind of checker. */
export interface RetryDefaults {
  readonly retry: number;
  /** Absent: as long as the delay loop. */
  readonly delayBeforeRetryMs?: number;
}

export const usualRetry: RetryDefaults = { retry: 1, delayBeforeRetryMs: 1000 };

/** How often a checker checks: its own lines, else its server's, else the defaults of its kind. */
export function readRepetition(
  block: BoundDirective,
  server: CheckDefaults,
  kind: RetryDefaults,
  log: ReadingLog,
): Repetition & { readonly alpha: boolean } {
  const delayLoopMs = log.last(block, 'delay_loop', server.delayLoopMs, readPeriod).value;
  const retry = server.retry ?? kind.retry;
  const delayBeforeRetryMs = server.delayBeforeRetryMs ?? kind.delayBeforeRetryMs ?? delayLoopMs;
  return {
    delayLoopMs,
    warmupMs: log.last(block, 'warmup', server.warmupMs ?? delayLoopMs, readDelay).value,
    retry: log.last(block, ['retry', 'nb_get_retry'], retry, (bound) =>
      readLenientWhole(bound, ...allowed(bound)),
    ).value,
    delayBeforeRetryMs: log.last(block, 'delay_before_retry', delayBeforeRetryMs, readDelay).value,
    alpha: log.last(block, 'alpha', server.alpha, readBoolean).value,
    logAllFailures: log.last(block, 'log_all_failures', false, readBoolean).value,
  };
}
