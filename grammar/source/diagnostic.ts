import { compareSpans, type Span } from './span.ts';

/** `error`: nothing is translated. `warning`: read on, the result differs from what one would think. `note`: good to know. */
export type Severity = 'error' | 'warning' | 'note';

/** A kind of finding. Its code never changes its meaning and is never used again. */
export interface Finding {
  /** `KP` and three digits: 0xx reading and parsing, 1xx one node, 2xx across nodes, 3xx mapping, 4xx use. */
  readonly code: string;
  readonly severity: Severity;
  /** What it is, in one line, without a particular user's text. */
  readonly title: string;
  /** What the daemon does, why it matters, what to do: the page behind `kp2pcm explain KP…`. */
  readonly explanation: string;
}

export interface Note {
  readonly text: string;
  readonly at?: Span;
}

/** The one record for everything that any stage has to say. Text for people is made from it at the edge. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** Lower case, no full stop, the user's own text in it. Stands alone. */
  readonly summary: string;
  /** What the daemon does with it, or why it matters. */
  readonly detail?: string;
  readonly at?: Span;
  readonly notes: readonly Note[];
  /** What to do. */
  readonly help?: string;
  /** The text that should stand at `at`, only where that is certain. */
  readonly suggestion?: { readonly at: Span; readonly text: string };
}

/** What every stage returns: a value, always, and what there is to say about it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReportDetails {
  readonly summary: string;
  readonly detail?: string | undefined;
  readonly at?: Span | undefined;
  readonly notes?: readonly Note[] | undefined;
  readonly help?: string | undefined;
  readonly suggestion?: { readonly at: Span; readonly text: string } | undefined;
}

/** Makes a diagnostic of a finding. */
export function report(finding: Finding, details: ReportDetails): Diagnostic {
  const { summary, detail, at, notes, help, suggestion } = details;
  return {
    code: finding.code,
    severity: finding.severity,
    summary,
    notes: notes ?? [],
    ...(detail !== undefined && { detail }),
    ...(at !== undefined && { at }),
    ...(help !== undefined && { help }),
    ...(suggestion !== undefined && { suggestion }),
  };
}

const severityOrder: Record<Severity, number> = { error: 0, warning: 1, note: 2 };

/** The order of output: by place, those without a place last; then severity, code, text. Same input, same order. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    if (a.at && b.at) {
      const byPlace = compareSpans(a.at, b.at);
      if (byPlace !== 0) return byPlace;
    } else if (a.at || b.at) {
      return a.at ? -1 : 1;
    }
    return (
      severityOrder[a.severity] - severityOrder[b.severity] ||
      compareText(a.code, b.code) ||
      compareText(a.summary, b.summary)
    );
  });
}

/**
 * No stage reports more of one text: what is wrong in more than so many places is no configuration, and listing millions
 * of findings would take minutes and gigabytes. Every directive still has its fate.
 */
export const findingsPerStage = 1000;

/** Orders by code units, so that the locale of the machine has no say. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}
