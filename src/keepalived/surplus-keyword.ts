import type { Directive, Word } from '../../grammar/ast/nodes.ts';
import { lookUp } from '../../grammar/directives/index.ts';
import type { DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Release } from '../../grammar/source/release.ts';
import { keepalivedFindings } from './findings.ts';

/**
 * The first keyword that stands behind another one on its line: `state BACKUP interface eth0` is a state with surplus
 * words, which the daemon ignores without a message. Words of a script are its own affair.
 */
export function surplusKeyword(
  directive: Directive,
  spec: DirectiveSpec,
  table: DirectiveTable,
  release: Release,
): Diagnostic | undefined {
  if (spec.type === 'script') return undefined;
  const behind = directive.words.slice(1 + spec.minArgs);
  const found = behind.find(({ value, quoted }) => !quoted && lookUp(table, value, release) !== undefined);
  return (
    found &&
    report(keepalivedFindings.surplusWords, {
      summary: `'${found.value}' on the line of ${spec.keyword} does not count`,
      detail: 'The daemon reads one keyword a line and ignores what follows its value, without a message.',
      at: found.span,
      help: 'put each keyword on a line of its own',
    })
  );
}

/** `track_script chk {` tracks nothing: what stands between the keyword of such a block and its brace is no entry. */
export function wordsBeforeBrace(spec: DirectiveSpec, words: readonly Word[]): Diagnostic | undefined {
  const [first] = words;
  if (spec.args !== undefined || !first) return undefined;
  return report(keepalivedFindings.surplusWords, {
    summary: `'${first.value}' before the { of ${spec.keyword} does not count`,
    detail: `The daemon ignores it: ${spec.keyword} takes no name, and its content stands between the braces.`,
    at: first.span,
    help: `write ${spec.keyword} {, and what was meant on a line of its own behind it`,
  });
}
