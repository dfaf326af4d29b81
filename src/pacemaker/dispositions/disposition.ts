import type { FateInWords, LossKind } from '../plan.ts';

/**
 * What becomes of a keyword that no mapping rule speaks for, and why, in words for whoever runs the cluster.
 * `reason`: what it did in Keepalived and what that means after the migration. `wayOut`: what to do by hand, or against
 * the difference. Both are one line and end with a full stop; commands stand in backquotes.
 */
export type Disposition = FateInWords & { readonly fate: LossKind | 'equivalent' | 'not-needed' };

/** A block: what becomes of itself, of the keywords named in `inside`, and, as of itself, of all the rest in it. */
export interface BlockDisposition {
  readonly own: Disposition;
  readonly inside: DispositionTable;
}

/** Keywords of one block. */
export type DispositionTable = Readonly<Record<string, Disposition | BlockDisposition>>;

/** The same result by other means. */
export function equivalent(reason: string): Disposition {
  return { fate: 'equivalent', reason };
}

/** Nearly the same; the reason says where it differs. */
export function approximate(reason: string, wayOut: string): Disposition & { readonly wayOut: string } {
  return { fate: 'approximate', reason, wayOut };
}

/** No meaning after the migration. */
export function notNeeded(reason: string): Disposition {
  return { fate: 'not-needed', reason };
}

/** A person has to do it; the reason says what happens otherwise. */
export function manual(reason: string, wayOut: string): Disposition {
  return { fate: 'manual', reason, wayOut };
}

/** Several keywords, named in one string, that share a disposition. */
export function sharing(disposition: Disposition, keywords: string): DispositionTable {
  return Object.fromEntries(
    keywords
      .trim()
      .split(/\s+/)
      .map((keyword) => [keyword, disposition]),
  );
}
