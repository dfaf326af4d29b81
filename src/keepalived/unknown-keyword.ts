import type { Directive } from '../../grammar/ast/nodes.ts';
import { lookUp, removedKeywords } from '../../grammar/directives/index.ts';
import type { DirectiveTable } from '../../grammar/directives/spec.ts';
import { suggestElsewhere, suggestKeyword } from '../../grammar/directives/suggest.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { type Span, spanBetween } from '../../grammar/source/span.ts';
import { keepalivedFindings } from './findings.ts';

export interface UnknownWord {
  readonly directive: Directive;
  /** What the block knows that the word stands in. */
  readonly table: DirectiveTable;
  /** The keywords of that block, from the root down. */
  readonly keywords: readonly string[];
  /** Whether to look for what it may have meant. */
  readonly suggests: boolean;
}

/** What there is to say about a word that is no keyword in its block: a likely spelling, or where it would belong. */
export function unknownKeyword({ directive, table, keywords, suggests }: UnknownWord): Diagnostic {
  const [word] = directive.words;
  const where = keywords.length === 0 ? 'at the top level' : `in ${keywords.join('/')}`;
  const common = {
    summary: `unknown keyword '${word.value}' ${where}`,
    detail: 'The daemon reports the line and ignores it.',
    at: word.span,
  };
  if (!suggests) return report(keepalivedFindings.unknownKeyword, common);
  const split = splitKeyword(directive, table);
  if (split) {
    const help = `the blank cuts '${split.text}' in two`;
    return report(keepalivedFindings.unknownKeyword, { ...common, at: split.at, help, suggestion: split });
  }
  const near = suggestKeyword(word.value, table);
  if (near !== undefined) {
    const suggestion = { at: word.span, text: near };
    return report(keepalivedFindings.unknownKeyword, {
      ...common,
      help: `did you mean '${near}'?`,
      suggestion,
    });
  }
  const removed = removedKeywords.find(({ keyword }) => keyword === word.value);
  if (removed) {
    const help = `it was removed after keepalived ${removed.lastSeen}; delete the line`;
    return report(keepalivedFindings.unknownKeyword, { ...common, help });
  }
  const elsewhere = suggestElsewhere(word.value);
  if (elsewhere.length > 0) {
    const blocks = elsewhere
      .slice(0, 3)
      .map(({ keyword, block: home }) => `'${keyword}' in ${home || 'the top level'}`);
    return report(keepalivedFindings.unknownKeyword, {
      ...common,
      help: `the daemon knows ${blocks.join(', ')}`,
    });
  }
  return report(keepalivedFindings.unknownKeyword, common);
}

/** `lb _kind NAT`: two words that are a keyword together. */
function splitKeyword({ words }: Directive, table: DirectiveTable): { at: Span; text: string } | undefined {
  const [first, second] = words;
  const text = first.value + (second?.value ?? '');
  if (!second || second.quoted || !lookUp(table, text)) return undefined;
  return first.span.line === second.span.line
    ? { at: spanBetween(first.span, second.span), text }
    : undefined;
}
