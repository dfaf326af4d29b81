import { writeFileSync } from 'node:fs';
import type { Command, Plan } from '../../pacemaker/plan.ts';
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
  const configure = commands.filter(({ step }) => step === 'configure');
  const shipped = resources.flatMap((resource) =>
    resource.kind === 'primitive' && resource.agent.startsWith('ocf:kp2pcm:') ? [resource.id] : [],
  );
  for (const [index, command] of configure.entries()) {
    progress(index, configure.length);
    await runOnFile(file, command, run, shipped);
  }
  await run('crm_verify', ['--xml-file', file]);
}

async function runOnFile(
  file: string,
  { argv: [program = '', ...words] }: Command,
  run: RunProgram,
  shipped: readonly string[],
): Promise<void> {
  const [, verb = '', id = ''] = words;
  const isShipped = (verb === 'create' || verb === 'clone') && shipped.includes(id);
  // Pacemaker 3.0.2 gave the property another name, and no version knows both. Old versions of pcs take no --force with
  // clone, newer ones need it where they do not find the agent.
  const renamed = words.map((word) => word.replace(/^stonith-enabled=/, 'fencing-enabled='));
  const second = isShipped ? [...words, '--force'] : renamed;
  try {
    await run(program, ['-f', file, ...words]);
  } catch (error) {
    if (!(error instanceof ProgramFailed) || error.isMissing || second.join() === words.join()) throw error;
    await run(program, ['-f', file, ...second]);
  }
}
