import { execFileSync } from 'node:child_process';

/** Programs that the harness runs on this machine. */
const programs = ['debootstrap', 'flock', 'ip', 'nsenter', 'openssl', 'python3', 'unshare'];

/** Why no test cluster can run on this machine; undefined if it can. */
export function whyNoCluster(): string | undefined {
  if (process.platform !== 'linux') return `it is made of Linux namespaces, and this is ${process.platform}`;
  if (process.getuid?.() !== 0) return 'only root can make its namespaces';
  const missing = programs.filter((name) => !succeeds('/bin/sh', ['-c', 'command -v "$1"', 'sh', name]));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  const own = ['--mount', '--net', '--pid', '--fork', '--mount-proc'];
  if (!succeeds('unshare', [...own, 'mount', '-t', 'cgroup2', 'cgroup2', '/mnt']))
    return 'namespaces or cgroups of version 2 are not allowed here (a container needs --privileged)';
  return undefined;
}

function succeeds(program: string, words: readonly string[]): boolean {
  try {
    execFileSync(program, words, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
