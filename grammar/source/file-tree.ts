/** Why a file has no text. */
export type Unreadable = 'missing' | 'directory' | 'forbidden' | 'executable' | 'binary' | 'too-large';

export type FileContent =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: 'utf-8' | 'latin1' }
  | { readonly kind: Unreadable };

/**
 * How the reader reaches files, so that it needs neither Node nor a disk.
 * Paths are POSIX paths in the tree's own terms and double as the names that people see:
 * relative ones are relative to the folder that all given files share.
 */
export interface FileTree {
  read(path: string): FileContent;
  /** The paths that match a glob(7) pattern with `*`, `?`, `[…]` and `{a,b}`; sorted within each brace alternative. */
  match(pattern: string): readonly string[];
}
