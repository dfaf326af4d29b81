import { findKeeper, harnessFile, type Keeper, startKeeper, stopKeeper } from './keeper-process.ts';
import { Probe } from './probe.ts';
import { type Ended, outputOf, runCommand } from './run-command.ts';

/**
 * Two or three machines on one segment with a client and a monitor: systemd is PID 1 of each, and keepalived, corosync,
 * pacemaker, pcs and sshd are Debian's. Node N has 192.0.2.N and 2001:db8:77::N on eth0. A node's disk outlives its power cuts and ends with the cluster.
 */
export class LiveCluster {
  readonly nodes: readonly string[];
  readonly #keeper: Keeper;

  private constructor(keeper: Keeper) {
    this.#keeper = keeper;
    this.nodes = keeper.nodes;
  }

  /** Boots a cluster; one of the same name ends before. `owned`: it ends at the latest when the next one starts. */
  static async boot(name: string, nodes: readonly string[], owned = true): Promise<LiveCluster> {
    const cluster = new LiveCluster(await startKeeper(name, nodes, owned));
    try {
      await Promise.all(nodes.map((node) => cluster.powerOn(node)));
    } catch (error) {
      await cluster.down();
      throw error;
    }
    return cluster;
  }

  static find(name: string): LiveCluster | undefined {
    const keeper = findKeeper(name);
    return keeper && new LiveCluster(keeper);
  }

  async down(): Promise<void> {
    await stopKeeper(this.#keeper);
  }

  /** The words that run a program of the harness inside the cluster's namespaces. */
  inside(...words: readonly string[]): string[] {
    // Before other work on this machine: what is measured in there are seconds.
    return [
      'nice',
      '-n',
      '-10',
      'nsenter',
      '--target',
      String(this.#keeper.pid),
      '--mount',
      '--net',
      '--pid',
      '--',
      ...words,
    ];
  }

  /** The words that run a command in a node, or in the network of `client` or `monitor`. */
  enter(machine: string, ...words: readonly string[]): string[] {
    return this.inside(harnessFile('inside.sh'), 'enter', machine, ...words);
  }

  /** Runs a shell script in a node, to its end, whatever that is. */
  attempt(node: string, script: string, input = ''): Promise<Ended> {
    return runCommand(this.enter(node, 'bash', '-c', script), input);
  }

  /** Runs a shell script that must succeed in a node: its standard output. */
  run(node: string, script: string, input = ''): Promise<string> {
    return outputOf(this.enter(node, 'bash', '-c', `set -euo pipefail\n${script}`), input);
  }

  /** The same on all nodes at once. */
  async runOnAll(script: string): Promise<void> {
    await Promise.all(this.nodes.map((node) => this.run(node, script)));
  }

  async write(node: string, path: string, content: string, mode = '644'): Promise<void> {
    await this.run(
      node,
      `mkdir -p '${path.replace(/\/[^/]*$/, '')}'; cat >'${path}'; chmod ${mode} '${path}'`,
      content,
    );
  }

  /** Power on, until systemd has started everything that is enabled. */
  async powerOn(node: string): Promise<void> {
    await outputOf(this.inside(harnessFile('inside.sh'), 'boot', node));
    await until(`${node} is up`, 90, async () => {
      const { stdout } = await this.attempt(node, 'systemctl is-system-running');
      return /^(?:running|degraded)$/m.test(stdout);
    });
  }

  /** As if the plug were pulled: the cable goes dead first, nothing says goodbye. */
  async powerOff(node: string): Promise<void> {
    await outputOf(this.inside(harnessFile('inside.sh'), 'power-off', node));
  }

  async cable(node: string, state: 'up' | 'down'): Promise<void> {
    await outputOf(this.inside(harnessFile('inside.sh'), 'cable', node, state));
  }

  /** Probes these addresses from the client every 10 ms until it is stopped. */
  probe(...addresses: readonly string[]): Promise<Probe> {
    return Probe.start(this.inside('python3', harnessFile('probe.py'), ...addresses));
  }

  /** The nodes that have an address on an interface other than lo, in the order of the nodes. */
  async holders(address: string): Promise<string[]> {
    const held = await Promise.all(this.nodes.map((node) => this.#has(node, address)));
    return this.nodes.filter((_, index) => held[index]);
  }

  async #has(node: string, address: string): Promise<boolean> {
    const { stdout } = await this.attempt(node, `ip -o addr show to ${address} | awk '$2 != "lo"'`);
    return stdout.trim() !== '';
  }
}

/** Asks until the answer is yes; fails after so many seconds. */
export async function until(what: string, seconds: number, ask: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > end) throw new Error(`Not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
