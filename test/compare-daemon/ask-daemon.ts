import { isAtLeast } from '../../grammar/source/release.ts';
import { daemonReading } from './daemon-reading.ts';
import { endOfDump } from './dumps.ts';
import { missingInterfaces, type NamedThings } from './named-things.ts';
import type { Reading } from './reading.ts';
import type { DaemonRun, Stage } from './stage.ts';

/** `accepted`: it runs. `refused`: it exits. The others are faults of the daemon itself. */
export type Verdict = 'accepted' | 'refused' | 'crashes' | 'never ends';

export interface Question {
  readonly file: string;
  readonly configId: string;
  readonly named: NamedThings;
  /** The file must have its place there. */
  readonly stage: Stage;
}

/** Asks the daemon what it makes of a file: first its own test of the whole file, then a run of its VRRP part. */
export async function askDaemon(question: Question): Promise<{ verdict: Verdict; reading?: Reading }> {
  const { file, configId, named, stage } = question;
  const { release } = stage.judge;
  const words = isAtLeast(release, '1.3.0') ? ['--config-id', configId] : [];
  const interfaces = [...named.interfaces];
  // Each round adds what the daemon missed; a name that cannot be made is missed for ever.
  const canTest = isAtLeast(release, '2.0.4');
  for (let round = 0; canTest && round < 3; round++) {
    const test = await stage.run(file, ['--config-test', ...words]);
    // 2.2.7 has a test that hangs where the daemon itself does not.
    if (test.timedOut) break;
    if (hasCrashed(test)) return { verdict: 'crashes' };
    const missing = missingInterfaces(test.output).filter((name) => !interfaces.includes(name));
    if (missing.length > 0) {
      interfaces.push(...missing);
      stage.setInterfaces(interfaces);
      continue;
    }
    // Before 2.2 a word that the parent process does not know has the status of a refusal.
    if (isAtLeast(release, '2.2.0') && isRefusal(test)) return { verdict: 'refused' };
    break;
  }
  const only = ['--vrrp', '--dont-fork', ...(isAtLeast(release, '2.0.0') ? ['--no_bfd'] : [])];
  const log = ['--log-console', '--log-detail', '--dump-conf'];
  const run = await stage.run(file, [...only, ...log, ...words], hasSaidEnough);
  // Up to 2.0 the parent runs on when its VRRP process has refused to.
  const waits = !isAtLeast(release, '2.1.0');
  if (!hasSaidEnough(run.output)) return { verdict: run.timedOut && !waits ? 'never ends' : 'refused' };
  return { verdict: 'accepted', reading: daemonReading(run.output, named.users, release) };
}

/** Without anything for VRRP in the file the daemon starts no process for it, and there is no dump to wait for. */
function hasSaidEnough(output: string): boolean {
  return endOfDump.test(output) || output.includes('keepalived has no configuration to run');
}

function hasCrashed({ status, signal }: DaemonRun): boolean {
  return signal === 'SIGSEGV' || status === 128 + 11;
}

/** Statuses of the configuration test: 0 clean, 5 and 6 complaints with which the daemon runs. */
function isRefusal({ status }: DaemonRun): boolean {
  if (status === undefined || status === stageFailed) throw new Error('the stage could not be set');
  return ![0, 5, 6].includes(status);
}

/** stage.sh ends with it. */
const stageFailed = 99;
