import { parse } from '../grammar/parse.ts';
import { type NodeText, readNode } from '../grammar/reader/read-node.ts';
import { type Diagnostic, findingsPerStage, sortDiagnostics } from '../grammar/source/diagnostic.ts';
import { defaultRelease, type Release } from '../grammar/source/release.ts';
import type { NodeConfiguration } from './keepalived/node-configuration.ts';
import { withoutSuperseded } from './keepalived/superseded.ts';
import { understand } from './keepalived/understand.ts';
import type { TranslateInput } from './translation.ts';

/** What one node's files say, and what there is to say about them. */
export interface NodeReading {
  readonly name: string;
  readonly text: NodeText;
  /** Of the reader. With an error among them, what was understood is not what the author wrote. */
  readonly unread: readonly Diagnostic[];
  /** Absent where no file could be read. */
  readonly configuration?: NodeConfiguration;
  /** Of the parser and of understanding. */
  readonly diagnostics: readonly Diagnostic[];
}

/** files → logical text → AST → configuration, node by node. */
export function readNodes(
  { nodes, files }: Pick<TranslateInput, 'nodes' | 'files'>,
  release: Release = defaultRelease,
): NodeReading[] {
  return nodes.map(({ name, path }) => {
    const { value: text, diagnostics: unread } = readNode({ path, configId: name, files, release });
    if (text.sources.size === 0) return { name, text, unread: fewEnough(unread), diagnostics: [] };
    const ast = parse(text.logical);
    const configuration = understand(ast.value, name, path === '-' ? '<stdin>' : path, release);
    const diagnostics = [...fewEnough(ast.diagnostics), ...fewEnough(configuration.diagnostics)];
    return { name, text, unread: fewEnough(unread), configuration: configuration.value, diagnostics };
  });
}

/** Every error, and of the rest no more than people can read. */
function fewEnough(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  let others = 0;
  return diagnostics.filter(({ severity }) => severity === 'error' || ++others <= findingsPerStage);
}

/** Sorted by place, without what a sharper message says better; what several nodes say of one shared line is said once. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return withoutSuperseded(sortDiagnostics(diagnostics)).filter((diagnostic) => {
    const key = JSON.stringify(diagnostic);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
