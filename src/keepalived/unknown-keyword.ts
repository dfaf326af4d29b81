import type { Directive } from '../../grammar/ast/nodes.ts';
import { firstRelease, lookUp } from '../../grammar/directives/index.ts';
import type { DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';
import { suggestElsewhere, suggestKeyword } from '../../grammar/directives/suggest.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, optionFor, type Release } from '../../grammar/source/release.ts';
import { type Span, spanBetween } from '../../grammar/source/span.ts';
import { keepalivedFindings } from './findings.ts';

export interface UnknownWord {
  readonly directive: Directive;
  /** What the block knows that the word stands in. */
  readonly table: DirectiveTable;
  /** The keywords of that block, from the root down. */
  readonly keywords: readonly string[];
  /** That it is read as. */
  readonly release: Release;
  /** Whether to look for what it may have meant. */
  readonly suggests: boolean;
}

/** What there is to say about a word that is no keyword in its block: a likely spelling, or where it would belong. */
export function unknownKeyword(unknown: UnknownWord): Diagnostic {
  const { directive, table, keywords, release, suggests } = unknown;
  const [word] = directive.words;
  const ofOthers = lookUp(table, word.value);
  if (ofOthers) return ofOtherReleases(unknown, ofOthers);
  const where = keywords.length === 0 ? 'at the top level' : `in ${keywords.join('/')}`;
  const common = {
    summary: `unknown keyword '${word.value}' ${where}`,
    detail: fateOfUnknown(release),
    at: word.span,
  };
  if (!suggests) return report(keepalivedFindings.unknownKeyword, common);
  const split = splitKeyword(directive, table, release);
  if (split) {
    const help = `the blank cuts '${split.text}' in two`;
    return report(keepalivedFindings.unknownKeyword, { ...common, at: split.at, help, suggestion: split });
  }
  const near = suggestKeyword(word.value, table, release);
  if (near !== undefined) {
    const suggestion = { at: word.span, text: near };
    return report(keepalivedFindings.unknownKeyword, {
      ...common,
      help: `did you mean '${near}'?`,
      suggestion,
    });
  }
  const elsewhere = suggestElsewhere(word.value, release);
  if (elsewhere.length > 0) {
    const blocks = elsewhere
      .slice(0, 3)
      .map(({ keyword, block: home }) => `'${keyword}' ${home === '' ? 'at the top level' : `in ${home}`}`);
    return report(keepalivedFindings.unknownKeyword, {
      ...common,
      help: `the daemon knows ${blocks.join(', ')}`,
    });
  }
  return report(keepalivedFindings.unknownKeyword, common);
}

/** `lb _kind NAT`: two words that are a keyword together. */
function splitKeyword(
  { words }: Directive,
  table: DirectiveTable,
  release: Release,
): { at: Span; text: string } | undefined {
  const [first, second] = words;
  const text = first.value + (second?.value ?? '');
  if (!second || second.quoted || !lookUp(table, text, release)) return undefined;
  return first.span.line === second.span.line
    ? { at: spanBetween(first.span, second.span), text }
    : undefined;
}

/** Up to 1.2.19 the daemon says nothing of a line that it does not know. */
function fateOfUnknown(release: Release): string {
  return isAtLeast(release, '1.2.20')
    ? 'The daemon reports the line and ignores it.'
    : 'The daemon ignores the line, without a message.';
}

/** A keyword that the release does not know yet, or no longer. */
function ofOtherReleases({ directive, keywords, release }: UnknownWord, spec: DirectiveSpec): Diagnostic {
  const [word] = directive.words;
  const where = keywords.length === 0 ? '' : ` in ${keywords.join('/')}`;
  const { until } = spec;
  const isGone = until !== undefined && isAtLeast(release, until);
  const first = firstRelease(spec.since);
  const when = isGone
    ? `was known up to ${until}`
    : `is known since ${first ?? `after ${spec.since.slice(1)}`}`;
  const option = isGone ? optionFor(until) : first && optionFor(first);
  const other = option && `read with --keepalived ${option} if the host runs such a release`;
  return report(keepalivedFindings.keywordOfOtherRelease, {
    summary: `keepalived ${release} does not know '${word.value}'${where}: it ${when}`,
    detail: fateOfUnknown(release),
    at: word.span,
    help:
      other === undefined || isGone ? ['delete the line', ...(other ? [other] : [])].join(', or ') : other,
  });
}
