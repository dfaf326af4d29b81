import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { planFormat } from '../pacemaker/plan.ts';
import type { Artefact } from '../translation.ts';

/** Why a bundle was not written; the folder is as it was. */
export type BundleProblem =
  | { readonly kind: 'foreign'; readonly name: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** The one call that a test has to make fail. */
export interface BundleDisk {
  rename(from: string, to: string): void;
}

const nodeDisk: BundleDisk = { rename: renameSync };

/**
 * Writes all artefacts into a folder, or none: they are made complete in a folder of their own beside the targets, and then
 * renamed onto them one by one; a rename replaces a file at once, and if one fails the former files come back.
 * Files that are no artefacts are not touched.
 */
export function writeBundle(
  folder: string,
  artefacts: readonly Artefact[],
  disk: BundleDisk = nodeDisk,
): BundleProblem | undefined {
  let created: string | undefined;
  let staging: string | undefined;
  try {
    created = mkdirSync(folder, { recursive: true });
    const foreign = foreignFile(folder, artefacts);
    if (foreign !== undefined) return { kind: 'foreign', name: foreign };
    staging = mkdtempSync(join(folder, '.kp2pcm-'));
    for (const artefact of artefacts) stage(staging, artefact);
    replaceAll(folder, staging, artefacts, disk);
    created = undefined;
    return undefined;
  } catch (error) {
    // Then the staging folder has the only copies of the former files.
    if (error instanceof FormerFilesLeft) staging = undefined;
    return { kind: 'failed', reason: reasonOf(error) };
  } finally {
    if (staging !== undefined) rmSync(staging, { recursive: true, force: true });
    if (created !== undefined) removeEmptyFolders(folder, created);
  }
}

/** The first artefact's name that something else has taken: no file, or a file in a folder without a bundle's plan.json. */
function foreignFile(folder: string, artefacts: readonly Artefact[]): string | undefined {
  const own = isBundle(folder);
  return artefacts.find(({ name }) => {
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stats !== undefined && !(own && (stats.isFile() || stats.isSymbolicLink()));
  })?.name;
}

/** Whether kp2pcm wrote this folder: names such as backup.sh and check.sh are anybody's. */
function isBundle(folder: string): boolean {
  try {
    const { format } = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));
    return typeof format === 'string' && format.startsWith(planFormat.replace(/\d+$/, ''));
  } catch {
    return false;
  }
}

function stage(staging: string, { name, text, executable }: Artefact): void {
  const descriptor = openSync(join(staging, name), 'wx');
  try {
    const bytes = Buffer.from(text);
    for (let offset = 0; offset < bytes.length; ) offset += writeSync(descriptor, bytes, offset);
    // The mode is stated, not left to the umask: reviewers and git see the same everywhere.
    fchmodSync(descriptor, executable ? 0o755 : 0o644);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function replaceAll(folder: string, staging: string, artefacts: readonly Artefact[], disk: BundleDisk): void {
  const former = new Map<string, boolean>();
  try {
    for (const { name } of artefacts) {
      former.set(name, keepFormer(join(folder, name), join(staging, `former-${name}`)));
      disk.rename(join(staging, name), join(folder, name));
    }
  } catch (error) {
    putBack(folder, staging, former, reasonOf(error));
    throw error;
  }
}

class FormerFilesLeft extends Error {}

function putBack(
  folder: string,
  staging: string,
  former: ReadonlyMap<string, boolean>,
  reason: string,
): void {
  try {
    for (const [name, existed] of former) {
      if (existed) renameSync(join(staging, `former-${name}`), join(folder, name));
      else rmSync(join(folder, name), { force: true });
    }
  } catch (error) {
    const message = `${reason}; the former files could not be put back either (${reasonOf(error)}) and are in ${staging}`;
    throw new FormerFilesLeft(message);
  }
}

/** What the system said, without the name of the call and the path: `permission denied`. */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+), /.exec(message)?.[1] ?? message;
}

/** A second name for the former file, so that there is no moment without one. */
function keepFormer(target: string, keep: string): boolean {
  if (lstatSync(target, { throwIfNoEntry: false }) === undefined) return false;
  try {
    linkSync(target, keep);
  } catch {
    // Some file systems know no hard links.
    copyFileSync(target, keep);
  }
  return true;
}

/** Takes back the folders that were made for a bundle that was not written, from the inner to the first one made. */
function removeEmptyFolders(folder: string, first: string): void {
  for (let path = folder; path.length >= first.length; path = join(path, '..')) {
    try {
      rmdirSync(path);
    } catch {
      return;
    }
  }
}
