import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { outputOf } from './run-command.ts';

/** A test cluster lives in the namespaces of one process, its keeper; when that ends, all of it ends. */
export interface Keeper {
  readonly name: string;
  readonly nodes: readonly string[];
  /** The keeper, as this machine numbers it, and when it started, so that another process is not taken for it. */
  readonly pid: number;
  readonly started: string;
  /** Whose cluster it is: one of a process that has ended is left over. 0: somebody's who works by hand. */
  readonly owner: number;
  readonly ownerStarted: string;
}

const folder = '/run';
const fileOf = (name: string) => join(folder, `kp2pcm-cluster-${name}.json`);
export const harnessFile = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** When a process started, in clock ticks since boot; empty if there is none. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything; the start is the twentieth word after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const isAlive = ({ pid, started }: Keeper) => started !== '' && startOf(pid) === started;

/** The keeper of this name, if it runs. */
export function findKeeper(name: string): Keeper | undefined {
  if (!existsSync(fileOf(name))) return undefined;
  const keeper = JSON.parse(readFileSync(fileOf(name), 'utf8')) as Keeper;
  return isAlive(keeper) ? keeper : undefined;
}

/**
 * The folder of the image that the nodes share; makes it the first time. Outside of the checkout, since it serves all
 * checkouts: under $XDG_CACHE_HOME or /var/cache. A changed image.sh makes another one.
 */
async function imageFolder(): Promise<string> {
  const recipe = createHash('sha256')
    .update(readFileSync(harnessFile('image.sh')))
    .digest('hex');
  const cache = join(process.env['XDG_CACHE_HOME'] ?? '/var/cache', 'kp2pcm');
  const image = join(cache, `node-image-${recipe.slice(0, 12)}`);
  mkdirSync(cache, { recursive: true });
  if (!existsSync(image)) await outputOf(['flock', `${image}.lock`, harnessFile('image.sh'), image]);
  return image;
}

/** Starts a keeper. It outlives this process. */
export async function startKeeper(name: string, nodes: readonly string[], owned: boolean): Promise<Keeper> {
  await stopLeftovers(name);
  const image = await imageFolder();
  const own = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
  // Before other work on this machine: what is measured in there are seconds.
  const words = ['-n', '-10', 'unshare', ...own, harnessFile('keeper.sh'), image, name, ...nodes];
  const starter = spawn('nice', words, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await new Promise<void>((resolve, reject) => {
    let said = '';
    starter.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    starter.stdout.on('data', () => resolve());
    starter.on('error', reject);
    starter.on('exit', () => reject(new Error(`The keeper of the test cluster has ended: ${said}`)));
  });
  starter.stdout.destroy();
  starter.stderr.destroy();
  starter.unref();
  const children = readFileSync(`/proc/${starter.pid}/task/${starter.pid}/children`, 'utf8');
  const pid = Number(children.trim().split(' ')[0]);
  const keeper: Keeper = {
    name,
    nodes,
    pid,
    started: startOf(pid),
    owner: owned ? process.pid : 0,
    ownerStarted: owned ? startOf(process.pid) : '',
  };
  writeFileSync(fileOf(name), JSON.stringify(keeper));
  return keeper;
}

/** Ends the keeper and with it all processes, mounts and interfaces of its cluster, then removes the empty cgroups. */
export async function stopKeeper({ name, nodes, pid, started }: Keeper): Promise<void> {
  if (startOf(pid) === started && started !== '') {
    process.kill(pid, 'SIGKILL');
    while (startOf(pid) === started) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await outputOf([
    'unshare',
    '--mount',
    'bash',
    '-c',
    removeGroups,
    'bash',
    ...nodes.map((node) => `${name}-${node}`),
  ]);
  rmSync(fileOf(name), { force: true });
}

const removeGroups = `
mount -t cgroup2 cgroup2 /mnt
for _ in {1..50}; do
  left=no
  for node in "$@"; do
    if [[ ! -d /mnt/kp2pcm-$node ]]; then continue; fi
    find "/mnt/kp2pcm-$node" -depth -type d -exec rmdir {} + 2>/dev/null || left=yes
  done
  if [[ $left == no ]]; then exit 0; fi
  sleep 0.1
done
echo "cgroups of the test cluster are left" >&2
exit 1
`;

/** Ends the cluster of this name, and those whose tests were killed before they could. */
async function stopLeftovers(name: string): Promise<void> {
  for (const file of readdirSync(dirname(fileOf(name)))) {
    if (!/^kp2pcm-cluster-.*\.json$/.test(file)) continue;
    const keeper = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Keeper;
    const orphaned = keeper.owner !== 0 && startOf(keeper.owner) !== keeper.ownerStarted;
    if (keeper.name === name || orphaned) await stopKeeper(keeper);
  }
}
