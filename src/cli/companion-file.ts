import { posix, resolve, sep } from 'node:path';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { FileContent } from '../../grammar/source/file-tree.ts';
import type { Companion } from '../companion/companion.ts';
import { companionFindings } from '../companion/findings.ts';
import type { ShownSource } from '../translation.ts';
import { readGivenFile } from './disk-file-tree.ts';
import { statusOf } from './file-status.ts';

/** Looked for in the folder that all configurations share. */
export const companionName = 'kp2pcm.yaml';

/** The file of `--companion`; false for `--no-companion`; undefined: look for one. */
export type CompanionWish = string | false | undefined;

/** A companion file, and what became of its reading. */
export interface CompanionReading {
  /** Absolute path, and the name that artefacts print. */
  readonly path: string;
  readonly name: string;
  readonly companion?: Companion;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly ShownSource[];
}

/**
 * Reads the companion file of a run, if it has one. YAML's parser is loaded only then.
 *
 * @param root the folder that all configurations share
 */
export async function readCompanionFile(
  wish: CompanionWish,
  root: string,
  cwd: string,
): Promise<CompanionReading | undefined> {
  if (wish === false) return undefined;
  const path = resolve(wish === undefined ? root : cwd, wish ?? companionName);
  if (wish === undefined && (root === '/' || !statusOf(path)?.isFile())) return undefined;
  const name = nameOf(path, root);
  const content = readGivenFile(path);
  if (content.kind !== 'text' || content.encoding !== 'utf-8')
    return { path, name, diagnostics: [unreadable(name, content)], sources: [] };
  const { readCompanion } = await import('../companion/read-companion.ts');
  const { shownCompanion } = await import('../companion/shown-companion.ts');
  const { value, diagnostics } = readCompanion(content.text, name);
  return {
    path,
    name,
    ...(value && { companion: value }),
    diagnostics: wish === undefined ? [foundByItself(name), ...diagnostics] : diagnostics,
    sources: [{ name, lines: shownCompanion(content.text) }],
  };
}

/** Never the way to it: artefacts do not tell where on a disk they were made. */
function nameOf(path: string, root: string): string {
  const relative = posix.relative(root, path.split(sep).join('/'));
  return relative.startsWith('../') || root === '/' ? posix.basename(path) : relative;
}

function foundByItself(name: string): Diagnostic {
  return report(companionFindings.foundByItself, {
    summary: `${name} is read as the companion file`,
    detail: 'It lies in the folder that the given configurations share.',
    help: '--companion FILE names another one, --no-companion reads none',
  });
}

const reasons: Readonly<Record<Exclude<FileContent['kind'], 'text'>, string>> = {
  missing: 'it is not there',
  directory: 'it is a folder',
  forbidden: 'the permissions do not allow it',
  executable: 'it is a program',
  binary: 'it is no text',
  'too-large': 'it is too large',
};

function unreadable(name: string, { kind }: FileContent): Diagnostic {
  const reason = kind === 'text' ? 'it is not UTF-8' : reasons[kind];
  return report(companionFindings.unreadable, { summary: `${name} cannot be read: ${reason}` });
}
