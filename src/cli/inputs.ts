import { posix, resolve, sep } from 'node:path';
import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { useFindings } from '../diagnostics/use-findings.ts';
import type { NodeInput } from '../translation.ts';
import { assumedNodeName, isNodeName, nodeNameOfFile, nodeNameOfFolder } from './node-name.ts';

/** How standard input is called in messages and artefacts, and what its path in the file tree is. */
const standardInputName = '<stdin>';

/** What the words `FILE`, `NAME=FILE` and `-` of a command line mean. */
export interface Inputs {
  readonly nodes: readonly NodeInput[];
  /** Absolute path of the folder that all files share. */
  readonly root: string;
  /** Folders that share nothing but `/`, by the names that the tree gives them. */
  readonly folders: ReadonlyMap<string, string>;
  /** Absolute path of each given file by its path in the tree; standard input has none. */
  readonly files: ReadonlyMap<string, string | undefined>;
}

export interface InputRequest {
  readonly words: readonly string[];
  readonly cwd: string;
  /** The names that one file is read for. */
  readonly nodes?: readonly string[];
  /** What an only file's node is called if nobody says it; the file's own name if not given. */
  readonly loneName?: string;
}

interface Given {
  readonly word: string;
  readonly name?: string;
  /** What to open; undefined for standard input. */
  readonly path?: string;
  /** Absolute path that says something about the file: a pipe of the shell has none. */
  readonly place?: string;
}

/** What `<(ssh lb1 cat …)` becomes: a number that means nothing and may be another one next time. */
const shellPipe = /^\/(?:dev\/fd\/\d+|dev\/stdin|proc\/(?:self|\d+)\/fd\/\d+)$/;

/** Works out nodes, their names and the folder that the files share; without a file that is read. */
export function resolveInputs(request: InputRequest): Outcome<Inputs> {
  const given = request.words.map((word) => splitWord(word, request.cwd));
  const empty = request.words.filter((word) => word === '' || word.endsWith('='));
  const places = given.flatMap(({ place }) => place ?? []);
  const root = places.length === 0 ? request.cwd : commonFolder(places);
  const folders =
    root === '/' ? nameFolders(places.map((place) => posix.dirname(place))) : new Map<string, string>();
  const inTree = (file: Given) => treePath(file, root, folders);
  const named = nameNodes(given, inTree, request);
  const problems = [
    ...empty.map(noFile),
    ...named.diagnostics,
    ...checkNames(named.value),
    ...checkStandardInput(given),
  ];
  const files = new Map(given.map((file) => [inTree(file), file.path]));
  return { value: { nodes: named.value, root, folders, files }, diagnostics: problems };
}

function splitWord(word: string, cwd: string): Given {
  const equals = word.indexOf('=');
  // `./a=b.conf` is a path: a node's name holds no slash.
  const name = equals > 0 && !word.slice(0, equals).includes('/') ? word.slice(0, equals) : undefined;
  const file = name === undefined ? word : word.slice(equals + 1);
  const given = { word, ...(name !== undefined && { name }) };
  if (file === '-') return given;
  const path = resolve(cwd, file).split(sep).join('/');
  return shellPipe.test(path) ? { ...given, path } : { ...given, path, place: path };
}

/** Files from different places are shown relative to what they share: so no output depends on where kp2pcm was called. */
function commonFolder(paths: readonly string[]): string {
  const [first = [], ...others] = paths.map((path) => posix.dirname(path).split('/'));
  const differs = first.findIndex((folder, index) => others.some((folders) => folders[index] !== folder));
  const shared = differs < 0 ? first : first.slice(0, differs);
  return shared.join('/') || '/';
}

/**
 * Names for folders that lie in different corners of the disk: the shortest endings that tell them apart, so that no
 * output holds the way to them.
 */
function nameFolders(folders: readonly string[]): Map<string, string> {
  const distinct = [...new Set(folders)];
  const ending = (folder: string, length: number) => folder.split('/').slice(-length).join('/');
  return new Map(
    distinct.map((folder) => {
      let length = 1;
      while (distinct.some((other) => other !== folder && ending(other, length) === ending(folder, length)))
        length++;
      return [ending(folder, length), folder];
    }),
  );
}

function treePath({ name, path, place }: Given, root: string, folders: ReadonlyMap<string, string>): string {
  if (place !== undefined) {
    const folder = [...folders].find(([, absolute]) => absolute === posix.dirname(place))?.[0];
    if (folder !== undefined) return posix.join(folder, posix.basename(place));
    return posix.relative(root, place) || place;
  }
  return path === undefined ? standardInputName : `<${name ?? 'pipe'}>`;
}

function nameNodes(
  given: readonly Given[],
  inTree: (file: Given) => string,
  request: InputRequest,
): Outcome<NodeInput[]> {
  const [only, ...others] = given;
  if (only && others.length === 0 && only.name === undefined) {
    return { value: loneFile(only, inTree(only), request), diagnostics: [] };
  }
  const diagnostics: Diagnostic[] = [];
  const value = given.map((file) => {
    const { word, name, place = '' } = file;
    const told = name ?? nodeNameOfFile(place) ?? nodeNameOfFolder(place);
    if (told === undefined) {
      const summary = `the node that '${word}' configures has no name`;
      diagnostics.push(report(useFindings.noNodeName, { summary, help: `say it: NAME=${word}` }));
    }
    return { name: told ?? assumedNodeName, path: inTree(file), named: true };
  });
  return { value: diagnostics.length > 0 ? [] : value, diagnostics };
}

function loneFile(file: Given, path: string, { nodes = [], loneName }: InputRequest): NodeInput[] {
  if (nodes.length > 0) return nodes.map((name) => ({ name, path, named: true }));
  const told = loneName ?? nodeNameOfFile(file.place ?? '');
  // A file may be called anything; only a name that was meant as a node's is refused.
  return [{ name: told !== undefined && isNodeName(told) ? told : assumedNodeName, path, named: false }];
}

function checkNames(nodes: readonly NodeInput[]): Diagnostic[] {
  const bad = nodes
    .filter(({ name }) => !isNodeName(name))
    .map(({ name, path }) =>
      report(useFindings.badNodeName, {
        summary: `'${name}' cannot be the name of a node`,
        help: `say the name of the node that ${path} configures: NAME=${path}`,
      }),
    );
  const repeated = nodes.flatMap(({ name, path }, index) => {
    const earlier = nodes.findIndex((node) => node.name === name);
    return earlier === index ? [] : [sameName(name, nodes[earlier]?.path ?? '', path)];
  });
  return [...bad, ...repeated];
}

function sameName(name: string, first: string, second: string): Diagnostic {
  if (first === second) {
    return report(useFindings.sameNodeName, { summary: `the node name '${name}' is given twice` });
  }
  return report(useFindings.sameNodeName, {
    summary: `${first} and ${second} are both for the node '${name}'`,
    help: `say the names: NAME=${first} NAME=${second}`,
  });
}

/** An unset variable of a shell leaves this behind. */
function noFile(word: string): Diagnostic {
  return report(useFindings.wrongUse, { summary: `'${word}' names no file` });
}

function checkStandardInput(given: readonly Given[]): Diagnostic[] {
  if (given.filter(({ path }) => path === undefined).length < 2) return [];
  return [
    report(useFindings.standardInputTwice, { summary: "standard input ('-') is given more than once" }),
  ];
}
