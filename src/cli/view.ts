import { catalogue } from '../diagnostics/catalogue.ts';
import { noColours, terminalColours } from '../diagnostics/colours.ts';
import { renderGithub } from '../diagnostics/render-github.ts';
import { renderHuman } from '../diagnostics/render-human.ts';
import { renderJson } from '../diagnostics/render-json.ts';
import { renderSarif } from '../diagnostics/render-sarif.ts';
import { version } from '../version.ts';
import type { CliIo, TextSink } from './cli-io.ts';
import type { CommandResult } from './command-result.ts';
import type { Presentation } from './invocation.ts';

/** Whether to paint what goes to a stream; NO_COLOR counts when it is set and not empty (no-color.org). */
export function wantsColour(stream: TextSink, { env }: CliIo, color: Presentation['color']): boolean {
  if (color !== 'auto') return color === 'always';
  return stream.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
}

/** Puts a result out: the product to stdout, what there is to say to stderr, in the format that was asked for. */
export function showResult(result: CommandResult, presentation: Presentation, io: CliIo): void {
  const said = renderDiagnostics(result, presentation, io);
  if (said !== '') io.stderr.write(said);
  if (result.output !== '') io.stdout.write(result.output);
}

function renderDiagnostics(
  result: CommandResult,
  { diagnostics: format, color }: Presentation,
  io: CliIo,
): string {
  const { diagnostics, sources = [], pathOf } = result;
  if (format === 'json') return renderJson(diagnostics);
  if (format === 'github') return renderGithub(diagnostics, pathOf);
  if (format === 'sarif')
    return renderSarif(diagnostics, { version, findings: catalogue, ...(pathOf && { pathOf }) });
  const colours = wantsColour(io.stderr, io, color) ? terminalColours : noColours;
  return renderHuman(diagnostics, { sources, colours });
}
