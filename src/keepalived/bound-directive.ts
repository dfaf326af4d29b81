import type { Directive } from '../../grammar/ast/nodes.ts';
import type { DirectiveSpec } from '../../grammar/directives/spec.ts';
import type { Span } from '../../grammar/source/span.ts';

/** Why the daemon does nothing with a directive. */
export interface Verdict {
  readonly kind: 'unknown' | 'ignored';
  readonly reason: string;
}

/** A directive in the place that the daemon reads it in, which need not be the author's. */
export interface BoundDirective {
  readonly directive: Directive;
  /** A keyword with its words, or an entry of a list. */
  readonly kind: 'keyword' | 'entry';
  /** Readable and free of secrets: `vrrp_instance VI_1/virtual_ipaddress/10.0.0.5/24`. */
  readonly path: string;
  /** Keywords from the root down; an entry has those of its block. */
  readonly keywords: readonly string[];
  /** Of the keyword, or of the block that an entry stands in; absent for an unknown word. */
  readonly spec?: DirectiveSpec;
  readonly children: readonly BoundDirective[];
  readonly verdict?: Verdict;
}

/** The words after the keyword. */
export function argumentsOf(bound: BoundDirective): readonly string[] {
  return bound.directive.words.slice(1).map((word) => word.value);
}

export function argumentOf(bound: BoundDirective, index = 0): string {
  return bound.directive.words[index + 1]?.value ?? '';
}

/** The place of one argument, or of the whole directive where it is missing. */
export function argumentSpan(bound: BoundDirective, index = 0): Span {
  return bound.directive.words[index + 1]?.span ?? bound.directive.span;
}

/** All directives below and including these, in reading order. */
export function* walkBound(directives: readonly BoundDirective[]): Generator<BoundDirective> {
  for (const bound of directives) {
    yield bound;
    yield* walkBound(bound.children);
  }
}

/** What stands in a block, or in all blocks of a name that are one to the daemon. */
export type BlockContent = Pick<BoundDirective, 'children'>;

/** The children with a keyword that the daemon takes notice of, in their order. */
export function childrenNamed({ children }: BlockContent, ...keywords: readonly string[]): BoundDirective[] {
  const byKeyword = indexes.get(children) ?? indexed(children);
  const [only] = keywords;
  if (only !== undefined && keywords.length === 1) return [...(byKeyword.get(only) ?? [])];
  if (!keywords.some((keyword) => byKeyword.has(keyword))) return [];
  return children.filter((child) => isRead(child) && keywords.includes(child.directive.words[0].value));
}

/** An instance is asked for some sixty keywords, of which it has ten. Nothing changes a block's children once it is bound. */
const indexes = new WeakMap<readonly BoundDirective[], ReadonlyMap<string, readonly BoundDirective[]>>();

function indexed(children: readonly BoundDirective[]): ReadonlyMap<string, readonly BoundDirective[]> {
  const byKeyword = new Map<string, BoundDirective[]>();
  for (const child of children) {
    if (!isRead(child)) continue;
    const keyword = child.directive.words[0].value;
    const known = byKeyword.get(keyword);
    if (known) known.push(child);
    else byKeyword.set(keyword, [child]);
  }
  indexes.set(children, byKeyword);
  return byKeyword;
}

function isRead({ kind, verdict }: BoundDirective): boolean {
  return kind === 'keyword' && !verdict;
}

/** The entries of all blocks of these names: repeated blocks add up. */
export function entriesOf(bound: BlockContent, ...keywords: readonly string[]): BoundDirective[] {
  return childrenNamed(bound, ...keywords).flatMap((block) =>
    block.children.filter((child) => child.kind === 'entry' && !child.verdict),
  );
}
