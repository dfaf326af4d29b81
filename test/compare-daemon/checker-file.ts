import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAtLeast } from '../../grammar/source/release.ts';
import { checkerFile } from '../../src/keepalived/checker-file.ts';
import { hasCheckersSaidEnough } from './ask-daemon.ts';
import { readFile } from './compare-file.ts';
import { endOfCheckerDump } from './daemon-servers.ts';
import { namedThings } from './named-things.ts';
import { logEntries } from './old-dumps.ts';
import type { Stage } from './stage.ts';

/** What the daemon makes of a configuration and of the file that is left of it for the checkers. */
export interface CheckerFileComparison {
  readonly file: string;
  readonly configId: string;
  /** Of the dump of the checkers' process. */
  readonly lines: number;
  /** Lines that only one of the two dumps has, in order. */
  readonly differences: readonly string[];
  /** Neither could be asked: the daemon crashes, or does not end its dump in time. */
  readonly unknown: boolean;
}

/** Undefined where there is nothing to balance. */
export async function compareCheckerFile(
  file: string,
  configId: string,
  stage: Stage,
): Promise<CheckerFileComparison | undefined> {
  const dumps = await dumpsOf(file, configId, stage);
  if (!dumps) return undefined;
  const [original, left] = dumps;
  const unknown = !original || !left;
  const differences = unknown ? [] : differenceOf(original, left);
  return { file, configId, lines: original?.length ?? 0, differences, unknown };
}

/** The dumps of both, as far as the daemon gives them. */
async function dumpsOf(file: string, configId: string, stage: Stage) {
  const { release } = stage.judge;
  const read = readFile(file, configId, release);
  const reduced = checkerFile(read.configuration, release);
  if (!reduced || read.errors.length > 0) return undefined;
  const named = namedThings(read.text, read.configuration);
  stage.place(file, named, read.included);
  const original = await dumpOf(file, configId, stage);
  const folder = mkdtempSync(join(tmpdir(), 'checker-file-'));
  try {
    const place = join(folder, 'checker.conf');
    writeFileSync(place, reduced.text);
    stage.place(place, named, []);
    return [original, await dumpOf(place, configId, stage)] as const;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const dumpMs = 15_000;

async function dumpOf(file: string, configId: string, stage: Stage): Promise<string[] | undefined> {
  const noBfd = isAtLeast(stage.judge.release, '2.0.0') ? ['--no_bfd'] : [];
  const words = ['--check', ...noBfd, '--dont-fork', '--log-console', '--log-detail', '--dump-conf'];
  const id = ['--config-id', configId];
  const { output } = await stage.run(file, [...words, ...id], hasCheckersSaidEnough, dumpMs);
  const entries = logEntries(output);
  const [start, end] = [
    entries.findIndex((entry) => entry.includes('------< Global definitions >------')),
    entries.findIndex((entry) => entry.includes(endOfCheckerDump)),
  ];
  return start < 0 || end < start ? undefined : entries.slice(start, end);
}

/** Lines that one dump has and the other has not, each with its sign; the order of the dump counts for those in both. */
function differenceOf(original: readonly string[], left: readonly string[]): string[] {
  const [before, after] = [original, left].map((lines) =>
    lines.filter((line) => dumped.test(line) && !passing.test(line)),
  );
  const only = (lines: readonly string[], others: readonly string[], sign: string) => {
    const rest = new Map<string, number>();
    for (const line of others) rest.set(line, (rest.get(line) ?? 0) + 1);
    return lines.flatMap((line) => {
      const count = rest.get(line) ?? 0;
      rest.set(line, count - 1);
      return count > 0 ? [] : [`${sign} ${line}`];
    });
  };
  const differences = [...only(before ?? [], after ?? [], '-'), ...only(after ?? [], before ?? [], '+')];
  if (differences.length > 0 || before?.join('\n') === after?.join('\n')) return differences;
  return ['the same lines in another order'];
}

/** Other messages, of whatever process, begin at the margin. */
const dumped = /^(?: |------<)/;

/** Of VRRP, or not in the file that kp2pcm writes. */
const passing = new RegExp(
  [
    'VRRP|vrrp| Gratuitous | LVS syncd syncid = ',
    ' Send emails for fault transitions = ',
    ' Dynamic interfaces = | Allow interface changes = | Send advert after receive ',
    ' SNMP RFC| nftables (?:table name|base chain priority|(?:don.t )?force use ifindex)',
    ' Password : ',
    ' (?:Startup|Shutdown) script',
  ].join('|'),
);
