import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AgentName } from '../../templates/agents/index.ts';

/** What Pacemaker makes of an agent's exit status. */
export const statuses = { running: 0, notInstalled: 5, notConfigured: 6, notRunning: 7 } as const;

/** A folder in which an agent runs as Pacemaker runs it, with an attrd_updater that notes what it is told. */
export class AgentStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'kp2pcm-agent-'));
  private readonly agent: string;
  private readonly usual: Readonly<Record<string, string>>;

  /** @param usual parameters that a call has if it does not say otherwise */
  constructor(agent: AgentName, usual: Readonly<Record<string, string>>) {
    this.agent = agentFile(agent);
    this.usual = usual;
    mkdirSync(join(this.folder, 'bin'));
    this.program('bin/attrd_updater', `#!/bin/sh\necho "$*" >>${this.folder}/attributes\n`);
  }

  program(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    chmodSync(path, 0o755);
    return path;
  }

  call(action: string, parameters: Readonly<Record<string, string>> = {}, shell = '/bin/sh') {
    const reskey = Object.entries({ ...this.usual, ...parameters }).map(([key, value]) => [
      `OCF_RESKEY_${key}`,
      value,
    ]);
    const result = spawnSync(shell, [this.agent, action], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: `${this.folder}/bin:${process.env['PATH']}`,
        HA_RSCTMP: join(this.folder, 'state'),
        OCF_RESOURCE_INSTANCE: 'agent:0',
        ...Object.fromEntries(reskey),
      },
    });
    return { status: result.status, log: result.stderr };
  }

  monitor(parameters: Readonly<Record<string, string>> = {}, shell?: string) {
    return this.call('monitor', { CRM_meta_interval: '1000', ...parameters }, shell);
  }

  /** The values that attrd_updater has been told so far; `gone` where it deleted the attribute. */
  attributes(): string[] {
    const path = join(this.folder, 'attributes');
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    return lines.map((line) => {
      const [, set, value] = /^-n kp_test (-U (\S+)|-D) -d 0$/.exec(line) ?? [];
      if (set === undefined) throw new Error(`attrd_updater ${line}`);
      return value ?? 'gone';
    });
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function agentFile(name: AgentName): string {
  return fileURLToPath(new URL(`../../templates/agents/${name}`, import.meta.url));
}
