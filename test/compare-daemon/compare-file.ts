import { basename, dirname } from 'node:path';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import { diskFileTree } from '../../src/cli/disk-file-tree.ts';
import { understand } from '../../src/keepalived/understand.ts';
import { daemonReading, endOfDump } from './daemon-reading.ts';
import { defaultUser, missingInterfaces, type NamedThings, namedThings } from './named-things.ts';
import { projectReading } from './project-reading.ts';
import { compareReadings, type Difference, type Reading } from './reading.ts';
import type { DaemonRun, Stage } from './stage.ts';

/** `accepted`: it runs. `refused`: it exits. The others are faults of the daemon itself. */
type Verdict = 'accepted' | 'refused' | 'crashes' | 'never ends';

export interface FileComparison {
  readonly file: string;
  readonly configId: string;
  /** The daemon's. */
  readonly verdict: Verdict;
  /** Codes of the errors for which the project refuses the file. */
  readonly codes: readonly string[];
  readonly instances: number;
  readonly compared: number;
  readonly differences: readonly Difference[];
  /** The configuration after includes, definitions and conditions. */
  readonly text: string;
}

/** Lets the project and the daemon read a file for one node, and sets the two readings side by side. */
export async function compareFile(file: string, configId: string, stage: Stage): Promise<FileComparison> {
  const path = basename(file);
  const files = diskFileTree({ root: dirname(file), given: new Map([[path, { path: file }]]) });
  const node = readNode({ path, configId, files });
  const ast = parse(node.value.logical);
  const { value, diagnostics } = understand(ast.value, configId, path);
  const errors = [...node.diagnostics, ...ast.diagnostics, ...diagnostics].filter(
    ({ severity }) => severity === 'error',
  );
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  const { text } = node.value.logical;
  const named = namedThings(text, value);
  const included = [...node.value.sources.keys()].filter((name) => name !== path);
  stage.place(file, named, included);
  const daemon = await askDaemon({ file, configId, named, stage });
  const ours = new Map([['verdict', codes.length > 0 ? 'refused' : 'accepted']]);
  const theirs = new Map<string, string>([['verdict', daemon.verdict]]);
  if (daemon.reading) {
    for (const [key, shown] of projectReading(value, defaultUser(named))) ours.set(key, shown);
    for (const [key, shown] of daemon.reading) theirs.set(key, shown);
  }
  const { differences, compared } = compareReadings(ours, theirs);
  return {
    file,
    configId,
    codes,
    verdict: daemon.verdict,
    instances: value.instances.length,
    compared,
    differences,
    text,
  };
}

interface Question {
  readonly file: string;
  readonly configId: string;
  readonly named: NamedThings;
  readonly stage: Stage;
}

async function askDaemon(question: Question): Promise<{ verdict: Verdict; reading?: Reading }> {
  const { file, configId, named, stage } = question;
  const words = ['--config-id', configId];
  const interfaces = [...named.interfaces];
  // Each round adds what the daemon missed; a name that cannot be made is missed for ever.
  for (let round = 0; round < 3; round++) {
    const test = await stage.run(file, ['--config-test', ...words]);
    if (test.timedOut) return { verdict: 'never ends' };
    if (test.signal === 'SIGSEGV' || test.status === 139) return { verdict: 'crashes' };
    const missing = missingInterfaces(test.output).filter((name) => !interfaces.includes(name));
    if (missing.length > 0) {
      interfaces.push(...missing);
      stage.setInterfaces(interfaces);
      continue;
    }
    if (isRefusal(test)) return { verdict: 'refused' };
    break;
  }
  const options = [
    '--vrrp',
    '--no_bfd',
    '--dont-fork',
    '--log-console',
    '--log-detail',
    '--dump-conf',
    ...words,
  ];
  const run = await stage.run(file, options, hasSaidEnough);
  if (!hasSaidEnough(run.output)) return { verdict: run.timedOut ? 'never ends' : 'refused' };
  return { verdict: 'accepted', reading: daemonReading(run.output, named.users) };
}

/** Without anything for VRRP in the file the daemon starts no process for it, and there is no dump to wait for. */
function hasSaidEnough(output: string): boolean {
  return output.includes(endOfDump) || output.includes('keepalived has no configuration to run');
}

/** Statuses of the configuration test: 0 clean, 5 and 6 complaints with which the daemon runs. */
function isRefusal({ status }: DaemonRun): boolean {
  if (status === undefined || status === 99) throw new Error('the stage could not be set');
  return ![0, 5, 6].includes(status);
}
