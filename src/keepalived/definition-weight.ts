import { argumentOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';

/** How the weight lines of a definition are read. */
interface WeightRule {
  readonly limit: number;
  /** The weight without a line. */
  readonly fallback: number;
  /** A line counts as long as the weight is still the fallback; else the last one counts. */
  readonly firstWins: boolean;
  /** `reverse` counts even on a line whose number is refused. */
  readonly keepsReverse: boolean;
}

/** Reads `weight N [reverse]` of a track_file, a vrrp_track_process or a bfd_instance. */
export function readDefinitionWeight(
  block: BoundDirective,
  rule: WeightRule,
  log: ReadingLog,
): { weight: number; reverse: boolean } {
  let { fallback: weight } = rule;
  let reverse = false;
  let used: BoundDirective | undefined;
  for (const line of childrenNamed(block, 'weight')) {
    if (line.directive.words.length === 1) {
      log.ignore(line, 'No number follows: the daemon reports the line and ignores it.');
      continue;
    }
    if (rule.firstWins && weight !== rule.fallback) {
      if (used) log.repeated(line, used, 'weight');
      continue;
    }
    const reading = readLeadingWhole(argumentOf(line), -rule.limit, rule.limit);
    const value = 'value' in reading ? reading.value : reading.instead;
    if ('problem' in reading) reportWeight(line, reading.problem, value, rule, log);
    if (value !== undefined) weight = value;
    if (value !== undefined || rule.keepsReverse) {
      if (argumentOf(line, 1) === 'reverse') reverse = true;
      used = line;
    }
  }
  return { weight, reverse };
}

function reportWeight(
  line: BoundDirective,
  problem: string,
  value: number | undefined,
  { fallback, limit }: WeightRule,
  log: ReadingLog,
): void {
  if (value === undefined) log.ignore(line, `${problem}; the daemon ignores the number.`);
  log.warn(keepalivedFindings.valueNotUsed, {
    summary: `weight ${argumentOf(line)}: ${problem}`,
    detail: `The daemon reports it and uses ${value ?? fallback}.`,
    at: line.directive.span,
    help: `give a weight from -${limit} to ${limit}`,
  });
}
