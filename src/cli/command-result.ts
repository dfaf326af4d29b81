import type { Diagnostic, Finding, ReportDetails } from '../../grammar/source/diagnostic.ts';
import { report } from '../../grammar/source/diagnostic.ts';
import type { ShownSource } from '../translation.ts';
import { exitCodes } from './cli-io.ts';

/** What a command came to: shown once, at the end, so that a machine's format is one document. */
export interface CommandResult {
  readonly exitCode: number;
  /** For stdout. */
  readonly output: string;
  /** For stderr. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources?: readonly ShownSource[];
  /** The path of a source seen from the working directory, for formats that annotate files. */
  readonly pathOf?: (file: string) => string;
}

/** A command that could not do its work because of how it was called. */
export function wrongUse(finding: Finding, details: ReportDetails): CommandResult {
  return { exitCode: exitCodes.wrongUse, output: '', diagnostics: [report(finding, details)] };
}
