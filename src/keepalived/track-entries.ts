import type { Word } from '../../grammar/ast/nodes.ts';
import { type TrackKeyword, trackWeights } from '../../grammar/directives/entries.ts';
import { isAtLeast } from '../../grammar/source/release.ts';
import type { Span } from '../../grammar/source/span.ts';
import { type BlockContent, type BoundDirective, entriesOf } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { TrackEntry } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';
import { indentOf, stretch } from './word-text.ts';

/** The weight that an entry without its own takes, or undefined when nothing of that name is known yet. */
export type DefaultWeight = (
  name: string,
  entry: BoundDirective,
) => { weight: number; reverse: boolean } | undefined;

/** Any definition that entries may name. */
interface Definition {
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

/** Keywords whose entries an unknown word after the weight drops; for the others it is only reported. */
const strictKeywords: readonly TrackKeyword[] = ['track_file', 'track_bfd'];

/** Reads the entries of a track block: NAME [weight N [reverse|noreverse]], one a line; of one name the first wins. */
export function readTrackEntries(
  block: BlockContent,
  keyword: TrackKeyword,
  defaults: DefaultWeight,
  log: ReadingLog,
): TrackEntry[] {
  const entries = new Map<string, TrackEntry>();
  for (const entry of entriesOf(block, keyword)) {
    const name = entry.directive.words[0].value;
    const known = defaults(name, entry);
    if (!known) continue;
    const earlier = entries.get(name);
    if (earlier) {
      log.repeated(entry, earlier.from, `entry ${name}`);
      continue;
    }
    const read = readWeight(entry, known, keyword, log);
    if (read) entries.set(name, { name, ...read, from: entry });
  }
  return [...entries.values()];
}

/** `NAME 5` and `NAME weight=5` have a weight, `NAME NAME` is two entries. */
function trackedApart({ directive }: BoundDirective): { at: Span; text: string } | undefined {
  const found = stretch(directive, 0, directive.words.length - 1);
  if (!found) return undefined;
  const { at, text } = found;
  const weighted = /^(\S+)[ \t]+(?:weight[=:][ \t]*)?([+-]?\d+)$/.exec(text);
  if (weighted) return { at, text: `${weighted[1]} weight ${weighted[2]}` };
  const names = text.split(/[ \t]+/);
  const areNames = names.every(
    (name) => /^[A-Za-z_][\w.-]*$/.test(name) && !/^(?:weight|(?:no)?reverse)$/.test(name),
  );
  return areNames ? { at, text: names.join(`\n${indentOf(at)}`) } : undefined;
}

/** Definitions are looked up while the file is read: only those before the entry are found. */
export function defined(
  definitions: ReadonlyMap<string, Definition>,
  keyword: TrackKeyword,
  definition: string,
  log: ReadingLog,
): DefaultWeight {
  return (name, entry) => {
    const found = definitions.get(name);
    if (found) return found;
    log.ignore(entry, `No ${definition} ${name} is defined before this line: the daemon ignores the entry.`);
    log.warn(keepalivedFindings.notTracked, {
      summary: `${keyword} ${name}: no such ${definition} at this point`,
      detail:
        'The daemon looks the name up while it reads and ignores the entry: the instance runs unprotected by it.',
      at: entry.directive.span,
      help: `define ${definition} ${name} above the instance, or correct the name`,
    });
    return undefined;
  };
}

function readWeight(
  entry: BoundDirective,
  known: { weight: number; reverse: boolean },
  keyword: TrackKeyword,
  log: ReadingLog,
): { weight: number; reverse: boolean } | undefined {
  const [, second, third, fourth] = entry.directive.words;
  if (!second) return known;
  if (second.value !== 'weight' || !third) {
    dropForWord(entry, second, keyword, log);
    return undefined;
  }
  const isKnownWord = fourth === undefined || fourth.value === 'reverse' || fourth.value === 'noreverse';
  if (!isKnownWord && strictKeywords.includes(keyword)) {
    dropForWord(entry, fourth, keyword, log);
    return undefined;
  }
  const says = isAtLeast(log.release, '2.0.18') ? fourth?.value : undefined;
  const reverse = says === 'reverse' ? true : says === 'noreverse' ? false : known.reverse;
  return { weight: readNumber(third, known.weight, keyword, log), reverse };
}

function readNumber(
  { value: text, span }: Word,
  fallback: number,
  keyword: TrackKeyword,
  log: ReadingLog,
): number {
  const { min, max, taken } = trackWeights[keyword];
  const reading = readLeadingWhole(text, -taken, taken);
  const given = 'value' in reading ? reading.value : reading.instead;
  if ('problem' in reading) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `weight ${text} is not a number from ${min} to ${max}`,
      detail:
        given === undefined
          ? `The daemon keeps the entry with the weight of its definition, ${fallback}.`
          : `The daemon reports it and uses ${given}.`,
      at: span,
      help: `give a weight from ${min} to ${max}`,
    });
  }
  // A value just outside passes the daemon's check and is then taken as the nearest inside; before 2.0 as it is.
  const [least, most] = isAtLeast(log.release, '2.0.0') ? [min, max] : [-taken, taken];
  if (given === undefined) return fallback;
  const used = Math.max(least, Math.min(most, given));
  if (used !== given) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `weight ${text} is outside ${min} to ${max}`,
      detail: `The daemon reports it and uses ${used}.`,
      at: span,
      help: `give a weight from ${min} to ${max}`,
    });
  }
  return used;
}

function dropForWord(entry: BoundDirective, word: Word, keyword: TrackKeyword, log: ReadingLog): void {
  const reason = `'${word.value}' after ${entry.directive.words[0].value} drops the entry`;
  log.ignore(entry, `The daemon drops the entry: ${reason}.`);
  log.warn(keepalivedFindings.surplusWords, {
    summary: reason,
    detail: `The daemon reads one name a line in ${keyword}; only a weight may follow.`,
    at: word.span,
    help: 'put each name on a line of its own, or write NAME weight NUMBER',
    suggestion: trackedApart(entry),
  });
}
