import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import { countSeverities } from './counts.ts';

/** The version of the JSON shape. Fields may be added under one number; a change of meaning takes the next. */
export const diagnosticsFormat = 'kp2pcm.diagnostics/1';

/** All diagnostics, in the order given, as one JSON document with a final newline. Nothing is merged or left out. */
export function renderJson(diagnostics: readonly Diagnostic[]): string {
  const document = {
    format: diagnosticsFormat,
    counts: countSeverities(diagnostics),
    diagnostics: diagnostics.map(plainDiagnostic),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A diagnostic in JSON: its fields in one order; one that has nothing to say is left out. */
export function plainDiagnostic(diagnostic: Diagnostic): Diagnostic {
  const { code, severity, summary, detail, at, notes, help, suggestion } = diagnostic;
  return {
    code,
    severity,
    summary,
    ...(detail !== undefined && { detail }),
    ...(at !== undefined && { at }),
    notes,
    ...(help !== undefined && { help }),
    ...(suggestion !== undefined && { suggestion }),
  };
}
