import type { Finding } from '../../grammar/source/diagnostic.ts';

/** The part of docs/messages.md that the catalogue gives: a heading and an explanation for each code. */
export function messageList(catalogue: readonly Finding[]): string {
  return catalogue
    .map(
      ({ code, severity, title, explanation }) =>
        `### ${code}: ${title}\n\n*${severity}.* ${explanation.replaceAll('\n', '\n\n').replaceAll('<', '\\<')}`,
    )
    .join('\n\n');
}
