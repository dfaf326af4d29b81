import { initCompanion } from '../init-companion.ts';
import { exitCodes } from './cli-io.ts';
import type { CommandResult } from './command-result.ts';
import type { InitInvocation } from './invocation.ts';
import type { Session } from './session.ts';
import { givenInput } from './translate-files.ts';

/** `kp2pcm init FILES…`: a companion file to begin with. */
export async function runInit({ files, wishes }: InitInvocation, session: Session): Promise<CommandResult> {
  const given = await givenInput({ words: files, wishes }, session);
  if (given.kind === 'wrong') {
    return { exitCode: exitCodes.wrongUse, output: '', diagnostics: given.diagnostics };
  }
  const { text, diagnostics, sources } = initCompanion(given.input);
  return {
    exitCode: text === undefined ? exitCodes.notTranslatable : exitCodes.done,
    output: text ?? '',
    diagnostics,
    sources,
    pathOf: given.pathOf,
  };
}
