import { daemonReading } from './daemon-reading.ts';
import { hasReachedInterfaces, hasSaidSessions, isWhole } from './dump.ts';
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

/** A dump of hundreds of interfaces takes its time on a busy host. */
const dumpMs = 10_000;

/** Asks the daemon what it makes of a file: first its own test of the whole file, then a run of its VRRP part. */
export async function askDaemon(question: Question): Promise<{ verdict: Verdict; reading?: Reading }> {
  const { file, configId, named, stage } = question;
  const words = ['--config-id', configId];
  const interfaces = [...named.interfaces];
  // Each round adds what the daemon missed; a name that cannot be made is missed for ever.
  for (let round = 0; round < 3; round++) {
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
    if (isRefusal(test)) return { verdict: 'refused' };
    break;
  }
  const only = ['--vrrp', '--no_bfd', '--dont-fork'];
  const log = ['--log-console', '--log-detail', '--dump-conf'];
  const run = await stage.run(file, [...only, ...log, ...words], hasSaidEnough, dumpMs);
  // Interfaces are the last of a dump; with very many the time is over before they are all there.
  if (!hasSaidEnough(run.output) && !hasReachedInterfaces(run.output))
    return { verdict: run.timedOut ? 'never ends' : 'refused' };
  const sessions = named.hasBfd ? await askForSessions(question) : '';
  return { verdict: 'accepted', reading: daemonReading(run.output, sessions, named.users) };
}

/** The BFD process is another one, whose dump would run into that of the VRRP process. */
async function askForSessions({ file, configId, stage }: Question): Promise<string> {
  const options = ['--check', '--dont-fork', '--log-console', '--log-detail', '--dump-conf'];
  let output = '';
  // On a busy host the time may be over before the process has begun.
  for (let round = 0; round < 2 && !output.includes('BFD Topology'); round++)
    output = (await stage.run(file, [...options, '--config-id', configId], hasSaidSessions)).output;
  return output;
}

/** Without anything for VRRP in the file the daemon starts no process for it, and there is no dump to wait for. */
function hasSaidEnough(output: string): boolean {
  return isWhole(output) || output.includes('keepalived has no configuration to run');
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
