import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readDefinitionWeight } from './definition-weight.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';
import { removeDefinition } from './track-file.ts';
import type { TrackedProcess } from './tracked-objects.ts';
import { allowed, allowedMs, readLenientWhole, readSecondsMs } from './values.ts';

/** Reads a vrrp_track_process block. Undefined where the daemon removes it: it names no process. */
export function readTrackProcess(block: BoundDirective, log: ReadingLog): TrackedProcess | undefined {
  const name = argumentOf(block);
  const [first, ...repeats] = childrenNamed(block, 'process');
  if (!first) {
    removeDefinition(block, `vrrp_track_process ${name}`, 'it names no process', log);
    return undefined;
  }
  for (const repeat of repeats) log.repeated(repeat, first, 'process');
  const argv = argumentsOf(first);
  const argumentMatch = readMatch(block, first, log);
  const rule = { limit: 254, fallback: 0, firstWins: true, keepsReverse: false };
  return {
    name,
    directive: block,
    argv,
    ...(argumentMatch && { argumentMatch }),
    fullCommand:
      argv.length > 1 || argumentMatch !== undefined || log.flag(block, 'full_command') !== undefined,
    ...readQuorum(block, log),
    ...readDefinitionWeight(block, rule, log),
    terminateDelayMs: readDelay(block, 'terminate_delay', log),
    forkDelayMs: readDelay(block, 'fork_delay', log),
  };
}

/** The last valid param_match counts; arguments alone mean an exact match. */
function readMatch(
  block: BoundDirective,
  process: BoundDirective,
  log: ReadingLog,
): TrackedProcess['argumentMatch'] {
  const fallback = argumentsOf(process).length > 1 ? 'exact' : undefined;
  return log.last<TrackedProcess['argumentMatch']>(block, 'param_match', fallback, (line) => {
    const [word] = argumentsOf(line);
    if (word === undefined) return { value: 'exact' };
    if (word === 'initial' || word === 'partial') return { value: word };
    return { problem: 'neither initial nor partial' };
  }).value;
}

/** Each line must agree with what the earlier ones have made of the other limit. */
function readQuorum(block: BoundDirective, log: ReadingLog): Pick<TrackedProcess, 'quorum' | 'quorumMax'> {
  let quorum = 1;
  let quorumMax: number | undefined;
  for (const line of childrenNamed(block, 'quorum', 'quorum_max')) {
    const keyword = line.directive.words[0].value;
    const reading = readLenientWhole(line, ...allowed(line));
    const value = 'value' in reading ? reading.value : reading.instead;
    const problem = value === undefined ? 'problem' in reading && reading.problem : conflict(keyword, value);
    if (problem || value === undefined) {
      log.ignore(line, `${problem}; the daemon ignores the line.`);
      log.warn(keepalivedFindings.valueNotUsed, {
        summary: `${keyword} ${argumentOf(line)}: ${problem}`,
        detail: 'The daemon reports it and ignores the line.',
        at: line.directive.span,
        help: 'give a quorum that is not above quorum_max',
      });
    } else if (keyword === 'quorum') quorum = value;
    else {
      quorumMax = value;
      quorum = value === 0 ? 0 : Math.max(1, quorum);
    }
  }
  return { quorum, ...(quorumMax !== undefined && { quorumMax }) };

  function conflict(keyword: string, value: number): string | undefined {
    if (keyword === 'quorum') return value > (quorumMax ?? Infinity) ? 'above quorum_max' : undefined;
    return (value > 0 || quorum > 1) && value < quorum ? 'below quorum' : undefined;
  }
}

/** `delay` stands for both. */
function readDelay(block: BoundDirective, keyword: string, log: ReadingLog): number {
  return log.last(block, ['delay', keyword], 0, (line) => readSecondsMs(line, ...allowedMs(line))).value;
}
