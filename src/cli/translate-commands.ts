import { resolve } from 'node:path';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { useFindings } from '../diagnostics/use-findings.ts';
import { countFates, fatesInWords } from '../emit/report-fates.ts';
import type { Plan } from '../pacemaker/plan.ts';
import { exitCodes } from './cli-io.ts';
import { type CommandResult, wrongUse } from './command-result.ts';
import { compare, comparisonResult } from './diff-command.ts';
import type {
  BundleInvocation,
  CheckInvocation,
  Invocation,
  StaleInvocation,
  TranslateInvocation,
} from './invocation.ts';
import { readBundle } from './read-bundle.ts';
import type { Session } from './session.ts';
import { refusalOf, translateFiles } from './translate-files.ts';
import { writeBundle } from './write-bundle.ts';

type FromFiles = Extract<Invocation, { readonly strict: boolean }>;

/** Translates, and hands the plan on; `finish` says what is done with it. */
async function withPlan(
  { files, wishes, strict }: FromFiles,
  session: Session,
  finish: (plan: Plan) => Pick<CommandResult, 'exitCode' | 'output' | 'diagnostics'>,
): Promise<CommandResult> {
  const translated = await translateFiles({ words: files, wishes }, session);
  if (translated.kind === 'wrong' || !translated.translation.plan) {
    return refusalOf(translated) ?? { exitCode: exitCodes.bug, output: '', diagnostics: [] };
  }
  const { translation, pathOf } = translated;
  const { plan, diagnostics, sources } = { ...translation, plan: translated.translation.plan };
  const finished = finish(plan);
  const notStrict = strict && finished.exitCode === exitCodes.done ? strictness(plan) : [];
  return {
    exitCode: notStrict.length > 0 ? exitCodes.different : finished.exitCode,
    output: finished.output,
    diagnostics: [...diagnostics, ...finished.diagnostics, ...notStrict],
    sources,
    pathOf,
  };
}

/** `--strict`: what keeps the translation from being exact, in one message. */
function strictness(plan: Plan): Diagnostic[] {
  const counts = countFates(plan);
  const [approximate, manual] = [counts.get('approximate') ?? 0, counts.get('manual') ?? 0];
  if (approximate + manual === 0) return [];
  const summary = `not exact: ${approximate} approximate, ${manual} to be done by hand`;
  return [report(useFindings.notStrict, { summary, help: '--emit report lists them' })];
}

/** `kp2pcm FILES…`: one artefact on stdout. */
export function runTranslate(invocation: TranslateInvocation, session: Session): Promise<CommandResult> {
  return withPlan(invocation, session, (plan) => {
    const [artefact] = session.core.emitArtefacts(plan, [invocation.emit]);
    return { exitCode: exitCodes.done, output: artefact?.text ?? '', diagnostics: [] };
  });
}

/** `kp2pcm -o DIR FILES…`: all artefacts, or none. */
export function runBundle(invocation: BundleInvocation, session: Session): Promise<CommandResult> {
  const { folder } = invocation;
  return withPlan(invocation, session, (plan) => {
    const problem = writeBundle(resolve(session.io.cwd, folder), session.core.emitArtefacts(plan));
    if (!problem) return { exitCode: exitCodes.done, output: '', diagnostics: [] };
    if (problem.kind === 'failed') {
      return wrongUse(useFindings.notWritten, {
        summary: `'${folder}' cannot be written: ${problem.reason}`,
      });
    }
    return wrongUse(useFindings.foreignFile, {
      summary: `'${problem.name}' in '${folder}' was not written by kp2pcm`,
      detail: 'The folder holds no bundle (a plan.json with its scripts), so nothing was written.',
      help: 'choose another folder, or move the file away',
    });
  });
}

/** `kp2pcm --check -o DIR FILES…`: is the bundle what would be written? */
export function runStale(
  invocation: StaleInvocation,
  session: Session,
  colour: boolean,
): Promise<CommandResult> {
  const { folder } = invocation;
  return withPlan(invocation, session, (plan) => {
    try {
      const committed = readBundle(resolve(session.io.cwd, folder));
      const comparison = compare(committed, { plan, artefacts: session.core.emitArtefacts(plan) });
      const result = comparisonResult(comparison, 'text', colour);
      return result.exitCode === exitCodes.done ? { ...result, output: '' } : result;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      return wrongUse(useFindings.notComparable, {
        summary: `the bundle '${folder}' cannot be read`,
        detail,
      });
    }
  });
}

/** `kp2pcm check FILES…`: the diagnostics, and how many directives came to which end. */
export function runCheck(invocation: CheckInvocation, session: Session): Promise<CommandResult> {
  return withPlan(invocation, session, (plan) => ({
    exitCode: exitCodes.done,
    output: `${fatesInWords(plan)}\n`,
    diagnostics: [],
  }));
}
