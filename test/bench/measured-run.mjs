import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The built program. */
export const program = fileURLToPath(new URL('../../dist/kp2pcm.cjs', import.meta.url));
const peakMemory = fileURLToPath(new URL('./peak-memory.cjs', import.meta.url));

// With NODE_EXTRA_CA_CERTS Node 20 reads all certificates when it starts, which takes longer than the rest (measured:
// 55 ms instead of 20); NODE_OPTIONS may load anything.
const { NODE_EXTRA_CA_CERTS: _certificates, NODE_OPTIONS: _options, ...env } = process.env;

/**
 * Runs Node once and waits for it.
 *
 * @param {readonly string[]} words what follows `node`
 * @returns {number} wall time in milliseconds
 */
export function timedRun(words) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, words, {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}\n${stderr}`);
  return milliseconds;
}

/**
 * The same, and the most memory that the process ever held.
 *
 * @param {readonly string[]} words what follows `node`
 * @returns {{ milliseconds: number, mebibytes: number }}
 */
export function weighedRun(words) {
  const start = process.hrtime.bigint();
  const { status, stderr, output } = spawnSync(process.execPath, ['--require', peakMemory, ...words], {
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
  });
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`node ${words.join(' ')} ended with ${status}\n${stderr}`);
  return { milliseconds, mebibytes: Number(output[3]) / 1024 };
}

/** The middle of several figures, which one slow run does not move. */
export function median(figures) {
  const sorted = [...figures].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
