import { closeSync, existsSync, openSync, readdirSync, readSync, type Stats, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FileContent, FileTree, Unreadable } from '../../grammar/source/file-tree.ts';
import { statusOf } from './file-status.ts';
import { globPaths } from './glob.ts';

/** No keepalived.conf comes near this; what is larger is a mistake and is not even read. */
export const maxFileBytes = 32 * 1024 * 1024;

/** A file that the user named: where it lies, or what standard input held. */
export type GivenFile = { readonly path: string } | { readonly content: FileContent };

export interface DiskFileTreeOptions {
  /** Absolute path of the folder that relative paths of the tree start from. */
  readonly root: string;
  /** Folders that lie elsewhere, by their names in the tree. */
  readonly folders?: ReadonlyMap<string, string>;
  /** The files that the user named, by their path in the tree. */
  readonly given: ReadonlyMap<string, GivenFile>;
}

/** The file tree of a real disk. Each file is read once, so that all nodes see the same text. */
export function diskFileTree({ root, folders = new Map(), given }: DiskFileTreeOptions): FileTree {
  const locate = (path: string): string => {
    const folder = [...folders].find(([name]) => path === name || path.startsWith(`${name}/`));
    return folder ? join(folder[1], path.slice(folder[0].length)) : resolve(root, path);
  };
  const contents = new Map<string, FileContent>();
  const read = (path: string): FileContent => {
    const named = given.get(path);
    if (!named) return readDisk(locate(path), 'included');
    return 'content' in named ? named.content : readDisk(named.path, 'named');
  };
  return {
    read(path) {
      const content = contents.get(path) ?? read(path);
      contents.set(path, content);
      return content;
    },
    match: (pattern) =>
      globPaths(pattern, {
        list: (directory) => listDirectory(locate(directory)),
        exists: (path) => existsSync(locate(path)),
        isDirectory: (path) => statusOf(locate(path))?.isDirectory() ?? false,
      }),
  };
}

function listDirectory(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** The content of a file that the command line names. */
export function readGivenFile(path: string): FileContent {
  return readDisk(path, 'named');
}

/** The content of a named file, or why it has none. */
function readDisk(path: string, role: 'named' | 'included'): FileContent {
  try {
    const refused = refusal(statSync(path), role);
    return refused ? { kind: refused } : readFile(path);
  } catch (error) {
    return { kind: unreadableBecause(error) };
  }
}

/**
 * Looks before it reads: a huge file is refused in no time. A named file may be a pipe (`<(ssh lb1 cat …)`), and its mode
 * says nothing of the file on the node, of which it is a copy. For an included one the daemon's own rule holds:
 * a regular file that is not executable; reading from anything else might never end.
 */
function refusal(stats: Stats, role: 'named' | 'included'): Unreadable | undefined {
  if (stats.isDirectory()) return 'directory';
  if (stats.isFile() && stats.size > maxFileBytes) return 'too-large';
  if (role === 'named') return undefined;
  if (!stats.isFile()) return 'forbidden';
  return (stats.mode & 0o111) === 0 ? undefined : 'executable';
}

function readFile(path: string): FileContent {
  const descriptor = openSync(path, 'r');
  try {
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      const chunk = new Uint8Array(64 * 1024);
      const count = readSync(descriptor, chunk);
      if (count === 0) return decodeText(chunks);
      chunks.push(chunk.subarray(0, count));
      length += count;
      if (length > maxFileBytes) return { kind: 'too-large' };
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Reads standard input, but no more of it than a file may have. */
export async function readStandardInput(stdin: AsyncIterable<Uint8Array>): Promise<FileContent> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stdin) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxFileBytes) return { kind: 'too-large' };
  }
  return decodeText(chunks);
}

/** Bytes as text: UTF-8, or else Latin-1, where every byte is a character; a stray NUL is left to the reader. */
function decodeText(chunks: readonly Uint8Array[]): FileContent {
  const bytes = Buffer.concat(chunks);
  if (isBinary(bytes)) return { kind: 'binary' };
  try {
    // The byte order mark stays: the daemon takes it for a part of the first word, and the reader says so.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: 'text', text, encoding: 'utf-8' };
  } catch {
    return { kind: 'text', text: bytes.toString('latin1'), encoding: 'latin1' };
  }
}

/** UTF-16 has a NUL in nearly every character, and what is no text at all has many. */
function isBinary(bytes: Buffer): boolean {
  if (!bytes.includes(0)) return false;
  const mark = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  if (mark === 0xfffe || mark === 0xfeff) return true;
  const nuls = bytes.reduce((count, byte) => (byte === 0 ? count + 1 : count), 0);
  return nuls * 10 > bytes.length;
}

function unreadableBecause(error: unknown): Unreadable {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return 'missing';
  return code === 'EISDIR' ? 'directory' : 'forbidden';
}
