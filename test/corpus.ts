import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { diskFileTree } from '../src/cli/disk-file-tree.ts';
import type { TranslateInput } from '../src/translation.ts';

/**
 * Configurations that are not part of the project, to run its laws over: the folder that the environment variable
 * KP2PCM_CORPUS names, with `single/*.conf` (a node each), `clusters/NAME/*.conf` (the nodes of a cluster),
 * `multi/NAME/keepalived.conf` (with files that it includes) and, if there, `manifest.json` with what the daemon says.
 */
export interface CorpusCase {
  /** Path of the file or the cluster's folder below the corpus; `@a,b` behind it if it is read for named nodes. */
  readonly name: string;
  /** Paths of the files below the corpus. */
  readonly files: readonly string[];
  readonly input: TranslateInput;
}

export const corpusFolder = process.env['KP2PCM_CORPUS'];

/** Every case of the corpus; none without one. */
export const corpusCases: readonly CorpusCase[] = corpusFolder === undefined ? [] : casesIn(corpusFolder);

function casesIn(root: string): CorpusCase[] {
  const single = list(root, 'single').flatMap((path) => [
    loneCase(root, path),
    ...conditionalCase(root, path),
  ]);
  const clusters = folders(root, 'clusters').map((folder) => clusterCase(root, folder, list(root, folder)));
  const multi = folders(root, 'multi').map((folder) => loneCase(root, `${folder}/keepalived.conf`));
  return [...single, ...clusters, ...multi];
}

function list(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.conf'))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function folders(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder))
    .sort()
    .map((name) => `${folder}/${name}`);
}

function loneCase(root: string, path: string): CorpusCase {
  return {
    name: path,
    files: [path],
    input: {
      nodes: [{ name: 'node1', path: basename(path), named: false }],
      files: diskFileTree({ root: join(root, dirname(path)), given: givenFiles(root, [path]) }),
      options: {},
    },
  };
}

/** A file with `@id` lines once more, read for the nodes that it names. */
function conditionalCase(root: string, path: string): CorpusCase[] {
  const text = readFileSync(join(root, path), 'latin1');
  const ids = [...new Set([...text.matchAll(/^[ \t]*@\^?([A-Za-z0-9][\w.-]*)/gm)].map(([, id]) => id ?? ''))];
  const names = ids.slice(0, 4);
  if (names.length < 2) return [];
  const lone = loneCase(root, path);
  const nodes = names.map((name) => ({ name, path: basename(path), named: true }));
  return [{ ...lone, name: `${path} @${names.join(',')}`, input: { ...lone.input, nodes } }];
}

function clusterCase(root: string, folder: string, files: readonly string[]): CorpusCase {
  const nodes = files.map((path) => ({ name: basename(path, '.conf'), path: basename(path), named: true }));
  const tree = diskFileTree({ root: join(root, folder), given: givenFiles(root, files) });
  return { name: folder, files, input: { nodes, files: tree, options: {} } };
}

function givenFiles(root: string, paths: readonly string[]): Map<string, { path: string }> {
  return new Map(paths.map((path) => [basename(path), { path: join(root, path) }]));
}
