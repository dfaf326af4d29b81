import { whyNoCluster } from './requirements.ts';

/**
 * Whether test clusters can run here: `describe.skipIf(!requireCluster())`. In CI it is a failure if they cannot; elsewhere
 * it is said aloud.
 */
export function requireCluster(): boolean {
  const why = whyNoCluster();
  if (why === undefined) return true;
  if (process.env['CI']) throw new Error(`CI must run the tests on real machines: ${why}`);
  process.stderr.write(`\n*** no test cluster, since ${why}: its tests are SKIPPED ***\n\n`);
  return false;
}
