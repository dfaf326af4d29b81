import type { Span } from '../../grammar/source/span.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';

/** What the kernel takes for a name. */
export function canBeInterface(name: string): boolean {
  return name.length <= 15 && /^[^:/\s]+$/.test(name) && name !== '.' && name !== '..';
}

export function reportImpossibleInterface(option: string, name: string, at: Span, log: ReadingLog): void {
  log.warn(keepalivedFindings.fatalValue, {
    summary: `${option} ${name} cannot be the name of an interface`,
    detail: 'The daemon exits: every interface that an instance names must exist.',
    at,
    help: 'name an interface, one a line',
  });
}
