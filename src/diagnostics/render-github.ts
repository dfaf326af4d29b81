import type { Diagnostic, Severity } from '../../grammar/source/diagnostic.ts';
import { visibleText } from './visible-text.ts';

const commandOf: Record<Severity, string> = { error: 'error', warning: 'warning', note: 'notice' };

/**
 * One GitHub workflow command per diagnostic, which becomes an annotation of the pull request's file.
 * `pathOf` turns a source's name into its path in the repository.
 */
export function renderGithub(
  diagnostics: readonly Diagnostic[],
  pathOf: (file: string) => string = (file) => file,
): string {
  return diagnostics.map((diagnostic) => `${workflowCommand(diagnostic, pathOf)}\n`).join('');
}

function workflowCommand(diagnostic: Diagnostic, pathOf: (file: string) => string): string {
  const { at, code, severity, summary, detail, help } = diagnostic;
  const properties: [string, string | number][] = [];
  if (at) {
    properties.push(['file', pathOf(at.file)], ['line', at.line], ['endLine', at.endLine]);
    // GitHub refuses columns for an annotation of several lines.
    if (at.endLine === at.line) properties.push(['col', at.column], ['endColumn', at.endColumn]);
  }
  properties.push(['title', `${code}: ${summary}`]);
  const message = [detail ?? summary, help && `help: ${help}`]
    .filter((part) => part !== undefined)
    .join('\n');
  const written = properties.map(([name, value]) => `${name}=${escapeProperty(`${value}`)}`).join(',');
  return `::${commandOf[severity]} ${written}::${escapeData(message)}`;
}

/** A line feed would end the command, and the rest of the text could then start another one. */
function escapeData(text: string): string {
  return visibleText(text.replaceAll('\r', '')).replaceAll('%', '%25').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
