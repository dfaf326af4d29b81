import type { Word } from '../../grammar/ast/nodes.ts';
import type { Span } from '../../grammar/source/span.ts';
import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';

/** Says that the daemon leaves an entry out. */
export function dropEntry(
  log: ReadingLog,
  entry: BoundDirective,
  kind: string,
  reason: string,
  at: Span = entry.directive.span,
): void {
  log.ignore(entry, `The daemon drops the ${kind}: ${reason}.`);
  log.warn(keepalivedFindings.entryDropped, {
    summary: `this ${kind} is dropped: ${reason}`,
    detail: `The daemon reports the ${kind} and leaves it out.`,
    at,
    help: `correct the ${kind}, or delete it`,
  });
}

/** Says that the daemon keeps an entry and does without something in it. */
export function dropOption(log: ReadingLog, entry: BoundDirective, what: string, reason: string): void {
  log.warn(keepalivedFindings.optionDropped, {
    summary: `${what} is not used: ${reason}`,
    detail: 'The daemon reports it and keeps the rest of the entry.',
    at: entry.directive.span,
    help: 'correct the option, or remove it',
  });
}

/** A family that stands alone makes the daemon skip the word behind it. */
export function lostWord(log: ReadingLog, family: Word, lost: string | undefined): void {
  if (lost === undefined) return;
  log.warn(keepalivedFindings.lostWord, {
    summary: `'${lost}' after ${family.value} is lost`,
    detail: 'The daemon skips one word after a family and reads on behind it.',
    at: family.span,
    help: `remove ${family.value}: the addresses say the family`,
  });
}

/** Says that the daemon takes a setting back because of another one. */
export function takeBack(line: BoundDirective, reason: string, log: ReadingLog): void {
  log.ignore(line, `The daemon takes it back: ${reason}.`);
  log.warn(keepalivedFindings.withoutEffect, {
    summary: `${line.directive.words[0].value} has no effect: ${reason}`,
    detail: 'The daemon reports it and takes it back.',
    at: line.directive.span,
    help: 'delete the line, or what excludes it',
  });
}
