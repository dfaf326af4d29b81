import type { ReaderLine } from '../../grammar/reader/logical-text.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { keepalivedFindings } from './findings.ts';

/** One warning for each id of which no node is, at its first line: `@lb3 …` where only lb1 and lb2 are given. */
export function conditionsWithoutNode(
  nodes: readonly string[],
  readerLines: readonly ReaderLine[],
): Diagnostic[] {
  const first = new Map<string, ReaderLine>();
  for (const line of readerLines) {
    const id = /^@([^^].*)$/s.exec(line.label)?.[1];
    if (line.kind !== 'condition' || id === undefined || nodes.includes(id) || first.has(id)) continue;
    first.set(id, line);
  }
  return [...first].map(([id, { span }]) =>
    report(keepalivedFindings.conditionWithoutNode, {
      summary: `no node is called ${id}: lines with @${id} count nowhere`,
      detail: `The nodes are ${nodes.join(', ')}.`,
      at: span,
      help: 'if it is one of the nodes, name them as their hosts: --nodes a,b or NAME=FILE',
    }),
  );
}
