import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

const holders = new Set<ChildProcess>();
process.on('exit', () => {
  for (const holder of holders) holder.kill('SIGKILL');
});

/** A network namespace, which lives as long as the process that holds it. */
export async function namespace(): Promise<ChildProcess> {
  const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo made; exec sleep 3600'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  holders.add(holder);
  await new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve);
    holder.once('exit', () => reject(new Error('no network namespace: is this root, and may it make some?')));
  });
  return holder;
}

/** Commands of ip(8) in the namespace of a process. */
export function inNamespace({ pid }: ChildProcess, commands: readonly string[]): void {
  execFileSync('nsenter', ['-t', `${pid}`, '-n', 'ip', '-batch', '-'], {
    input: `${commands.join('\n')}\n`,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

export function closeNamespace(holder: ChildProcess): void {
  holder.kill('SIGKILL');
  holders.delete(holder);
}
