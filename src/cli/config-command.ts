import { emitConfig } from '../emit/config-document.ts';
import { exitCodes } from './cli-io.ts';
import type { CommandResult } from './command-result.ts';
import type { ConfigInvocation } from './invocation.ts';
import type { Session } from './session.ts';
import { givenInput } from './translate-files.ts';

/** `kp2pcm --emit config FILES…`: what was understood of each node, as JSON. */
export async function runConfig(
  { files, wishes }: ConfigInvocation,
  session: Session,
): Promise<CommandResult> {
  const given = await givenInput({ words: files, wishes }, session);
  if (given.kind === 'wrong') {
    return { exitCode: exitCodes.wrongUse, output: '', diagnostics: given.diagnostics };
  }
  const { document, diagnostics, sources } = session.core.describeNodes(given.input);
  return {
    exitCode: document ? exitCodes.done : exitCodes.notTranslatable,
    output: document ? emitConfig(document) : '',
    diagnostics,
    sources,
    pathOf: given.pathOf,
  };
}
