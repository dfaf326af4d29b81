import { compareText, type Diagnostic, type Finding } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';

export interface SarifOptions {
  readonly version: string;
  /** Every known finding; those that occur become the run's rules. */
  readonly findings: readonly Finding[];
  /** Turns a source's name into its path in the repository. */
  readonly pathOf?: (file: string) => string;
}

/** The diagnostics as a SARIF 2.1.0 log, which code scanning services read; with a final newline. */
export function renderSarif(diagnostics: readonly Diagnostic[], options: SarifOptions): string {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort(compareText);
  const known = new Map(options.findings.map((finding) => [finding.code, finding]));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'kp2pcm',
            version: options.version,
            rules: codes.map((code) => ruleOf(code, known.get(code))),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, codes, options)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function ruleOf(code: string, finding: Finding | undefined) {
  if (!finding) return { id: code };
  return {
    id: code,
    shortDescription: { text: finding.title },
    fullDescription: { text: finding.explanation },
    defaultConfiguration: { level: finding.severity },
  };
}

function resultOf(
  diagnostic: Diagnostic,
  codes: readonly string[],
  { pathOf = (file) => file }: SarifOptions,
) {
  const { at, code, severity, summary, detail, help, notes, suggestion } = diagnostic;
  const text = [summary, detail, help && `help: ${help}`].filter((part) => part !== undefined).join('\n');
  const related = notes.flatMap((note, index) =>
    note.at ? [{ id: index, message: { text: note.text }, ...locationOf(note.at, pathOf) }] : [],
  );
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text },
    locations: at ? [locationOf(at, pathOf)] : [],
    ...(related.length > 0 && { relatedLocations: related }),
    ...(suggestion && { fixes: [fixOf(suggestion, pathOf)] }),
  };
}

function locationOf(at: Span, pathOf: (file: string) => string) {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(pathOf(at.file)) },
      region: regionOf(at),
    },
  };
}

function regionOf({ line, column, endLine, endColumn }: Span) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function fixOf({ at, text }: { at: Span; text: string }, pathOf: (file: string) => string) {
  return {
    description: { text: `write ${text}` },
    artifactChanges: [
      {
        artifactLocation: { uri: uriOf(pathOf(at.file)) },
        replacements: [{ deletedRegion: regionOf(at), insertedContent: { text } }],
      },
    ],
  };
}

/** A path as a URI reference: everything but the slashes is escaped where URIs need it. */
function uriOf(path: string): string {
  return path.split('/').map(encodeSegment).join('/');
}

/** A lone surrogate has no UTF-8 form, and encodeURIComponent throws on it. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd'));
}
