import { posix, relative, resolve, sep } from 'node:path';
import { type Diagnostic, hasErrors, sortDiagnostics } from '../../grammar/source/diagnostic.ts';
import type { TranslateInput, Translation } from '../translation.ts';
import { exitCodes } from './cli-io.ts';
import type { CommandResult } from './command-result.ts';
import { type CompanionReading, readCompanionFile } from './companion-file.ts';
import { diskFileTree, type GivenFile } from './disk-file-tree.ts';
import { resolveInputs } from './inputs.ts';
import type { Wishes } from './invocation.ts';
import type { Session } from './session.ts';

export interface TranslationRequest {
  /** `FILE`, `NAME=FILE`, `-`. */
  readonly words: readonly string[];
  readonly wishes: Wishes;
  /** What the node of an only file is called if nobody says it. */
  readonly loneName?: string;
  /** Other names for the given files, by their path in the tree: for a comparison, where both sides shall look alike. */
  readonly aliases?: ReadonlyMap<string, string>;
}

/** A translation of files, or the reason why not even that was begun. */
export type TranslatedFiles =
  | {
      readonly kind: 'translated';
      readonly translation: Translation;
      readonly pathOf: (file: string) => string;
    }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** The files that the words of a command line name, ready to be read. */
export type GivenInput =
  | {
      readonly kind: 'given';
      readonly input: TranslateInput;
      /** Absolute path of the folder that all files share. */
      readonly root: string;
      readonly pathOf: (file: string) => string;
    }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** Works out what the words of a command line mean, and opens what they name. */
export async function givenInput(request: TranslationRequest, session: Session): Promise<GivenInput> {
  const { words, wishes, loneName, aliases } = request;
  const { cwd } = session.io;
  const lone = loneName === undefined ? {} : { loneName };
  const inputs = resolveInputs({ words, cwd, nodes: wishes.nodes, ...lone });
  if (hasErrors(inputs.diagnostics)) return { kind: 'wrong', diagnostics: inputs.diagnostics };
  const { nodes, root, folders, files } = inputs.value;
  const shownAs = (path: string) => aliases?.get(path) ?? path;
  const given = new Map<string, GivenFile>();
  for (const [path, absolute] of files) {
    given.set(
      shownAs(path),
      absolute === undefined ? { content: await session.standardInput() } : { path: absolute },
    );
  }
  const { nodes: _names, companion: _file, ...options } = wishes;
  const input = {
    nodes: nodes.map((node) => ({ ...node, path: shownAs(node.path) })),
    files: diskFileTree({ root, folders, given }),
    options,
  };
  return { kind: 'given', input, root, pathOf: pathFrom(cwd, root, files) };
}

/** Reads the files that the words of a command line name, and translates them. */
export async function translateFiles(
  request: TranslationRequest,
  session: Session,
): Promise<TranslatedFiles> {
  const given = await givenInput(request, session);
  if (given.kind === 'wrong') return given;
  const { input, root, pathOf } = given;
  const { cwd } = session.io;
  const read = await readCompanionFile(request.wishes.companion, root, cwd);
  if (!read) return { kind: 'translated', translation: session.core.translate(input), pathOf };
  const { companion } = read;
  const options = { ...input.options, ...(companion && { companion }) };
  const translation = session.core.translate({ ...input, options });
  return {
    kind: 'translated',
    translation: withCompanion(translation, read),
    pathOf: (file) => (file === read.name ? relativePath(cwd, read.path) : pathOf(file)),
  };
}

/** Without the companion file nobody asks what the plan assumes: of the configurations only the errors are said. */
function withCompanion(translation: Translation, read: CompanionReading): Translation {
  const sources = [...translation.sources, ...read.sources];
  if (read.companion) {
    const diagnostics = sortDiagnostics([...translation.diagnostics, ...read.diagnostics]);
    return { ...translation, diagnostics, sources };
  }
  const errors = translation.diagnostics.filter(({ severity }) => severity === 'error');
  return { diagnostics: sortDiagnostics([...errors, ...read.diagnostics]), sources };
}

/** Where a source lies, seen from the working directory: what a CI service annotates. */
function pathFrom(
  cwd: string,
  root: string,
  files: ReadonlyMap<string, string | undefined>,
): (file: string) => string {
  return (file) => {
    // Pipes have names in angle brackets.
    if (file.startsWith('<') || posix.isAbsolute(file)) return file;
    return relativePath(cwd, files.get(file) ?? resolve(root, file));
  };
}

function relativePath(cwd: string, path: string): string {
  return relative(cwd, path).split(sep).join('/');
}

/** The result of a command whose arguments are wrong, or whose configuration cannot be translated. */
export function refusalOf(files: TranslatedFiles): CommandResult | undefined {
  if (files.kind === 'wrong') {
    return { exitCode: exitCodes.wrongUse, output: '', diagnostics: files.diagnostics };
  }
  const { translation, pathOf } = files;
  if (translation.plan) return undefined;
  const { diagnostics, sources } = translation;
  return { exitCode: exitCodes.notTranslatable, output: '', diagnostics, sources, pathOf };
}
