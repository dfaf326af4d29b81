import { spawnSync } from 'node:child_process';
import { isAtLeast, type Release, releaseNamed } from '../../grammar/source/release.ts';
import { requireRoot, requireTool } from '../tools.ts';

/** A daemon to compare with. */
export interface Judge {
  /** The folder that it was unpacked into, with its libraries; absent: the machine's own. */
  readonly root?: string;
  /** The release that it says it is, as which the project then reads. */
  readonly release: Release;
}

/** The machine's own daemon, if it can be asked and is one whose reading the project takes for its own. */
export function ownJudge(): Judge | undefined {
  const judge = findJudge();
  if (!judge || isOwnRelease(judge)) return judge;
  process.stderr.write(
    `\n*** keepalived ${judge.release} is not a 2.2, whose reading is the one to compare with: SKIPPED ***\n\n`,
  );
  return undefined;
}

function isOwnRelease({ release }: Judge): boolean {
  return isAtLeast(release, '2.2.0') && !isAtLeast(release, '2.3.0');
}

/** The daemon that can be asked here: it is there, and we may make namespaces. */
export function findJudge(root?: string): Judge | undefined {
  const tools = [
    'unshare',
    'timeout',
    'ip',
    'chroot',
    'mknod',
    'ldd',
    'gcc',
    ...(root === undefined ? ['keepalived'] : []),
  ];
  if (!tools.map(requireTool).every(Boolean)) return undefined;
  if (!requireRoot('the daemon runs in namespaces of its own')) return undefined;
  const [command, ...words] = root === undefined ? ['keepalived'] : ['chroot', root, '/usr/sbin/keepalived'];
  const { stdout, stderr } = spawnSync(command ?? '', [...words, '--version'], { encoding: 'utf8' });
  const release = releaseNamed(/Keepalived v(\d+\.\d+\.\d+)/.exec(stdout + stderr)?.[1] ?? '');
  if (!release) return undefined;
  return { release, ...(root !== undefined && { root }) };
}
