import { execFileSync } from 'node:child_process';

const known = new Map<string, boolean>();

/**
 * Whether a program that a test needs is installed: `describe.skipIf(!requireTool('pcs'))`.
 * Where nobody would see a skipped test, in CI, a missing tool is a failure; elsewhere it is said aloud.
 */
export function requireTool(name: string): boolean {
  const before = known.get(name);
  if (before !== undefined) return before;
  let found = true;
  try {
    execFileSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', name], { stdio: 'pipe' });
  } catch {
    found = false;
  }
  known.set(name, found);
  if (!found && process.env['CI'])
    throw new Error(`${name} is not installed, and CI must not skip its tests`);
  if (!found)
    process.stderr.write(`\n*** ${name} is not installed: the tests that need it are SKIPPED ***\n\n`);
  return found;
}

/** The same for tests that only root can run. */
export function requireRoot(why: string): boolean {
  if (process.getuid?.() === 0) return true;
  if (process.env['CI']) throw new Error(`CI must run as root: ${why}`);
  process.stderr.write(`\n*** not root (${why}): tests are SKIPPED ***\n\n`);
  return false;
}
