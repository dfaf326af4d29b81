import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readDefinitionWeight } from './definition-weight.ts';
import { dropOption } from './entry-messages.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';
import type { TrackedFile } from './tracked-objects.ts';
import { readStrictWhole } from './values.ts';

/** Reads a track_file block. Undefined where the daemon removes it: it names no file. */
export function readTrackFile(block: BoundDirective, log: ReadingLog): TrackedFile | undefined {
  const name = argumentOf(block);
  const [first, ...repeats] = childrenNamed(block, 'file').filter(
    ({ directive }) => directive.words.length > 1,
  );
  if (!first) {
    removeDefinition(block, `track_file ${name}`, 'it names no file', log);
    return undefined;
  }
  for (const repeat of repeats) log.repeated(repeat, first, 'file');
  const initial = readInitial(block, log);
  const rule = { limit: 254, fallback: 1, firstWins: true, keepsReverse: true };
  return {
    name,
    directive: block,
    path: argumentOf(first),
    ...readDefinitionWeight(block, rule, log),
    ...(initial && { initial }),
  };
}

/** The last init_file counts; of several numbers on it the last. */
function readInitial(block: BoundDirective, log: ReadingLog): TrackedFile['initial'] {
  const lines = childrenNamed(block, 'init_file');
  const line = lines.at(-1);
  if (!line) return undefined;
  for (const earlier of lines.slice(0, -1)) log.ignore(earlier, 'A later init_file counts.');
  let value = 0;
  let overwrite = false;
  for (const text of argumentsOf(line)) {
    if (/^\s*[-\d]/.test(text)) {
      const negative = /^\s*-/.test(text);
      const number = readStrictWhole(text.replace('-', ''), 0, negative ? 2_147_483_648 : 2_147_483_647);
      if (number === undefined)
        dropOption(log, line, `init_file ${text}`, 'not a whole number, and 0 is written');
      value = number === undefined ? 0 : negative ? -number : number;
    } else if (text.trimStart() === 'overwrite') overwrite = true;
    else dropOption(log, line, `init_file ${text}`, 'neither a number nor overwrite');
  }
  return { value, overwrite };
}

export function removeDefinition(block: BoundDirective, what: string, reason: string, log: ReadingLog): void {
  log.ignore(block, `The daemon removes it: ${reason}.`);
  log.warn(keepalivedFindings.definitionRemoved, {
    summary: `${what} is removed: ${reason}`,
    detail: 'Entries that name it are ignored: the instance runs as if it were not tracked.',
    at: block.directive.span,
    help: 'complete it, or delete it together with the entries that name it',
  });
}
