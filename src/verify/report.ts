import type { Fate, Place } from '../pacemaker/plan.ts';
import type { Difference, Verification } from './compare.ts';
import { linesOf } from './deviations.ts';
import { differenceInWords, scenarioInWords } from './words.ts';

/** Tools with their versions, as they say them. */
export type ToolVersions = Readonly<Record<string, string>>;

/** A kind of difference as reports show it. */
export interface ReportedDifference {
  readonly group: string;
  readonly announced: boolean;
  /** Codes of the messages that announce it. */
  readonly codes: readonly string[];
  readonly sentence: string;
  readonly events: readonly string[];
  readonly keepalived: readonly (readonly string[])[];
  readonly pacemaker: readonly string[];
  readonly scenarios: number;
  readonly lines: readonly Place[];
  readonly fates: readonly Fate[];
}

/** What a verification came to, as data. */
export interface VerificationReport {
  readonly format: 'kp2pcm.verify/1';
  readonly agrees: boolean;
  readonly scenarios: number;
  /** Sequences of two changes that were not played, since there are too many. */
  readonly pairsLeftOut: number;
  readonly compared: number;
  readonly seed: number;
  readonly tools: ToolVersions;
  readonly leftOut: readonly string[];
  readonly differences: readonly ReportedDifference[];
}

/** Unannounced differences first, then the announced ones; the simplest first. */
export function reportOf(
  { scenarios, compared, differences, leftOut }: Verification,
  run: Pick<VerificationReport, 'seed' | 'tools' | 'pairsLeftOut'>,
): VerificationReport {
  const reported = differences.map(reportDifference);
  const announced = reported.filter((difference) => difference.announced);
  const unannounced = reported.filter((difference) => !difference.announced);
  return {
    format: 'kp2pcm.verify/1',
    agrees: unannounced.length === 0,
    scenarios,
    pairsLeftOut: run.pairsLeftOut,
    compared,
    seed: run.seed,
    tools: run.tools,
    leftOut,
    differences: [...unannounced, ...announced],
  };
}

function reportDifference(difference: Difference): ReportedDifference {
  const { group, scenario, expected, found, announcedBy, count, election, isMinority } = difference;
  const lines = announcedBy ? announcedBy.flatMap((deviation) => deviation.lines) : linesOf(election);
  return {
    group,
    announced: announcedBy !== undefined,
    codes: isMinority ? ['quorum policy'] : [...new Set((announcedBy ?? []).map(({ code }) => code))],
    sentence: differenceInWords(difference),
    events: scenario.map((event) => scenarioInWords([event])),
    keepalived: expected,
    pacemaker: found.nodes,
    scenarios: count,
    lines: isMinority ? [] : distinctLines(lines),
    fates: (announcedBy ?? []).flatMap(({ fates }) => fates),
  };
}

function distinctLines(lines: readonly Place[]): Place[] {
  return [
    ...new Map(
      lines.map(({ file, line, column }) => [`${file}:${line}`, { file, line, column }] as const),
    ).values(),
  ];
}
