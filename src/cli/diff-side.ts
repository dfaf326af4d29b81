import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareText } from '../../grammar/source/diagnostic.ts';
import { statusOf } from './file-status.ts';
import type { Session } from './session.ts';

/** What one side of a comparison is. */
export type DiffSide =
  | { readonly kind: 'bundle'; readonly folder: string }
  | { readonly kind: 'files'; readonly words: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** Works out what a word of `diff` names: a bundle, a folder of configurations, a list NODE=FILE,NODE=FILE, or a file. */
export function diffSide(word: string, { io }: Session): DiffSide {
  if (word === '-') return { kind: 'files', words: ['-'] };
  const path = resolve(io.cwd, word);
  const status = statusOf(path);
  if (status?.isDirectory()) return folderSide(word, path);
  if (!status && /^[^=,/]+=./.test(word)) return { kind: 'files', words: word.split(',') };
  return { kind: 'files', words: [word] };
}

function folderSide(word: string, path: string): DiffSide {
  const names = namesIn(path);
  if (!names) return { kind: 'unknown', reason: `'${word}' cannot be read` };
  if (names.includes('plan.json')) return { kind: 'bundle', folder: path };
  // /etc/keepalived itself: its other files are included ones.
  if (names.includes('keepalived.conf')) return { kind: 'files', words: [join(path, 'keepalived.conf')] };
  const isFile = (file: string) => statusOf(file)?.isFile() ?? false;
  const nodes = names.filter((name) => isFile(join(path, name, 'keepalived.conf')));
  if (nodes.length > 0) {
    return { kind: 'files', words: nodes.map((name) => `${name}=${join(path, name, 'keepalived.conf')}`) };
  }
  const files = names.filter((name) => /^[^.=][^=]*\.conf$/.test(name) && isFile(join(path, name)));
  if (files.length === 0)
    return { kind: 'unknown', reason: `'${word}' holds neither a bundle nor a configuration` };
  return { kind: 'files', words: files.map((name) => `${name.replace(/\.conf$/, '')}=${join(path, name)}`) };
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder).sort(compareText);
  } catch {
    return undefined;
  }
}
