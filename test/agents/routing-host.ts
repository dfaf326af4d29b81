import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { closeNamespace, inNamespace, namespace } from '../daemon-election/namespace.ts';

const agents = fileURLToPath(new URL('../../templates/agents/', import.meta.url));

/** A host of its own: eth0 with 192.0.2.1 and 2001:db8::1, eth1 with 203.0.113.1, and nothing that the kernel adds later. */
export class RoutingHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'kp2pcm-routing-'));
  private readonly holder: ChildProcess;
  private daemon?: ChildProcess;

  private constructor(holder: ChildProcess) {
    this.holder = holder;
  }

  static async open(): Promise<RoutingHost> {
    const host = new RoutingHost(await namespace());
    // Without link-local addresses, which would come when they like.
    const links = ['eth0', 'eth1'].flatMap((name, number) => [
      `link add ${name} type veth peer name far${number}`,
      `link set ${name} addrgenmode none`,
      `link set far${number} addrgenmode none`,
      `link set far${number} up`,
      `link set ${name} up`,
    ]);
    host.ip(['link set lo up', ...links, 'address add 192.0.2.1/24 dev eth0']);
    host.ip(['address add 203.0.113.1/24 dev eth1', 'address add 2001:db8::1/64 dev eth0 nodad']);
    return host;
  }

  ip(commands: readonly string[]): void {
    inNamespace(this.holder, commands);
  }

  /** A program in the host's network. */
  run(argv: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const { status, stdout, stderr } = spawnSync('nsenter', ['-t', `${this.holder.pid}`, '-n', ...argv], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HA_RSCTMP: join(this.folder, 'state'), ...environment },
    });
    return { status, output: stdout, log: stderr };
  }

  /** A shipped agent, as Pacemaker calls it. */
  call(
    agent: string,
    action: string,
    instance: string,
    parameters: Readonly<Record<string, string>>,
    variables: Readonly<Record<string, string>> = {},
  ) {
    const reskey = Object.entries(parameters).map(([key, value]) => [`OCF_RESKEY_${key}`, value]);
    const environment = { OCF_RESOURCE_INSTANCE: instance, ...Object.fromEntries(reskey), ...variables };
    return this.run(['/bin/sh', join(agents, agent), action], environment);
  }

  /** What the kernel routes by: every route of every table and every policy rule, but not what addresses bring along. */
  routing(): string[] {
    const shown = ['-4', '-6'].flatMap((family) => [
      this.run(['ip', '-d', family, '-o', 'route', 'show', 'table', 'all']).output,
      this.run(['ip', '-d', family, '-o', 'rule', 'show']).output,
    ]);
    return shown
      .flatMap((text) => text.trimEnd().split('\n'))
      .map((line) => line.replace(/expires \d+sec/, 'expires').trimEnd())
      .filter((line) => !line.includes(' proto kernel '))
      .sort();
  }

  /** A keepalived that has become master, or has said something else. */
  async startDaemon(configuration: string, until = 'Entering MASTER STATE'): Promise<void> {
    const file = (name: string) => join(this.folder, name);
    writeFileSync(file('keepalived.conf'), configuration);
    const log = openSync(file('log'), 'w');
    const words = [
      '-n',
      '-l',
      '-D',
      '-P',
      '-f',
      file('keepalived.conf'),
      '-p',
      file('pid'),
      '-r',
      file('vrrp'),
    ];
    this.daemon = spawn('nsenter', ['-t', `${this.holder.pid}`, '-n', 'keepalived', ...words], {
      stdio: ['ignore', log, log],
    });
    await this.logged(until);
    // The addresses, routes and rules come right after the line.
    await sleep(1000);
  }

  async stopDaemon(): Promise<void> {
    const { daemon } = this;
    delete this.daemon;
    if (!daemon || daemon.exitCode !== null) return;
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await ended;
  }

  /** As the cutover by adoption does: every process asleep, then dead. */
  async killDaemon(): Promise<void> {
    const { daemon } = this;
    delete this.daemon;
    if (!daemon) throw new Error('no daemon runs');
    const children = readFileSync(`/proc/${daemon.pid}/task/${daemon.pid}/children`, 'utf8').trim();
    const processes = [daemon.pid ?? 0, ...children.split(' ').map(Number)];
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    for (const signal of ['SIGSTOP', 'SIGKILL'] as const)
      for (const one of processes) process.kill(one, signal);
    await ended;
  }

  async logged(text: string): Promise<void> {
    const path = join(this.folder, 'log');
    for (let tries = 0; tries < 200; tries++) {
      if (existsSync(path) && readFileSync(path, 'utf8').includes(text)) return;
      await sleep(100);
    }
    throw new Error(`keepalived does not say ${text}:\n${readFileSync(path, 'utf8')}`);
  }

  async close(): Promise<void> {
    await this.stopDaemon();
    closeNamespace(this.holder);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
