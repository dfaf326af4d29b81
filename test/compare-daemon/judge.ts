import { spawnSync } from 'node:child_process';
import { requireRoot, requireTool } from '../tools.ts';

/** The release whose reading the project takes for its own. */
const judgedBy = /\bv2\.2\./;

/** Whether the real daemon can be asked here: it is installed, of the right release, and we may make namespaces. */
export function requireDaemon(): boolean {
  const tools = ['keepalived', 'unshare', 'timeout', 'ip', 'chroot', 'mknod', 'ldd', 'gcc'];
  if (!tools.map(requireTool).every(Boolean)) return false;
  if (!requireRoot('the daemon runs in namespaces of its own')) return false;
  const version = spawnSync('keepalived', ['--version'], { encoding: 'utf8' });
  if (judgedBy.test(version.stderr + version.stdout)) return true;
  process.stderr.write(
    '\n*** this keepalived is not a 2.2, whose reading is the one to compare with: SKIPPED ***\n\n',
  );
  return false;
}
