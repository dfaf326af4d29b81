import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { SslClient } from './lvs-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

/** The last SSL block is the one that counts. */
export function readSslClient(blocks: readonly BoundDirective[], log: ReadingLog): SslClient | undefined {
  const all = blocks.filter((block) => block.directive.words[0].value === 'SSL');
  const block = all.at(-1);
  if (!block) return undefined;
  for (const earlier of all.slice(0, -1)) {
    log.ignore(earlier, 'A later SSL block replaces this one.');
    log.warn(keepalivedFindings.overridden, {
      summary: 'this SSL block is replaced by a later one',
      detail: 'The daemon reports it. Nothing of the earlier block is left.',
      at: earlier.directive.span,
      notes: [{ text: 'the one that counts is here', at: block.directive.span }],
    });
  }
  const read = (keyword: string) =>
    log.last<string | undefined>(block, keyword, undefined, (bound) =>
      argumentsOf(bound).length === 0 ? { problem: 'it has no value' } : { value: argumentOf(bound) },
    ).value;
  const [caFile, certificateFile, keyFile] = [read('ca'), read('certificate'), read('key')];
  return {
    directive: block,
    hasPassword: childrenNamed(block, 'password').some((line) => argumentsOf(line).length > 0),
    ...(caFile !== undefined && { caFile }),
    ...(certificateFile !== undefined && { certificateFile }),
    ...(keyFile !== undefined && { keyFile }),
  };
}
