import type { FieldChange, PlanChange } from './compare-plans.ts';
import type { ArtefactDiff } from './diff-artefacts.ts';

/** Everything that a comparison found: first what changes in meaning, then in the text of the artefacts. */
export interface Comparison {
  /** Absent: one side has no plan to compare (a stale or broken bundle). */
  readonly changes?: readonly PlanChange[];
  readonly artefacts: readonly ArtefactDiff[];
}

export function isEqual({ changes, artefacts }: Comparison): boolean {
  return (changes ?? []).length === 0 && artefacts.length === 0;
}

/** Longer values are named by their size: they can be read in the artefacts' diff. */
const longestValue = 160;

function valueInWords(value: string): string {
  const lines = value.split('\n').length;
  if (lines > 1) return `(${lines} lines)`;
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}

/** `score: 100 → 150`, or only what is there when one side is missing. */
export function fieldInWords(
  { field, before, after }: FieldChange,
  quote: (value: string) => string,
): string {
  const old = before === undefined ? undefined : quote(valueInWords(before));
  const fresh = after === undefined ? undefined : quote(valueInWords(after));
  if (old !== undefined && fresh !== undefined) return `${field}: ${old} → ${fresh}`;
  return `${field}: ${old ?? fresh ?? ''}`;
}

/** What a change of the text alone means. */
export const noChangeInMeaning = 'No change in meaning: the cluster would be the same.';
export const onlyText = 'Only texts differ: comments, reasons, places in the source.';
export const noDifference = 'No difference.';
export const noPlan = 'What changes in meaning is not known: there is no former plan.json to compare with.';

/** `2 added, 1 changed`. */
export function tally(changes: readonly PlanChange[]): string {
  return (['added', 'removed', 'changed'] as const)
    .map((kind) => [kind, changes.filter((change) => change.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
