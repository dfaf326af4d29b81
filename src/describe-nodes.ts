import { type Diagnostic, hasErrors } from '../grammar/source/diagnostic.ts';
import { type ConfigDocument, configDocument } from './emit/config-document.ts';
import { conditionsWithoutNode } from './keepalived/conditions.ts';
import { inOrder, readNodes } from './read-nodes.ts';
import { shownSources } from './shown-source.ts';
import type { ShownSource, TranslateInput } from './translation.ts';

/** What was understood of each node, without a translation. */
export interface Description {
  /** Absent when a diagnostic is an error. */
  readonly document?: ConfigDocument;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly ShownSource[];
}

/**
 * Half the way: files → configuration of each node. Nothing is asked of the nodes together, and nothing has to be there
 * that Pacemaker could hold.
 */
export function describeNodes(input: TranslateInput): Description {
  const readings = readNodes(input, input.options.keepalived);
  const texts = readings.map(({ text }) => text);
  const described = readings.flatMap(({ configuration, unread, diagnostics }) =>
    configuration ? [{ configuration, diagnostics: inOrder([...unread, ...diagnostics]) }] : [],
  );
  const sources = shownSources(
    texts,
    described.map(({ configuration }) => configuration),
  );
  const unread = readings.flatMap((reading) => reading.unread);
  if (hasErrors(unread)) return { diagnostics: inOrder(unread), sources };
  const all = inOrder([
    ...unread,
    ...readings.flatMap((reading) => reading.diagnostics),
    ...conditionsWithoutNode(
      input.nodes.map(({ name }) => name),
      texts.flatMap(({ readerLines }) => readerLines),
    ),
  ]);
  if (hasErrors(all)) return { diagnostics: all, sources };
  return { document: configDocument(described), diagnostics: all, sources };
}
