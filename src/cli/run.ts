import { useFindings } from '../diagnostics/use-findings.ts';
import { visibleText } from '../diagnostics/visible-text.ts';
import { type CliIo, exitCodes } from './cli-io.ts';
import { type CommandResult, wrongUse } from './command-result.ts';
import { runConfig } from './config-command.ts';
import { runDiff } from './diff-command.ts';
import { runExplain } from './explain-command.ts';
import { runInit } from './init-command.ts';
import type { Invocation } from './invocation.ts';
import { parseArguments } from './parse-arguments.ts';
import { type Core, core, openSession, type Session } from './session.ts';
import { runBundle, runCheck, runStale, runTranslate } from './translate-commands.ts';
import { runVerify } from './verify/verify-command.ts';
import { showResult, wantsColour } from './view.ts';

/**
 * Runs one command line.
 *
 * @param argv the arguments without the program's name
 * @param io the outside world
 * @param pure the translation itself; tests of the command line's own bearing replace it
 * @returns the exit code; nothing is thrown
 */
export async function runCli(argv: readonly string[], io: CliIo, pure: Core = core): Promise<number> {
  try {
    const parsed = parseArguments(argv);
    if (parsed.kind === 'show') {
      io.stdout.write(parsed.text);
      return exitCodes.done;
    }
    const result = parsed.kind === 'run' ? await run(parsed, openSession(io, pure)) : misuse(parsed.problem);
    showResult(result, parsed.presentation, io);
    return result.exitCode;
  } catch (error) {
    io.stderr.write(bugReport(error, io.env['KP2PCM_DEBUG'] !== undefined));
    return exitCodes.bug;
  }
}

function misuse(problem: string): CommandResult {
  return wrongUse(useFindings.wrongUse, { summary: problem, help: 'kp2pcm --help shows how it is used' });
}

type Run = Extract<ReturnType<typeof parseArguments>, { kind: 'run' }>;

function run({ invocation, presentation }: Run, session: Session): Promise<CommandResult> | CommandResult {
  const colour = wantsColour(session.io.stdout, session.io, presentation.color);
  return dispatch(invocation, session, colour);
}

function dispatch(
  invocation: Invocation,
  session: Session,
  colour: boolean,
): Promise<CommandResult> | CommandResult {
  switch (invocation.command) {
    case 'translate':
      return runTranslate(invocation, session);
    case 'config':
      return runConfig(invocation, session);
    case 'bundle':
      return runBundle(invocation, session);
    case 'stale':
      return runStale(invocation, session, colour);
    case 'init':
      return runInit(invocation, session);
    case 'check':
      return runCheck(invocation, session);
    case 'diff':
      return runDiff(invocation, session, colour);
    case 'verify':
      return runVerify(invocation, session);
    case 'explain':
      return runExplain(invocation);
  }
}

/** No stage throws for bad input, so an exception is a mistake of kp2pcm's own. */
function bugReport(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = debug && error instanceof Error ? `${error.stack ?? ''}\n` : '';
  return visibleText(
    `this is a bug in kp2pcm (please report it with a configuration that shows it): ${message}\n${stack}`,
  );
}
