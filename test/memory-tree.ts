import { expandBraces } from '../grammar/reader/expand-braces.ts';
import type { FileContent, FileTree } from '../grammar/source/file-tree.ts';
import { translate } from '../src/translate.ts';
import type { TranslateOptions, Translation } from '../src/translation.ts';

/** A file tree that lives in the test. A text may be missing, a directory and so on by giving its kind. */
export function memoryTree(
  files: Readonly<Record<string, string | Exclude<FileContent['kind'], 'text'>>>,
): FileTree {
  const kinds = new Set(['missing', 'directory', 'forbidden', 'executable', 'binary', 'too-large']);
  return {
    read(path) {
      const content = files[path];
      if (content === undefined) return { kind: 'missing' };
      if (kinds.has(content)) return { kind: content as Exclude<FileContent['kind'], 'text'> };
      return { kind: 'text', text: content, encoding: 'utf-8' };
    },
    match(pattern) {
      return expandBraces(pattern).flatMap((alternative) => {
        const plain = alternative
          .replace(/\\(.)/g, '$1')
          .replace(/[.+^$(){}|\\]/g, '\\$&')
          .replaceAll('*', '[^/]*');
        return Object.keys(files)
          .filter((path) => new RegExp(`^${plain}$`).test(path))
          .sort();
      });
    },
  };
}

/** Translates the configurations of named nodes. */
export function translateNodes(
  texts: Readonly<Record<string, string>>,
  options: TranslateOptions = {},
): Translation {
  const files = memoryTree(
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${name}.conf`, text])),
  );
  const nodes = Object.keys(texts).map((name) => ({ name, path: `${name}.conf`, named: true }));
  return translate({ nodes, files, options });
}

/** Translates one file of which nobody said whose it is. */
export function translateAlone(text: string, options: TranslateOptions = {}): Translation {
  const files = memoryTree({ 'keepalived.conf': text });
  return translate({ nodes: [{ name: 'node1', path: 'keepalived.conf', named: false }], files, options });
}

export function codesOf(translation: Pick<Translation, 'diagnostics'>): string[] {
  return translation.diagnostics.map(({ code }) => code);
}
