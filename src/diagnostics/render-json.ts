import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { countSeverities } from './counts.ts';

/** The version of the JSON shape. Fields may be added under one number; a change of meaning takes the next. */
export const diagnosticsFormat = 'kp2pcm.diagnostics/1';

/** All diagnostics, in the order given, as one JSON document with a final newline. Nothing is merged or left out. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const document = {
    format: diagnosticsFormat,
    counts: countSeverities(diagnostics),
    diagnostics: diagnostics.map(({ code, severity, summary, detail, at, notes, help, suggestion }) => ({
      code,
      severity,
      summary,
      detail,
      at,
      notes,
      help,
      suggestion,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
