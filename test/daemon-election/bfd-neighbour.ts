import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inNamespace } from './namespace.ts';

/** The other end of the nodes' BFD sessions: a daemon in the namespace of the bridge. */
export class BfdNeighbour {
  private readonly hub: ChildProcess;
  private readonly folder: string;
  private readonly silent = new Set<number>();
  private daemon?: ChildProcess;

  constructor(hub: ChildProcess, folder: string) {
    this.hub = hub;
    this.folder = join(folder, 'neighbour');
  }

  /** @param numbers those of the nodes */
  start(numbers: readonly number[]): void {
    if (this.daemon) return;
    inNamespace(this.hub, ['link set lo up', 'address add 192.0.2.254/24 dev br0']);
    mkdirSync(this.folder, { recursive: true });
    const timers = 'min_rx 100\n  min_tx 100';
    const sessions = numbers.map(
      (number) => `bfd_instance n${number} {\n  neighbor_ip 192.0.2.${number}\n  ${timers}\n}\n`,
    );
    const file = join(this.folder, 'keepalived.conf');
    writeFileSync(file, sessions.join(''));
    const log = openSync(join(this.folder, 'log'), 'a');
    const files = [
      '-p',
      join(this.folder, 'pid'),
      '-b',
      join(this.folder, 'bfd.pid'),
      '-r',
      join(this.folder, 'vrrp.pid'),
    ];
    const words = ['-t', `${this.hub.pid}`, '-n', 'keepalived', '-n', '-l', '-D', '-P', '-f', file, ...files];
    this.daemon = spawn('nsenter', words, { stdio: ['ignore', log, log] });
  }

  /** Without an answer a node's session goes down. */
  answer(number: number, answers: boolean): void {
    if (answers !== this.silent.has(number)) return;
    if (answers) this.silent.delete(number);
    else this.silent.add(number);
    inNamespace(this.hub, [`route ${answers ? 'del' : 'add'} blackhole 192.0.2.${number}/32`]);
  }

  stop(): void {
    this.daemon?.kill('SIGTERM');
  }
}
