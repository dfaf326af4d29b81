import { isAtLeast } from '../../grammar/source/release.ts';
import { type BoundDirective, entriesOf } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { TrackEntry } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';

/** The weight that an entry without its own takes, or undefined when nothing of that name is known yet. */
export type DefaultWeight = (
  name: string,
  entry: BoundDirective,
) => { weight: number; reverse: boolean } | undefined;

/** Reads the entries of track_script or track_interface: NAME [weight N [reverse|noreverse]], one a line; first wins. */
export function readTrackEntries(
  block: BoundDirective,
  keyword: 'track_script' | 'track_interface',
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

function readWeight(
  entry: BoundDirective,
  known: { weight: number; reverse: boolean },
  keyword: string,
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
      at: entry.directive.span,
      help: 'put each name on a line of its own, or write NAME weight NUMBER',
    });
    return undefined;
  }
  const reading = readLeadingWhole(third.value, -254, 254);
  const given = 'value' in reading ? reading.value : reading.instead;
  if ('problem' in reading) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `weight ${third.value} is not a number from -253 to 253`,
      detail:
        given === undefined
          ? `The daemon keeps the entry with the weight of its definition, ${known.weight}.`
          : `The daemon reports it and uses ${given}.`,
      at: third.span,
      help: 'give a weight from -253 to 253',
    });
  }
  // 254 passes the daemon's check and is read as 253 from 2.0 on.
  const most = isAtLeast(log.release, '2.0.0') ? 253 : 254;
  const weight = given === undefined ? known.weight : Math.max(-most, Math.min(most, given));
  const says = isAtLeast(log.release, '2.0.18') ? fourth?.value : undefined;
  const reverse = says === 'reverse' ? true : says === 'noreverse' ? false : known.reverse;
  return { weight, reverse };
}
