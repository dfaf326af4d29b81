import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareFile } from '../compare-daemon/compare-file.ts';
import { ownJudge } from '../compare-daemon/judge.ts';
import { Stage } from '../compare-daemon/stage.ts';
import type { FuzzInput, Problem } from './check-input.ts';

const judge = ownJudge();
if (!judge) throw new Error('there is no daemon to compare with');
const stage = new Stage(judge);
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-fuzz-daemon-'));

/** What the real daemon makes of the first node's file and we do not, or the other way round. */
export async function differenceOf(files: FuzzInput): Promise<Problem | undefined> {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const [main = ''] = Object.keys(files).filter((name) => name !== 'extra.conf');
  const { verdict, unexplained: all } = await compareFile(join(folder, main), 'lb1', stage);
  // The stage cannot have a program whose path ends in a slash; everything else that is absent there counts.
  const namesFolder = Object.values(files).some((text) => /\/(?=["'\s]|$)/.test(text));
  const unexplained = all.filter(
    ({ key, daemon }) => !namesFolder || daemon !== '(absent)' || !/: on /.test(key),
  );
  if (unexplained.length === 0) return undefined;
  const details = unexplained.map(
    ({ key, ours, daemon }) => `${key}\n  ours:   ${ours}\n  daemon: ${daemon}`,
  );
  const [first] = unexplained;
  const kind =
    first?.key === 'verdict'
      ? `verdict: ours ${first.ours}, the daemon's ${verdict}`
      : `reads differently: ${first?.key.replace(/ .*:/, ' …:')}`;
  return { kind, details: details.join('\n') };
}

export function close(): void {
  stage.close();
  rmSync(folder, { recursive: true, force: true });
}
