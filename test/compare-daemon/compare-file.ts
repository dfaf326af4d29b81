import { basename, dirname } from 'node:path';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { diskFileTree } from '../../src/cli/disk-file-tree.ts';
import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';
import { understand } from '../../src/keepalived/understand.ts';
import { askDaemon, checkerProcess, type Verdict } from './ask-daemon.ts';
import { type Explanation, explanations } from './explained.ts';
import { defaultUser, namedThings } from './named-things.ts';
import { asDumped } from './old-dumps.ts';
import { projectReading } from './project-reading.ts';
import { projectServers } from './project-servers.ts';
import { compareReadings, type Difference, type Reading } from './reading.ts';
import type { Stage } from './stage.ts';

/** A file as the project reads it for one node. */
export interface ReadFile {
  readonly release: Release;
  readonly configuration: NodeConfiguration;
  /** The configuration after includes, definitions and conditions. */
  readonly text: string;
  /** Everything that the project says, and of this the errors for which it refuses the file. */
  readonly remarks: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
  /** Files that it includes, seen from its folder. */
  readonly included: readonly string[];
}

export interface FileComparison {
  readonly file: string;
  readonly configId: string;
  /** The daemon's. */
  readonly verdict: Verdict;
  readonly instances: number;
  /** Of which values were compared. */
  readonly virtualServers: number;
  readonly compared: number;
  /** The daemon did not end its dump of the virtual servers in time, or crashed at it. */
  readonly lacksServers: boolean;
  readonly unexplained: readonly Difference[];
  readonly explained: readonly { readonly difference: Difference; readonly by: Explanation }[];
}

/** Lets the project and the daemon read a file for one node, and sets the two readings side by side. */
export async function compareFile(file: string, configId: string, stage: Stage): Promise<FileComparison> {
  const { release } = stage.judge;
  const read = readFile(file, configId, release);
  const named = namedThings(read.text, read.configuration);
  stage.place(file, named, read.included);
  const hasServers = /^(?:virtual_server|virtual_server_group|SSL)$/m.test(read.text.replace(/[ \t].*/g, ''));
  const { verdict, reading } = await askDaemon({ file, configId, named, stage, hasServers });
  const daemon = new Map([['verdict', verdict], ...(reading ?? [])]);
  const user = isAtLeast(release, '1.3.0') ? defaultUser(named) : 'root';
  const ours = (configuration: NodeConfiguration): Reading =>
    new Map([
      ['verdict', read.errors.length > 0 ? 'refused' : 'accepted'],
      ...(reading ? asDumped(projectReading(configuration, user), release) : []),
      ...(reading?.has(checkerProcess) ? projectServers(configuration, user) : []),
    ]);
  const { differences, compared } = compareReadings(ours(read.configuration), daemon);
  const explain = explainer(
    read,
    (configuration) => compareReadings(ours(configuration), daemon).differences,
  );
  const explained = differences.map((difference) => ({ difference, by: explain(difference) }));
  return {
    file,
    configId,
    verdict,
    instances: read.configuration.instances.length,
    virtualServers: reading?.has(checkerProcess) ? read.configuration.virtualServers.length : 0,
    compared,
    lacksServers: hasServers && reading !== undefined && !reading.has(checkerProcess),
    unexplained: explained.flatMap(({ difference, by }) => (by ? [] : [difference])),
    explained: explained.flatMap(({ difference, by }) => (by ? [{ difference, by }] : [])),
  };
}

export function readFile(file: string, configId: string, release: Release): ReadFile {
  const path = basename(file);
  const files = diskFileTree({ root: dirname(file), given: new Map([[path, { path: file }]]) });
  const node = readNode({ path, configId, files, release });
  const ast = parse(node.value.logical);
  const { value: configuration, diagnostics } = understand(ast.value, configId, path, release);
  const remarks = [...node.diagnostics, ...ast.diagnostics, ...diagnostics];
  return {
    release,
    configuration,
    text: node.value.logical.text,
    remarks,
    errors: remarks.filter(({ severity }) => severity === 'error'),
    included: [...node.value.sources.keys()].filter((name) => name !== path),
  };
}

/** Finds the explanation of a difference: it says so itself, or the difference is gone with its adjustment. */
function explainer(
  read: ReadFile,
  differencesOf: (configuration: NodeConfiguration) => readonly Difference[],
): (difference: Difference) => Explanation | undefined {
  const left = new Map<Explanation, ReadonlySet<string>>();
  const staysWith = (explanation: Explanation, key: string): boolean => {
    if (!explanation.adjust) return true;
    const known = left.get(explanation);
    if (known) return known.has(key);
    const keys = new Set(differencesOf(explanation.adjust(read.configuration)).map((other) => other.key));
    left.set(explanation, keys);
    return keys.has(key);
  };
  return (difference) =>
    explanations.find(
      (explanation) =>
        explanation.applies?.(read.release) !== false &&
        (explanation.explains?.(difference, read) || !staysWith(explanation, difference.key)),
    );
}
