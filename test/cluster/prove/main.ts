// npm run cluster:prove -- [--rounds N] [--every N] [PART…]: measures the scripts on real machines, unattended, and writes
// docs/measured.md. As root, on Linux. All parts if none is named. `rounds` is how often each thing is measured; of the
// runs that are killed, four for each command of migrate.sh, one in `every` is tried.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { LiveCluster } from '../harness/live-cluster.ts';
import { whyNoCluster } from '../harness/requirements.ts';
import { measureConfigure, type SpeedRow } from './configure-speed.ts';
import { type CutoverRow, measureOtherWays, proveCutover } from './cutover.ts';
import { type FailoverRow, proveFailedCheck, proveFailover } from './failover.ts';
import { type FaultRow, proveFaults } from './faults.ts';
import { measuredPage } from './measured-page.ts';
import { keepResults, type Results, readResults } from './results.ts';
import { proveService, type ServiceRow } from './service.ts';
import { threeNodes } from './setups.ts';
import { say } from './watch.ts';

interface Amount {
  readonly rounds: number;
  readonly every: number;
}
type Prove<Row> = (cluster: LiveCluster, amount: Amount, report: (row: Row) => void) => Promise<unknown>;

/** Boots a cluster for one part, and keeps what it reports, row by row: an end before time loses nothing. */
async function runPart<Row>(key: keyof Results, amount: Amount, prove: Prove<Row>): Promise<void> {
  const cluster = await LiveCluster.boot(`prove-${process.pid}`, threeNodes);
  const rows: Row[] = [];
  try {
    keepResults({ versions: await versionsOf(cluster) });
    await prove(cluster, amount, (row) => {
      rows.push(row);
      keepResults({ [key]: rows });
      writeFileSync(new URL('../../../docs/measured.md', import.meta.url), measuredPage(readResults()));
    });
  } finally {
    await cluster.down();
  }
}

const parts: Readonly<Record<string, (amount: Amount) => Promise<void>>> = {
  cutover: (amount) =>
    runPart<CutoverRow>('cutover', amount, (cluster, { rounds }, report) =>
      proveCutover(cluster, rounds, report),
    ),
  'other-ways': (amount) =>
    runPart<CutoverRow>('otherWays', amount, (cluster, { rounds }, report) =>
      measureOtherWays(cluster, rounds, report),
    ),
  failover: (amount) =>
    runPart<FailoverRow>('failover', amount, (cluster, { rounds }, report) =>
      proveFailover(cluster, rounds, report),
    ),
  'failed-check': (amount) =>
    runPart<FailoverRow>('failedCheck', amount, (cluster, { rounds }, report) =>
      proveFailedCheck(cluster, rounds, report),
    ),
  service: (amount) =>
    runPart<ServiceRow>('service', amount, (cluster, _, report) => proveService(cluster, report)),
  speed: (amount) =>
    runPart<SpeedRow>('speed', amount, (cluster, _, report) => measureConfigure(cluster, report)),
  faults: (amount) =>
    runPart<FaultRow>('faults', amount, (cluster, { every }, report) =>
      proveFaults(cluster, { every, first: 1 }, report),
    ),
};

async function versionsOf(cluster: LiveCluster): Promise<string> {
  const packages = 'keepalived pacemaker corosync pcs resource-agents';
  const lines = await cluster.run(
    'lb1',
    `. /etc/os-release; echo "$PRETTY_NAME"; dpkg-query -W -f '\${Package} \${Version}\\n' ${packages}`,
  );
  return lines.trim().split('\n').join(', ');
}

async function main(words: readonly string[]): Promise<number> {
  const why = whyNoCluster();
  if (why !== undefined) {
    say(`A test cluster cannot run here: ${why}`);
    return 1;
  }
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: { rounds: { type: 'string', default: '5' }, every: { type: 'string', default: '1' } },
  });
  const amount = { rounds: Number(values.rounds), every: Number(values.every) };
  const chosen = positionals.length > 0 ? positionals : Object.keys(parts);
  const counted = Object.values(amount).every((number) => Number.isInteger(number) && number > 0);
  if (!counted || chosen.some((name) => !Object.hasOwn(parts, name))) {
    say(`usage: npm run cluster:prove -- [--rounds N] [--every N] [${Object.keys(parts).join('|')}]…`);
    return 2;
  }
  for (const name of chosen) await parts[name]?.(amount);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
