import { describe, expect, it } from 'vitest';
import type { Statement } from '../../grammar/ast/nodes.ts';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { TranslateInput } from '../../src/translation.ts';
import { named, subjects, translationOf } from './subjects.ts';

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

describe('the fates of a plan', () => {
  it.each(named(subjects))('are one for each directive, no more and no fewer: %s', (_name, subject) => {
    const { plan } = translationOf(subject);
    if (!plan) return;
    const { directives, readerLines } = writtenIn(subject.input);
    const counts = new Map<string, number>();
    for (const fate of plan.fates) counts.set(placeKey(fate), (counts.get(placeKey(fate)) ?? 0) + 1);

    const withoutFate = [...directives.keys()].filter((key) => !counts.has(key));
    expect(withoutFate).toEqual([]);
    const withoutDirective = [...counts.keys()].filter(
      (key) => !directives.has(key) && !readerLines.has(key),
    );
    expect(withoutDirective).toEqual([]);
    const tooMany = [...counts].filter(
      ([key, count]) => count > (directives.get(key)?.size ?? 0) + (readerLines.has(key) ? 1 : 0),
    );
    expect(tooMany).toEqual([]);
    const keys = new Set(plan.fates.map((fate) => `${placeKey(fate)} ${fate.path}`));
    expect(keys.size).toBe(plan.fates.length);
  });

  it('have a reason in a sentence, and a rule', () => {
    for (const subject of subjects) {
      for (const { reason, rule, path } of translationOf(subject).plan?.fates ?? []) {
        expect(reason, path).toMatch(/^\S.*[.]$/s);
        expect(rule, path).not.toBe('');
      }
    }
  });
});
