import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterEvent, ObjectName } from '../../src/keepalived/election/conditions.ts';
import { BfdNeighbour } from './bfd-neighbour.ts';
import { closeNamespace, inNamespace, namespace } from './namespace.ts';

/** A node: a network namespace, held by a process that sleeps, and perhaps a daemon. */
interface NamespaceNode {
  readonly name: string;
  readonly number: number;
  readonly holder: ChildProcess;
  readonly folder: string;
  daemon?: ChildProcess;
}

/**
 * Real keepalived daemons, one in a network namespace for each node, joined by a bridge in one more. Every node has eth0
 * on the bridge with 192.0.2.N, and eth1, which leads to far1 on the same node. A script is good while its file lies in the
 * node's folder. BFD sessions lead to 192.0.2.254.
 */
export class NamespaceCluster {
  private readonly hub: ChildProcess;
  private readonly nodes: readonly NamespaceNode[];
  private readonly neighbour: BfdNeighbour;

  private constructor(hub: ChildProcess, nodes: readonly NamespaceNode[], folder: string) {
    this.hub = hub;
    this.nodes = nodes;
    this.neighbour = new BfdNeighbour(hub, folder);
  }

  /** @param texts the nodes' configurations; `@DIR@` in them becomes the node's folder */
  static async open(folder: string, texts: Readonly<Record<string, string>>): Promise<NamespaceCluster> {
    const hub = await namespace();
    const nodes: NamespaceNode[] = [];
    for (const [name, text] of Object.entries(texts)) {
      const own = join(folder, name);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, 'keepalived.conf'), text.replaceAll('@DIR@', own));
      nodes.push({
        name,
        number: nodes.length + 1,
        holder: await namespace(),
        folder: own,
      });
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
    return new NamespaceCluster(hub, nodes, folder);
  }

  /** All nodes as new: no daemon, no address left over, every check good. */
  reset(checks: readonly ObjectName[]): void {
    this.connect(true);
    if (checks.some(({ kind }) => kind === 'bfd'))
      this.neighbour.start(this.nodes.map(({ number }) => number));
    for (const node of this.nodes) {
      killDaemon(node);
      const address = `address add 192.0.2.${node.number}/24 dev eth0`;
      inNamespace(node.holder, ['address flush dev eth0', address, 'link set far1 up']);
      inNamespace(this.hub, [`link set p${node.number} up`]);
      for (const check of checks) this.setObject(node, check, true);
    }
  }

  happen(event: ClusterEvent): void {
    const node = this.nodes.find(({ name }) => name === event.node);
    if (!node) throw new Error(`no node ${event.node}`);
    if (!('object' in event)) happenToDaemon(node, event.kind);
    else if (event.kind === 'writes') writeFileSync(join(node.folder, event.object.name), `${event.value}\n`);
    else this.setObject(node, event.object, event.kind === 'recovers');
  }

  /** Whether the nodes hear each other. Their links stay up, so that no daemon sees a fault. */
  connect(together: boolean): void {
    const port = (number: number) => `link set p${number} ${together ? 'master br0' : 'nomaster'}`;
    inNamespace(
      this.hub,
      this.nodes.map(({ number }) => port(number)),
    );
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
    this.neighbour.stop();
    for (const node of this.nodes) killDaemon(node);
    for (const holder of [this.hub, ...this.nodes.map((node) => node.holder)]) closeNamespace(holder);
  }

  private setObject(node: NamespaceNode, { kind, name }: ObjectName, good: boolean): void {
    if (kind === 'interface') this.setLink(node, name, good);
    else if (kind === 'bfd') this.neighbour.answer(node.number, good);
    // In a namespace of its own the daemon takes no process for running: the kernel tells the first namespace only.
    else if (kind === 'process') return;
    else if (good) writeFileSync(join(node.folder, name), '0\n');
    else rmSync(join(node.folder, name), { force: true });
  }

  /** A link loses its carrier at the other end of the cable. */
  private setLink({ number, holder }: NamespaceNode, name: string, up: boolean): void {
    const state = up ? 'up' : 'down';
    if (name === 'eth0') inNamespace(this.hub, [`link set p${number} ${state}`]);
    else inNamespace(holder, [`link set far1 ${state}`]);
  }
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
  const files = ['-p', join(folder, 'pid'), '-r', join(folder, 'vrrp.pid'), '-b', join(folder, 'bfd.pid')];
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
  for (const name of ['pid', 'vrrp.pid', 'bfd.pid']) rmSync(join(node.folder, name), { force: true });
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
