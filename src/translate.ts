import { type Diagnostic, hasErrors } from '../grammar/source/diagnostic.ts';
import { electionGroups } from './cluster/election-groups.ts';
import { join } from './cluster/join.ts';
import { completePlan } from './emit/commands.ts';
import { conditionsWithoutNode } from './keepalived/conditions.ts';
import { buildPlan } from './pacemaker/build-plan.ts';
import { inOrder, readNodes } from './read-nodes.ts';
import { shownSources } from './shown-source.ts';
import type { TranslateInput, Translation } from './translation.ts';

/**
 * The whole way: files → logical text → AST → configuration of each node → cluster → plan.
 * Never throws for bad input: what is wrong is in the diagnostics, and the plan is absent if any of them is an error.
 */
export function translate({ nodes, files, options }: TranslateInput): Translation {
  const readings = readNodes({ nodes, files }, options.keepalived);
  const texts = readings.map(({ text }) => text);
  const configurations = readings.flatMap(({ configuration }) => configuration ?? []);
  const sources = shownSources(texts, configurations);
  const unread = readings.flatMap((reading) => reading.unread);
  // What was read only in part is understood only for its secrets: all else would be said of a text that nobody wrote.
  if (hasErrors(unread)) return { diagnostics: inOrder(unread), sources };
  const readerLines = texts.map((text) => text.readerLines);
  const names = nodes.map(({ name }) => name);
  const diagnostics: Diagnostic[] = [
    ...unread,
    ...readings.flatMap((reading) => reading.diagnostics),
    ...conditionsWithoutNode(names, readerLines.flat()),
  ];
  const cluster = join(nodes, configurations);
  const planned = buildPlan(cluster.value, readerLines, options);
  const body = planned.value;
  const ofTheCluster = [...cluster.diagnostics, ...planned.diagnostics];
  const all = [...diagnostics, ...ofTheCluster];
  if (body && !hasErrors(all)) {
    const elections = electionGroups(cluster.value);
    return { plan: completePlan(body, options.pcs), elections, diagnostics: inOrder(all), sources };
  }
  // Where there is no plan, nobody asks what it assumes and what it loses.
  const errors = ofTheCluster.filter(({ severity }) => severity === 'error');
  return { diagnostics: inOrder([...diagnostics, ...errors]), sources };
}
