import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterEvent } from '../../src/keepalived/election/conditions.ts';

/** A node: a network namespace, held by a process that sleeps, and perhaps a daemon. */
interface NamespaceNode {
  readonly name: string;
  readonly number: number;
  readonly holder: ChildProcess;
  readonly folder: string;
  daemon?: ChildProcess;
}

const holders = new Set<ChildProcess>();
process.on('exit', () => {
  for (const holder of holders) holder.kill('SIGKILL');
});

/**
 * Real keepalived daemons, one in a network namespace for each node, joined by a bridge in one more. Every node has eth0
 * on the bridge with 192.0.2.N, and eth1, which leads to far1 on the same node. A script is good while its file lies in the node's folder.
 */
export class NamespaceCluster {
  private readonly hub: ChildProcess;
  private readonly nodes: readonly NamespaceNode[];

  private constructor(hub: ChildProcess, nodes: readonly NamespaceNode[]) {
    this.hub = hub;
    this.nodes = nodes;
  }

  /** @param texts the nodes' configurations; `@DIR@` in them becomes the node's folder */
  static async open(folder: string, texts: Readonly<Record<string, string>>): Promise<NamespaceCluster> {
    const hub = await namespace();
    const nodes: NamespaceNode[] = [];
    for (const [name, text] of Object.entries(texts)) {
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'keepalived.conf'), text.replaceAll('@DIR@', own));
      nodes.push({ name, number: nodes.length + 1, holder: await namespace(), folder: own });
    }
    const ports = nodes.flatMap(({ number, holder }) => [
      `link add p${number} type veth peer name eth0 netns ${holder.pid}`,
      `link set p${number} master br0 up`,
    ]);
    inNamespace(hub, ['link add br0 type bridge mcast_snooping 0', 'link set br0 up', ...ports]);
    for (const { number, holder } of nodes) {
      const second = ['link add eth1 type veth peer name far1', 'link set eth1 up', 'link set far1 up'];
      const address = `address add 192.0.2.${number}/24 dev eth0`;
      inNamespace(holder, ['link set lo up', address, 'link set eth0 up', ...second]);
    }
    return new NamespaceCluster(hub, nodes);
  }

  /** All nodes as new: no daemon, no address left over, every check good. */
  reset(checks: readonly string[]): void {
    for (const node of this.nodes) {
      killDaemon(node);
      const address = `address add 192.0.2.${node.number}/24 dev eth0`;
      inNamespace(node.holder, ['address flush dev eth0', address, 'link set far1 up']);
      inNamespace(this.hub, [`link set p${node.number} up`]);
      for (const check of checks) writeFileSync(join(node.folder, check), '0\n');
    }
  }

  happen(event: ClusterEvent): void {
    const node = this.nodes.find(({ name }) => name === event.node);
    if (!node) throw new Error(`no node ${event.node}`);
    if (!('object' in event)) happenToDaemon(node, event.kind);
    else if (event.object.kind === 'interface')
      this.setLink(node, event.object.name, event.kind === 'recovers');
    else if (event.kind === 'writes') writeFileSync(join(node.folder, event.object.name), `${event.value}\n`);
    else if (event.kind === 'fails') rmSync(join(node.folder, event.object.name), { force: true });
    else writeFileSync(join(node.folder, event.object.name), '0\n');
  }

  /** The nodes that have this address now, as their kernels say. */
  holdersOf(address: string): string[] {
    return this.nodes.filter(({ holder }) => localAddresses(holder).has(address)).map(({ name }) => name);
  }

  /** What the daemons logged, for a failure. */
  logs(): string {
    const lines = (folder: string) =>
      readFileSync(join(folder, 'log'), 'utf8').split('\n').slice(-40).join('\n');
    return this.nodes
      .map(
        ({ name, folder }) =>
          `--- ${name}\n${existsSync(join(folder, 'log')) ? lines(folder) : 'never started'}`,
      )
      .join('\n');
  }

  close(): void {
    for (const node of this.nodes) killDaemon(node);
    for (const holder of [this.hub, ...this.nodes.map((node) => node.holder)]) {
      holder.kill('SIGKILL');
      holders.delete(holder);
    }
  }

  /** A link loses its carrier at the other end of the cable. */
  private setLink({ number, holder }: NamespaceNode, name: string, up: boolean): void {
    const state = up ? 'up' : 'down';
    if (name === 'eth0') inNamespace(this.hub, [`link set p${number} ${state}`]);
    else inNamespace(holder, [`link set far1 ${state}`]);
  }
}

async function namespace(): Promise<ChildProcess> {
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
function inNamespace({ pid }: ChildProcess, commands: readonly string[]): void {
  execFileSync('nsenter', ['-t', `${pid}`, '-n', 'ip', '-batch', '-'], {
    input: `${commands.join('\n')}\n`,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function happenToDaemon(node: NamespaceNode, kind: 'dies' | 'leaves' | 'returns'): void {
  if (kind === 'dies') killDaemon(node);
  else if (kind === 'leaves') node.daemon?.kill('SIGTERM');
  else startDaemon(node);
}

function startDaemon(node: NamespaceNode): void {
  const { folder, holder } = node;
  // One that was asked to stop may not have come to it yet.
  killDaemon(node);
  const log = openSync(join(folder, 'log'), 'a');
  const words = ['-n', '-l', '-D', '-P', '-f', join(folder, 'keepalived.conf')];
  const files = ['-p', join(folder, 'pid'), '-r', join(folder, 'vrrp.pid')];
  node.daemon = spawn('nsenter', ['-t', `${holder.pid}`, '-n', 'keepalived', ...words, ...files], {
    stdio: ['ignore', log, log],
  });
}

/** Parent and children at once: a child whose parent dies first gives its addresses back. */
function killDaemon(node: NamespaceNode): void {
  const { pid } = node.daemon ?? {};
  delete node.daemon;
  if (pid === undefined) return;
  signal(pid, 'SIGSTOP');
  const doomed = [pid, ...childrenOf(pid)];
  for (const one of doomed.toReversed()) signal(one, 'SIGKILL');
  // A daemon that finds another one's identifier does not start.
  for (const name of ['pid', 'vrrp.pid']) rmSync(join(node.folder, name), { force: true });
}

/** One that has ended by itself meanwhile is as good as killed. */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    return text === '' ? [] : text.split(' ').map(Number);
  } catch {
    return [];
  }
}

/** Read from /proc, so that looking costs no process. */
function localAddresses({ pid }: ChildProcess): Set<string> {
  const text = readFileSync(`/proc/${pid}/net/fib_trie`, 'utf8');
  return new Set([...text.matchAll(/\|-- (\S+)\n\s+\/32 host LOCAL/g)].map(([, address]) => address ?? ''));
}
