import { report } from '../../grammar/source/diagnostic.ts';
import { noColours, terminalColours } from '../diagnostics/colours.ts';
import { useFindings } from '../diagnostics/use-findings.ts';
import { comparePlans } from '../diff/compare-plans.ts';
import { type Comparison, isEqual } from '../diff/comparison.ts';
import { type ComparedArtefact, diffArtefacts } from '../diff/diff-artefacts.ts';
import { renderMarkdown } from '../diff/render-markdown.ts';
import { renderText } from '../diff/render-text.ts';
import type { Plan } from '../pacemaker/plan.ts';
import { exitCodes } from './cli-io.ts';
import { type CommandResult, wrongUse } from './command-result.ts';
import { type DiffSide, diffSide } from './diff-side.ts';
import { type Inputs, resolveInputs } from './inputs.ts';
import type { DiffFormat, DiffInvocation } from './invocation.ts';
import { nodeNameOfFile } from './node-name.ts';
import { readBundle } from './read-bundle.ts';
import type { Session } from './session.ts';
import { refusalOf, type TranslationRequest, translateFiles } from './translate-files.ts';

/** One side, ready to be compared. */
export interface Compared {
  readonly plan: Plan | undefined;
  readonly artefacts: readonly ComparedArtefact[];
}

/** `kp2pcm diff OLD NEW`. */
export async function runDiff(
  invocation: DiffInvocation,
  session: Session,
  colour: boolean,
): Promise<CommandResult> {
  const words = { before: invocation.before, after: invocation.after };
  const sides = { before: diffSide(words.before, session), after: diffSide(words.after, session) };
  const requests = requestsFor(sides, invocation, session);
  const before = await loadSide(words.before, sides.before, requests.before, session);
  if ('exitCode' in before) return before;
  const after = await loadSide(words.after, sides.after, requests.after, session);
  if ('exitCode' in after) return after;
  return comparisonResult(compare(before, after), invocation.format, colour);
}

export function compare(before: Compared, after: Compared): Comparison {
  const artefacts = diffArtefacts(before.artefacts, after.artefacts);
  if (!before.plan || !after.plan) return { artefacts };
  return { changes: comparePlans(before.plan, after.plan), artefacts };
}

export function comparisonResult(comparison: Comparison, format: DiffFormat, colour: boolean): CommandResult {
  const colours = colour ? terminalColours : noColours;
  return {
    exitCode: isEqual(comparison) ? exitCodes.done : exitCodes.different,
    output: format === 'markdown' ? renderMarkdown(comparison) : renderText(comparison, colours),
    diagnostics: [],
  };
}

interface BothSides<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * What to translate on each side. Both shall speak of the same nodes and files, or else every line with a place in the
 * source would differ: `diff old.conf new.conf` compares what is in the files, not what they are called.
 */
function requestsFor(
  sides: BothSides<DiffSide>,
  { wishes }: DiffInvocation,
  { io }: Session,
): BothSides<TranslationRequest> {
  const wordsOf = (side: DiffSide) => (side.kind === 'files' ? side.words : []);
  const words = { before: wordsOf(sides.before), after: wordsOf(sides.after) };
  const [lone] = [words.after, words.before]
    .flatMap((list) => (list.length === 1 ? [nodeNameOfFile(list[0] ?? '')] : []))
    .filter((name) => name !== undefined);
  const requestFor = (list: readonly string[]) => ({
    words: list,
    wishes,
    ...(lone !== undefined && { loneName: lone }),
  });
  const inputsFor = (list: readonly string[]) =>
    resolveInputs({ ...requestFor(list), cwd: io.cwd, nodes: wishes.nodes }).value;
  const aliases = aliasesOf(inputsFor(words.before), inputsFor(words.after));
  return { before: { ...requestFor(words.before), aliases }, after: requestFor(words.after) };
}

/** New names for the old side's files: those of the same nodes' files on the new side, where includes stay reachable. */
function aliasesOf(before: Inputs, after: Inputs): Map<string, string> {
  const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1);
  const aliases = new Map<string, string>();
  for (const { name, path } of before.nodes) {
    const alias = after.nodes.find((node) => node.name === name)?.path;
    if (alias !== undefined && folderOf(alias) === folderOf(path)) aliases.set(path, alias);
  }
  // Two files must not become one.
  return new Set(aliases.values()).size === aliases.size ? aliases : new Map();
}

async function loadSide(
  word: string,
  side: DiffSide,
  request: TranslationRequest,
  session: Session,
): Promise<Compared | CommandResult> {
  if (side.kind === 'unknown') return wrongUse(useFindings.notComparable, { summary: side.reason });
  if (side.kind === 'bundle') return loadBundle(word, side.folder);
  const files = await translateFiles(request, session);
  if (files.kind === 'translated' && files.translation.plan) {
    const { plan } = files.translation;
    return { plan, artefacts: session.core.emitArtefacts(plan, undefined, request.wishes.pcs) };
  }
  // Again under its own name, so that the messages point at the file that has the errors.
  const { aliases: _otherNames, ...plain } = request;
  const refused = refusalOf(await translateFiles(plain, session));
  if (!refused)
    throw new Error(`a configuration is translated under one name and refused under another: ${word}`);
  const summary = `'${word}' cannot be translated, so there is nothing to compare`;
  return {
    ...refused,
    diagnostics: [...refused.diagnostics, report(useFindings.notComparable, { summary })],
  };
}

function loadBundle(word: string, folder: string): Compared | CommandResult {
  try {
    const { artefacts, plan, planProblem } = readBundle(folder);
    if (plan) return { plan, artefacts };
    return wrongUse(useFindings.badPlan, {
      summary: `plan.json in '${word}' cannot be used: ${planProblem ?? 'it is missing'}`,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return wrongUse(useFindings.notComparable, {
      summary: `the bundle '${word}' cannot be read`,
      detail: reason,
    });
  }
}
