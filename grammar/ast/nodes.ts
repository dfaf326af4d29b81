import type { Span } from '../source/span.ts';

/** A word of a directive, as the daemon splits it: quotes are gone, nothing else is. */
export interface Word {
  readonly value: string;
  readonly quoted: boolean;
  readonly span: Span;
}

/** One logical line: a keyword with its words, or an entry of a list; with the block that follows, if any. */
export interface Directive {
  readonly kind: 'directive';
  /** At least one. The first is the keyword, or the first word of an entry. */
  readonly words: readonly [Word, ...Word[]];
  /** The line as the daemon sees it after comments and definitions: script strings are split anew from it. */
  readonly text: string;
  /** A quote was opened and never closed; the daemon drops the rest of the line. */
  readonly unterminatedQuote?: Span;
  readonly span: Span;
  readonly block?: Block;
}

export interface Block {
  readonly open: Span;
  /** Absent: the file ended first. */
  readonly close?: Span;
  readonly statements: readonly Statement[];
}

/** A `{` that follows no directive. */
export interface StrayBlock {
  readonly kind: 'stray-block';
  readonly block: Block;
}

/** A `}` that closes nothing. */
export interface StrayClose {
  readonly kind: 'stray-close';
  readonly span: Span;
}

export type Statement = Directive | StrayBlock | StrayClose;

/** What the author wrote, with the author's nesting; nothing is dropped. */
export interface ConfigurationAst {
  readonly kind: 'configuration';
  readonly statements: readonly Statement[];
}
