import { type Diagnostic, report } from '../source/diagnostic.ts';
import { isAtLeast, type Release } from '../source/release.ts';
import type { Span } from '../source/span.ts';
import { readerFindings } from './findings.ts';

/**
 * From 2.2.0 on the parent process writes what it reads into a copy, from which its children read: the lines of all files,
 * but without the lines that are an include as they stand. An include that only shows behind a brace, an `@id`, a `~SEQ` or
 * a definition stays in the copy, with the lines of its file behind it. So a child reads the file itself, and then these
 * lines. Measured with 2.2.4, 2.2.7 and 2.2.8; with 2.1.5, which has no copy, there is one reading.
 */
export function childrenReadTwice(release: Release): boolean {
  return isAtLeast(release, '2.2.0') && !isAtLeast(release, '2.3.0');
}

/** A child that reads from the copy takes the first character of a line for the copy's own signs, also in such a file. */
const copySign = /^#/m;

export function includeReadTwice(
  release: Release,
  texts: readonly string[],
  at: Span,
): Diagnostic | undefined {
  if (!isAtLeast(release, '2.2.0')) return undefined;
  const crashes = texts.some((text) => copySign.test(text));
  return report(readerFindings.includeReadTwice, {
    summary: 'an include that is not first on its line is read twice',
    detail: `${consequence(release)}${crashes ? ' A # at the start of a line of the file makes the daemon crash.' : ''}`,
    at,
    help: 'put the include on a line of its own',
  });
}

function consequence(release: Release): string {
  if (childrenReadTwice(release)) return 'What the file holds is there twice: addresses, routes, rules.';
  if (isAtLeast(release, '2.4.0')) return 'From 2.3.3 on the daemon drops the second of two equal addresses.';
  return 'keepalived 2.3.3 and 2.3.4 never come to the end of such a configuration.';
}

/** From 2.1 on all rounds of a `~SEQ` are over before a line of a file is read, and the file opened last is read first. */
export function filesWaitForRounds(release: Release): boolean {
  return isAtLeast(release, '2.1.0');
}

export function filesInReverse(at: Span): Diagnostic {
  return report(readerFindings.filesInReverse, {
    summary: 'the files of this include are read in the reverse order',
    detail:
      'The daemon opens a file in each round and reads none before the last round. A path is looked up from the folder of the file that the round before has opened.',
    at,
    help: 'write one include line for each file, or one with a wildcard',
  });
}
