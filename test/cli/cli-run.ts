import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { CliIo } from '../../src/cli/cli-io.ts';
import { runCli } from '../../src/cli/run.ts';
import { core } from '../../src/cli/session.ts';

interface CliRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface CliWorld {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly terminal?: boolean;
  /** In the place of the translation itself. */
  readonly core?: Partial<typeof core>;
}

/** Runs kp2pcm in this process, as a shell would have started it. */
async function runInProcess(argv: readonly string[], world: CliWorld & { cwd: string }): Promise<CliRun> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY: world.terminal ?? false,
  });
  async function* input() {
    yield Buffer.from(world.stdin ?? '');
  }
  const io: CliIo = {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    stdin: input(),
    cwd: world.cwd,
    env: world.env ?? {},
  };
  const exitCode = await runCli(argv, io, { ...core, ...world.core });
  return { exitCode, ...written };
}

export interface Workplace {
  /** Absolute path of a name in the folder. */
  path(...names: string[]): string;
  /** Writes files, with their folders. */
  write(files: Readonly<Record<string, string>>): void;
  /** Runs kp2pcm in the folder. */
  kp2pcm(argv: readonly string[], world?: CliWorld): Promise<CliRun>;
}

/** A folder of its own for each test of a file. */
export function useWorkplace(): Workplace {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kp2pcm-cli-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const path = (...names: string[]) => join(root, ...names);
  return {
    path,
    write(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(path(name)), { recursive: true });
        writeFileSync(path(name), text);
      }
    },
    kp2pcm: (argv, world = {}) => runInProcess(argv, { cwd: root, ...world }),
  };
}

/** A small configuration of one node. */
export function configuration(priority: number, more = ''): string {
  return `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass s3cr3t77
    }
    virtual_ipaddress {
        192.0.2.50/24
    }
${more}}
`;
}
