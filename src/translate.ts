import { parse } from '../grammar/parse.ts';
import { readNode } from '../grammar/reader/read-node.ts';
import { type Diagnostic, hasErrors, type Outcome, sortDiagnostics } from '../grammar/source/diagnostic.ts';
import { join } from './cluster/join.ts';
import { completePlan } from './emit/commands.ts';
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
    diagnostics.push(...outcome.diagnostics);
    return outcome.value;
  };
  const texts = nodes.map(({ name, path }) => take(readNode({ path, configId: name, files })));
  const configurations: NodeConfiguration[] = [];
  nodes.forEach(({ name, path }, index) => {
    const text = texts[index];
    // A file that could not be opened has said so; one without text would only add that it has no instance.
    if (!text || text.sources.size === 0) return;
    configurations.push(take(understand(take(parse(text.logical)), name, path === '-' ? '<stdin>' : path)));
  });
  const sources = shownSources(texts, configurations);
  if (configurations.length < nodes.length) return { diagnostics: finished(diagnostics), sources };
  const cluster = take(join(nodes, configurations));
  const readerLines = texts.map((text) => text.readerLines);
  const body = take(buildPlan(cluster, readerLines, options));
  if (!body || hasErrors(diagnostics)) return { diagnostics: finished(diagnostics), sources };
  return { plan: completePlan(body), diagnostics: finished(diagnostics), sources };
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
