import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type CompanionWish, companionName } from '../src/cli/companion-file.ts';
import { diskFileTree, type GivenFile } from '../src/cli/disk-file-tree.ts';
import { resolveInputs } from '../src/cli/inputs.ts';
import { parseArguments } from '../src/cli/parse-arguments.ts';
import { runCli } from '../src/cli/run.ts';
import type { Companion } from '../src/companion/companion.ts';
import { readCompanion } from '../src/companion/read-companion.ts';
import { type ArtefactName, artefactNames, type TranslateInput } from '../src/translation.ts';

/** A folder `fixtures/THEME/CASE` with input files, case.md, perhaps options.json, and what is expected of it. */
export interface FixtureCase {
  /** `THEME/CASE` */
  readonly name: string;
  readonly folder: string;
  /** What a user would type after `kp2pcm` in that folder. */
  readonly arguments: readonly string[];
  readonly exitCode: number;
  /** The artefacts that are kept as expected. */
  readonly artefacts: readonly ArtefactName[];
}

interface CaseOptions {
  /** Default: every `*.conf` of the folder, sorted. */
  readonly arguments?: readonly string[];
  /** Default: 0. */
  readonly exitCode?: number;
  /**
   * Whether the scripts are kept too. By default only the report, the plan and the diagnostics are: most of a script is
   * the same for every plan, and what is not stands in the plan's commands.
   */
  readonly scripts?: boolean;
}

const root = fileURLToPath(new URL('../fixtures/', import.meta.url));

/** Every case of the project, in order of its name. */
export const cases: readonly FixtureCase[] = foldersOf(root).flatMap((theme) =>
  foldersOf(join(root, theme)).map((name) => readCase(`${theme}/${name}`)),
);

/** Those that are translated. */
export const translatedCases = cases.filter(({ exitCode }) => exitCode === 0);

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readCase(name: string): FixtureCase {
  const folder = join(root, name);
  const file = join(folder, 'options.json');
  const options: CaseOptions = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const configurations = readdirSync(folder).filter((entry) => entry.endsWith('.conf'));
  return {
    name,
    folder,
    arguments: options.arguments ?? configurations.sort(),
    exitCode: options.exitCode ?? 0,
    artefacts: artefactsOf(options),
  };
}

function artefactsOf({ exitCode = 0, scripts = false }: CaseOptions): ArtefactName[] {
  if (exitCode !== 0) return [];
  return artefactNames.filter((name) => scripts || !name.endsWith('.sh'));
}

/** What the command line makes of a case's arguments, for tests that look inside the translation. */
export function translationInput({ arguments: words, folder, name }: FixtureCase): TranslateInput {
  const parsed = parseArguments(words);
  if (parsed.kind !== 'run' || parsed.invocation.command !== 'translate')
    throw new Error(`${name}: not a translation`);
  const { nodes, companion: wish, ...options } = parsed.invocation.wishes;
  const { value: inputs, diagnostics } = resolveInputs({
    words: parsed.invocation.files,
    cwd: folder,
    nodes,
  });
  if (diagnostics.length > 0) throw new Error(`${name}: ${diagnostics[0]?.summary}`);
  const given = new Map<string, GivenFile>(
    [...inputs.files].flatMap(([path, absolute]) =>
      absolute === undefined ? [] : [[path, { path: absolute }]],
    ),
  );
  const companion = companionIn(folder, wish);
  return {
    nodes: inputs.nodes,
    files: diskFileTree({ root: inputs.root, given }),
    options: { ...options, ...(companion && { companion }) },
  };
}

function companionIn(folder: string, wish: CompanionWish): Companion | undefined {
  const name = wish ?? companionName;
  if (name === false || !existsSync(join(folder, name))) return undefined;
  return readCompanion(readFileSync(join(folder, name), 'utf8'), name).value;
}

export interface CommandRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line of a case, with more arguments, as if it were typed in the case's folder. */
export function runCase({ arguments: words, folder }: FixtureCase, ...more: string[]): Promise<CommandRun> {
  return runIn(folder, [...more, ...words]);
}

/** The same, typed in another folder, with paths that lead to the case's files from anywhere. */
export function runCaseFrom(cwd: string, fixture: FixtureCase, ...more: string[]): Promise<CommandRun> {
  const parsed = parseArguments(fixture.arguments);
  const files = parsed.kind === 'run' && 'files' in parsed.invocation ? parsed.invocation.files : [];
  const words = fixture.arguments.map((word) => {
    if (!files.includes(word)) return word;
    const [, name = '', path = ''] = /^([^=/]+=)?(.*)$/s.exec(word) ?? [];
    return name + join(fixture.folder, path);
  });
  return runIn(cwd, [...more, ...words]);
}

async function runIn(cwd: string, words: readonly string[]): Promise<CommandRun> {
  const written = { stdout: '', stderr: '' };
  const sink = (stream: keyof typeof written) => ({
    write: (text: string) => {
      written[stream] += text;
    },
    isTTY: false,
  });
  const exitCode = await runCli(words, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    stdin: nothing(),
    cwd,
    env: {},
  });
  return { exitCode, ...written };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
