import type { Statement } from '../../grammar/ast/nodes.ts';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import type { TranslateInput } from '../../src/translation.ts';

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const placeKey = ({ file, line, column }: Place) => `${file}:${line}:${column}`;

/** Every directive that the author wrote, found without a look at what the daemon makes of it; with its surroundings. */
function* directivesIn(
  statements: readonly Statement[],
  around: string,
): Generator<{ at: Place; text: string }> {
  for (const statement of statements) {
    if (statement.kind === 'stray-close') continue;
    const text =
      statement.kind === 'directive'
        ? `${around}/${statement.words.map(({ value }) => value).join(' ')}`
        : around;
    if (statement.kind === 'directive') yield { at: statement.span, text };
    if (statement.block) yield* directivesIn(statement.block.statements, text);
  }
}

/** By place: the different things that stand there. A place that a sequence or a definition repeats has several. */
function writtenIn({ nodes, files }: TranslateInput) {
  const directives = new Map<string, Set<string>>();
  const readerLines = new Set<string>();
  for (const { name, path } of nodes) {
    const { value } = readNode({ path, configId: name, files });
    for (const { span } of value.readerLines) readerLines.add(placeKey(span));
    for (const { at, text } of directivesIn(parse(value.logical).value.statements, '')) {
      const key = placeKey(at);
      directives.set(key, (directives.get(key) ?? new Set()).add(text));
    }
  }
  return { directives, readerLines };
}

/** Where the fates of a plan are not one for each directive that was written. */
export interface FateFaults {
  readonly withoutFate: readonly string[];
  readonly withoutDirective: readonly string[];
  readonly tooMany: readonly string[];
  readonly twice: readonly string[];
}

export function fateFaults(input: TranslateInput, plan: Plan): FateFaults {
  const { directives, readerLines } = writtenIn(input);
  const counts = new Map<string, number>();
  const keys = new Map<string, number>();
  for (const fate of plan.fates) {
    counts.set(placeKey(fate), (counts.get(placeKey(fate)) ?? 0) + 1);
    const key = `${placeKey(fate)} ${fate.path}`;
    keys.set(key, (keys.get(key) ?? 0) + 1);
  }
  const most = (key: string) => (directives.get(key)?.size ?? 0) + (readerLines.has(key) ? 1 : 0);
  return {
    withoutFate: [...directives.keys()].filter((key) => !counts.has(key)),
    withoutDirective: [...counts.keys()].filter((key) => !directives.has(key) && !readerLines.has(key)),
    tooMany: [...counts].flatMap(([key, count]) => (count > most(key) ? [key] : [])),
    twice: [...keys].flatMap(([key, count]) => (count > 1 ? [key] : [])),
  };
}

export const noFateFaults: FateFaults = { withoutFate: [], withoutDirective: [], tooMany: [], twice: [] };
