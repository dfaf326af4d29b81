import { type TrackKeyword, trackWeights } from '../../grammar/directives/entries.ts';
import type { Span } from '../../grammar/source/span.ts';
import { type BoundDirective, entriesOf } from './bound-directive.ts';
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

/** Reads the entries of track_script or track_interface: NAME [weight N [reverse|noreverse]], one a line; first wins. */
export function readTrackEntries(
  block: BoundDirective,
  keyword: TrackKeyword,
  defaults: DefaultWeight,
  log: ReadingLog,
): TrackEntry[] {
  const entries: TrackEntry[] = [];
  for (const entry of entriesOf(block, keyword)) {
    const name = entry.directive.words[0].value;
    const known = defaults(name, entry);
    if (!known) continue;
    const earlier = entries.find((other) => other.name === name);
    if (earlier) {
      log.repeated(entry, earlier.from, `entry ${name}`);
      continue;
    }
    const read = readWeight(entry, known, keyword, log);
    if (read) entries.push({ name, ...read, from: entry });
  }
  return entries;
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

function readWeight(
  entry: BoundDirective,
  known: { weight: number; reverse: boolean },
  keyword: TrackKeyword,
  log: ReadingLog,
): { weight: number; reverse: boolean } | undefined {
  const [, second, third, fourth] = entry.directive.words;
  if (!second) return known;
  if (second.value !== 'weight' || !third) {
    const reason = `'${second.value}' after ${entry.directive.words[0].value} drops the entry`;
    log.ignore(entry, `The daemon drops the entry: ${reason}.`);
    log.warn(keepalivedFindings.surplusWords, {
      summary: reason,
      detail: `The daemon reads one name a line in ${keyword}; only a weight may follow.`,
      at: second.span,
      help: 'put each name on a line of its own, or write NAME weight NUMBER',
      suggestion: trackedApart(entry),
    });
    return undefined;
  }
  const { min, max, taken } = trackWeights[keyword];
  const reading = readLeadingWhole(third.value, -taken, taken);
  const given = 'value' in reading ? reading.value : reading.instead;
  if ('problem' in reading) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `weight ${third.value} is not a number from ${min} to ${max}`,
      detail:
        given === undefined
          ? `The daemon keeps the entry with the weight of its definition, ${known.weight}.`
          : `The daemon reports it and uses ${given}.`,
      at: third.span,
      help: `give a weight from ${min} to ${max}`,
    });
  }
  const weight = given === undefined ? known.weight : Math.max(min, Math.min(max, given));
  const reverse = fourth?.value === 'reverse' ? true : fourth?.value === 'noreverse' ? false : known.reverse;
  return { weight, reverse };
}
