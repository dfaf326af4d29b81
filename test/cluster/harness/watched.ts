import type { LiveCluster } from './live-cluster.ts';
import { describeProbed, type Probed } from './probe.ts';

/** Runs something while a client probes these addresses every 10 ms; prints and returns what it saw. */
export async function watched(
  cluster: LiveCluster,
  what: string,
  addresses: readonly string[],
  run: () => Promise<unknown>,
): Promise<readonly Probed[]> {
  const probe = await cluster.probe(...addresses);
  // A probe that is left running by a failure ends with the cluster.
  await run();
  const seen = await probe.stop();
  for (const probed of seen) process.stdout.write(`${what}: ${describeProbed(probed)}\n`);
  return seen;
}

/** What must hold of an address that stays where it is: no probe lost, never two owners, always the same node. */
export function summaryOf(probed: Probed) {
  return {
    address: probed.address,
    lost: probed.lost,
    twoOwnersMs: probed.twoOwnersMs,
    holders: Object.keys(probed.answers),
  };
}

export const untouched = (address: string, holder: string) => ({
  address,
  lost: 0,
  twoOwnersMs: 0,
  holders: [holder],
});
