import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { daemonReading } from './daemon-reading.ts';
import { daemonServers, endOfCheckerDump } from './daemon-servers.ts';
import { hasReachedInterfaces, hasSaidSessions, isWhole } from './dump.ts';
import { missingInterfaces, type NamedThings } from './named-things.ts';
import { endOfDump } from './old-dumps.ts';
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
  /** Whether to ask for virtual servers too. */
  readonly hasServers: boolean;
}

/**
 * Asks the daemon what it makes of a file: first its own test of the whole file, then a run of its VRRP part, then one of
 * its checkers.
 */
export async function askDaemon(question: Question): Promise<{ verdict: Verdict; reading?: Reading }> {
  const { file, configId, named, stage, hasServers } = question;
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
  const noBfd = isAtLeast(release, '2.0.0') ? ['--no_bfd'] : [];
  const log = ['--dont-fork', '--log-console', '--log-detail', '--dump-conf', ...words];
  const isEnough = (output: string) => hasSaidEnough(output, release);
  const run = await stage.run(file, ['--vrrp', ...noBfd, ...log], isEnough, dumpMs);
  // Up to 2.0 the parent runs on when its VRRP process has refused to.
  const waits = !isAtLeast(release, '2.1.0');
  // Interfaces are the last of a dump; with very many the time is over before they are all there.
  if (!isEnough(run.output) && !hasReachedInterfaces(run.output))
    return { verdict: run.timedOut && !waits ? 'never ends' : 'refused' };
  const sessions = named.hasBfd && isAtLeast(release, '2.2.0') ? await askForSessions(question) : '';
  const reading = new Map(daemonReading(run.output, sessions, named.users, release));
  // The names of other releases' dumps are others.
  if (hasServers && isAtLeast(release, '2.2.0')) {
    const options = ['--check', ...noBfd, ...log];
    const { output, timedOut } = await stage.run(file, options, hasCheckersSaidEnough, dumpMs);
    if (timedOut || output.includes(crash)) return { verdict: 'accepted', reading };
    reading.set(checkerProcess, hasCheckersSaidEnough(output) ? 'runs' : 'ends');
    for (const [key, value] of daemonServers(output, named.users)) reading.set(key, value);
  }
  return { verdict: 'accepted', reading };
}

/** The BFD process is another one, whose dump would run into that of the VRRP process. */
async function askForSessions({ file, configId, stage }: Question): Promise<string> {
  const options = ['--check', '--dont-fork', '--log-console', '--log-detail', '--dump-conf'];
  const words = [...options, '--config-id', configId];
  const { output } = await stage.run(file, words, hasSaidSessions);
  if (hasSaidSessions(output)) return output;
  // A process without a session says nothing after its dump; on a busy host the dump itself takes longer.
  return (await stage.run(file, words, hasSaidSessions, sessionsMs)).output;
}

const sessionsMs = 8_000;

/** Tens of thousands of servers take minutes, which nobody waits for. */
const dumpMs = 15_000;

/** A reading without this key has nothing about servers. */
export const checkerProcess = 'checker process';

/** Of the process of checkers alone: it is started again, and crashes again. */
const crash = 'exited due to segmentation fault';

export function hasCheckersSaidEnough(output: string): boolean {
  return [endOfCheckerDump, 'keepalived has no configuration to run', crash].some((sign) =>
    output.includes(sign),
  );
}

/** Without anything for VRRP in the file the daemon starts no process for it, and there is no dump to wait for. */
function hasSaidEnough(output: string, release: Release): boolean {
  const isEnd = isAtLeast(release, '2.2.0') ? isWhole(output) : endOfDump.test(output);
  return isEnd || output.includes('keepalived has no configuration to run');
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
