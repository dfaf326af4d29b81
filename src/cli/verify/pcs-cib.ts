import { writeFileSync } from 'node:fs';
import type { Plan } from '../../pacemaker/plan.ts';
import { ProgramFailed, type RunProgram } from './run-program.ts';

/**
 * Builds the configuration that a plan's commands make, by running them with pcs on a file, and lets crm_verify look at
 * it. Agents that are not installed here are taken with --force: the nodes have them, and the scheduler runs none.
 *
 * @param file where it shall lie
 * @param progress told before each command
 * @returns the agents that pcs knew nothing of, without those that the project ships
 */
export async function buildCib(
  { commands, resources }: Plan,
  file: string,
  run: RunProgram,
  progress: (done: number, all: number) => void = () => {},
): Promise<readonly string[]> {
  writeFileSync(file, await run('cibadmin', ['--empty']));
  const configure = commands.filter(({ step }) => step === 'configure').map(({ argv }) => argv);
  const missing = new Set<string>();
  for (const [index, argv] of configure.entries()) {
    progress(index, configure.length);
    const [program, , verb, id] = argv;
    // A parameter for one node is none of pcs's commands.
    if (program === 'cibadmin') {
      await run('env', [`CIB_file=${file}`, ...argv]);
      continue;
    }
    const onFile = (words: readonly string[]) => run('pcs', ['-f', file, ...words]);
    const words = argv.slice(1);
    const agent = resources.find((one) => one.id === id);
    const isShipped = agent?.kind === 'primitive' && agent.agent.startsWith('ocf:kp2pcm:');
    if (verb === 'create' && id !== undefined && !isShipped) {
      if (await createdByForce(words, onFile)) missing.add(id);
      continue;
    }
    const isUnknown = isShipped || (id !== undefined && missing.has(id));
    await firstAccepted(waysOf(words, verb !== undefined && isUnknown ? configure : []), onFile);
  }
  await run('crm_verify', ['--xml-file', file]);
  return resources.flatMap((one) => (one.kind === 'primitive' && missing.has(one.id) ? [one.agent] : []));
}

/** Creates a resource, with --force only where pcs gives no other reason than that the agent is not here. */
async function createdByForce(
  words: readonly string[],
  run: (words: readonly string[]) => Promise<string>,
): Promise<boolean> {
  try {
    await run(words);
    return false;
  } catch (error) {
    if (!(error instanceof ProgramFailed) || !isAgentMissing(error.message)) throw error;
    await run([...words, '--force']);
    return true;
  }
}

/** Where pcs names another error beside it, the command is to blame. */
function isAgentMissing(message: string): boolean {
  const errors = (message.match(/\bError: .*/g) ?? []).filter(
    (line) => !line.includes('Errors have occurred'),
  );
  return errors.length > 0 && errors.every((line) => line.includes('is not installed or does not provide'));
}

/**
 * A command, and what else comes to the same where a version of pcs refuses it: the other name that Pacemaker 3.0.2 gave
 * to a property; and for an agent that is not installed here --force, which clone does not take in 0.10 and does not heed
 * in 0.11: there the resource is made anew, cloned at once.
 *
 * @param all the commands, if this one is about an agent that pcs does not know here
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
