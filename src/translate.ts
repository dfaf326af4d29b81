import { parse } from '../grammar/parse.ts';
import { readNode } from '../grammar/reader/read-node.ts';
import { type Diagnostic, hasErrors, type Outcome, sortDiagnostics } from '../grammar/source/diagnostic.ts';
import { electionGroups } from './cluster/election-groups.ts';
import { join } from './cluster/join.ts';
import { completePlan } from './emit/commands.ts';
import { conditionsWithoutNode } from './keepalived/conditions.ts';
import type { NodeConfiguration } from './keepalived/node-configuration.ts';
import { understand } from './keepalived/understand.ts';
import { buildPlan } from './pacemaker/build-plan.ts';
import { shownSources } from './shown-source.ts';
import type { TranslateInput, Translation } from './translation.ts';

/**
 * The whole way: files → logical text → AST → configuration of each node → cluster → plan.
 * Never throws for bad input: what is wrong is in the diagnostics, and the plan is absent if any of them is an error.
 */
export function translate({ nodes, files, options }: TranslateInput): Translation {
  const diagnostics: Diagnostic[] = [];
  const take = <T>(outcome: Outcome<T>): T => {
    for (const diagnostic of outcome.diagnostics) diagnostics.push(diagnostic);
    return outcome.value;
  };
  const texts = nodes.map(({ name, path }) => take(readNode({ path, configId: name, files })));
  // What was read only in part is understood only for its secrets: all else would be said of a text that nobody wrote.
  const unread = hasErrors(diagnostics) ? [...diagnostics] : undefined;
  const configurations: NodeConfiguration[] = [];
  nodes.forEach(({ name, path }, index) => {
    const text = texts[index];
    if (!text || text.sources.size === 0) return;
    configurations.push(take(understand(take(parse(text.logical)), name, path === '-' ? '<stdin>' : path)));
  });
  const sources = shownSources(texts, configurations);
  if (unread) return { diagnostics: finished(unread), sources };
  const readerLines = texts.map((text) => text.readerLines);
  const names = nodes.map(({ name }) => name);
  for (const diagnostic of conditionsWithoutNode(names, readerLines.flat())) diagnostics.push(diagnostic);
  const cluster = join(nodes, configurations);
  const planned = buildPlan(cluster.value, readerLines, options);
  const body = planned.value;
  const ofTheCluster = [...cluster.diagnostics, ...planned.diagnostics];
  const all = [...diagnostics, ...ofTheCluster];
  if (body && !hasErrors(all)) {
    const elections = electionGroups(cluster.value);
    return { plan: completePlan(body), elections, diagnostics: finished(all), sources };
  }
  // Where there is no plan, nobody asks what it assumes and what it loses.
  const errors = ofTheCluster.filter(({ severity }) => severity === 'error');
  return { diagnostics: finished([...diagnostics, ...errors]), sources };
}

/** Sorted by place; what several nodes say of one shared line is said once. */
function finished(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return sortDiagnostics(diagnostics).filter((diagnostic) => {
    const key = JSON.stringify(diagnostic);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
