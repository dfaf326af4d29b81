import type { LiveCluster } from '../harness/live-cluster.ts';
import { describeProbed, type Probed } from '../harness/probe.ts';

/** What all addresses of one run have lost together, and the worst of them. */
export interface Observation {
  readonly sent: number;
  readonly lost: number;
  readonly longestGapMs: number;
  readonly twoOwnersMs: number;
}

/**
 * Runs something while a client probes the addresses every 10 ms, and goes on for some seconds: an address that is up
 * may still be taken away by what was started before.
 */
export async function watch(
  cluster: LiveCluster,
  what: string,
  addresses: readonly string[],
  run: () => Promise<unknown>,
  afterwardsMs = 3000,
): Promise<Observation> {
  const probe = await cluster.probe(...addresses);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await run();
  await new Promise((resolve) => setTimeout(resolve, afterwardsMs));
  const seen = await probe.stop();
  for (const probed of seen) say(`${what}: ${describeProbed(probed)}`);
  return observed(seen);
}

function observed(seen: readonly Probed[]): Observation {
  return {
    sent: seen.reduce((sum, { sent }) => sum + sent, 0),
    lost: seen.reduce((sum, { lost }) => sum + lost, 0),
    // A gap in which nothing was lost is the probe's own: it had to wait for the machine.
    longestGapMs: Math.max(...seen.map(({ lost, longestGapMs }) => (lost > 0 ? longestGapMs : 0))),
    twoOwnersMs: Math.max(...seen.map(({ twoOwnersMs }) => twoOwnersMs)),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
