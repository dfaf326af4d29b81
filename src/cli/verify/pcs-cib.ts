import { writeFileSync } from 'node:fs';
import type { Plan } from '../../pacemaker/plan.ts';
import { ProgramFailed, type RunProgram } from './run-program.ts';

/**
 * Builds the configuration that a plan's commands make, by running them with pcs on a file, and lets crm_verify look at
 * it. Agents that the project ships need not be installed here: pcs takes them with --force, and does not know them then.
 *
 * @param file where it shall lie
 * @param progress told before each command
 */
export async function buildCib(
  { commands, resources }: Plan,
  file: string,
  run: RunProgram,
  progress: (done: number, all: number) => void = () => {},
): Promise<void> {
  writeFileSync(file, await run('cibadmin', ['--empty']));
  const configure = commands.filter(({ step }) => step === 'configure').map(({ argv }) => argv);
  const isShipped = (id: string | undefined) =>
    resources.some((one) => one.id === id && one.kind === 'primitive' && one.agent.startsWith('ocf:kp2pcm:'));
  for (const [index, argv] of configure.entries()) {
    progress(index, configure.length);
    const [program, , verb, id] = argv;
    // A parameter for one node is none of pcs's commands.
    if (program === 'cibadmin') {
      await run('env', [`CIB_file=${file}`, ...argv]);
      continue;
    }
    const onFile = (words: readonly string[]) => run('pcs', ['-f', file, ...words]);
    await firstAccepted(waysOf(argv.slice(1), verb !== undefined && isShipped(id) ? configure : []), onFile);
  }
  await run('crm_verify', ['--xml-file', file]);
}

/**
 * A command, and what else comes to the same where a version of pcs refuses it: the other name that Pacemaker 3.0.2 gave
 * to a property; and for an agent that is not installed here --force, which clone does not take in 0.10 and does not heed
 * in 0.11: there the resource is made anew, cloned at once.
 *
 * @param all the commands, if this one is about an agent that the project ships
 */
function waysOf(words: readonly string[], all: readonly (readonly string[])[]): (readonly string[])[][] {
  const [, verb, id = ''] = words;
  if (all.length === 0)
    return [[words], [words.map((w) => w.replace(/^stonith-enabled=/, 'fencing-enabled='))]];
  const forced = [[words], [[...words, '--force']]];
  const create = all.find((argv) => argv[2] === 'create' && argv[3] === id)?.slice(1);
  if (verb !== 'clone' || !create) return forced;
  const cloned = [...create, 'clone', ...words.slice(3), '--force'];
  return [...forced, [['resource', 'delete', id, '--force'], cloned]];
}

/** Runs the commands of the first way that is not refused; the first refusal is told if all are. */
async function firstAccepted(
  ways: readonly (readonly (readonly string[])[])[],
  run: (words: readonly string[]) => Promise<string>,
): Promise<void> {
  let refusal: ProgramFailed | undefined;
  for (const commands of ways) {
    try {
      for (const words of commands) await run(words);
      return;
    } catch (error) {
      if (!(error instanceof ProgramFailed) || error.isMissing) throw error;
      refusal ??= error;
    }
  }
  if (refusal) throw refusal;
}
