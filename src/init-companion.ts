import { type Diagnostic, hasErrors } from '../grammar/source/diagnostic.ts';
import { join } from './cluster/join.ts';
import { draftCompanion } from './emit/companion-draft.ts';
import { inOrder, readNodes } from './read-nodes.ts';
import { shownSources } from './shown-source.ts';
import type { ShownSource, TranslateInput } from './translation.ts';

/** A companion file to begin with. */
export interface Draft {
  /** Absent when a diagnostic is an error. */
  readonly text?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly ShownSource[];
}

/** files → configuration of each node → cluster → what of it belongs into a companion file. */
export function initCompanion({ nodes, files, options }: TranslateInput): Draft {
  const readings = readNodes({ nodes, files }, options.keepalived);
  const configurations = readings.flatMap(({ configuration }) => configuration ?? []);
  const sources = shownSources(
    readings.map(({ text }) => text),
    configurations,
  );
  const cluster = join(nodes, configurations);
  const all = inOrder([
    ...readings.flatMap(({ unread, diagnostics }) => [...unread, ...diagnostics]),
    ...cluster.diagnostics,
  ]);
  // Whoever asks for a draft has not asked what is odd about the configurations.
  const errors = all.filter(({ severity }) => severity === 'error');
  if (hasErrors(errors)) return { diagnostics: errors, sources };
  return { text: draftCompanion(cluster.value), diagnostics: [], sources };
}
