import { compareFile, type FileComparison } from './compare-file.ts';
import { configIdsOf } from './configuration-files.ts';
import { explanations } from './explained.ts';
import type { Judge } from './judge.ts';
import { Stage } from './stage.ts';

/** What came out of several files, each for every node that it distinguishes. */
export interface Summary {
  readonly comparisons: readonly FileComparison[];
  /** How often each explanation was needed, by its name. */
  readonly uses: ReadonlyMap<string, number>;
}

export async function compareAll(
  judge: Judge,
  files: readonly string[],
  onComparison: (comparison: FileComparison) => void = () => {},
): Promise<Summary> {
  const stage = new Stage(judge);
  const comparisons: FileComparison[] = [];
  const uses = new Map(explanations.map(({ name }) => [name, 0]));
  try {
    for (const file of files) {
      for (const configId of configIdsOf(file)) {
        const comparison = await comparePatiently(file, configId, stage);
        comparisons.push(comparison);
        for (const { by } of comparison.explained) uses.set(by.name, (uses.get(by.name) ?? 0) + 1);
        onComparison(comparison);
      }
    }
  } finally {
    stage.close();
  }
  return { comparisons, uses };
}

/** A dump that was cut short on a busy machine shows as a difference: then the daemon is asked once more, and given time. */
async function comparePatiently(file: string, configId: string, stage: Stage): Promise<FileComparison> {
  const first = await compareFile(file, configId, stage);
  if (first.unexplained.length === 0 && !first.lacksServers) return first;
  const { quietMs } = stage;
  stage.quietMs = patientMs;
  try {
    return await compareFile(file, configId, stage);
  } finally {
    stage.quietMs = quietMs;
  }
}

const patientMs = 2000;

/** The counts in one line. */
export function summaryLine({ comparisons }: Summary): string {
  const total = (count: (comparison: FileComparison) => number) =>
    comparisons.reduce((sum, comparison) => sum + count(comparison), 0);
  const files = new Set(comparisons.map(({ file }) => file)).size;
  const missing = total(({ lacksServers }) => Number(lacksServers));
  return [
    `${files} files in ${comparisons.length} readings`,
    `${total(({ instances }) => instances)} instances`,
    `${total(({ virtualServers }) => virtualServers)} virtual servers`,
    `${total(({ compared }) => compared)} values compared`,
    `${total(({ explained }) => explained.length)} explained differences`,
    `${total(({ unexplained }) => unexplained.length)} unexplained`,
    ...(missing > 0 ? [`${missing} without a dump of their virtual servers`] : []),
  ].join(', ');
}

/** A comparison's unexplained differences, as lines; empty without any. */
export function shownDifferences({ file, configId, verdict, unexplained }: FileComparison): string {
  if (unexplained.length === 0) return '';
  const head = `${file} as ${configId} (the daemon: ${verdict})`;
  const lines = unexplained.map(
    ({ key, ours, daemon }) => `  ${key}\n    ours:   ${ours}\n    daemon: ${daemon}`,
  );
  return [head, ...lines].join('\n');
}
