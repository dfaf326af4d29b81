import type { SpeedRow } from './configure-speed.ts';
import type { CutoverRow } from './cutover.ts';
import type { FailoverRow } from './failover.ts';
import type { FaultRow } from './faults.ts';
import type { Results } from './results.ts';
import type { ServiceRow } from './service.ts';
import { median } from './watch.ts';

/** docs/measured.md, from what npm run cluster:prove has measured. */
export function measuredPage(results: Results): string {
  return [
    '# Measured on real machines',
    '',
    'Written by `npm run cluster:prove`, which boots three machines (namespaces with systemd as PID 1, and Debian’s own keepalived, corosync, pacemaker and pcs), runs the emitted scripts on them as an administrator would, and probes the addresses from a client every 10 ms. A probe is lost if it is never answered. Two owners: two MAC addresses that answer one ARP request or neighbour solicitation.',
    '',
    `Versions: ${results.versions}. One kernel for all machines, one segment; what depends on switches, disks and clocks of their own is not in these figures.`,
    '',
    '## Cutover and rollback',
    '',
    ...cutoverTable(results.cutover),
    '',
    'The same first cluster in other ways:',
    '',
    ...cutoverTable(results.otherWays),
    '',
    '## Failover',
    '',
    'How long nobody answered after the power of the holder was cut:',
    '',
    ...failoverTable(results.failover),
    '',
    'From the moment when a check on the holder begins to fail until another node answers. Keepalived’s own measure, interval × fall, is 4 s here:',
    '',
    ...failoverTable(results.failedCheck),
    '',
    ...faultSection(results.faults),
    ...serviceSection(results.service),
    ...speedSection(results.speed),
  ].join('\n');
}

function faultSection(rows: readonly FaultRow[]): string[] {
  if (rows.length === 0) return [];
  const failed = rows.filter(({ problem }) => problem !== '');
  const lost = rows.reduce((sum, row) => sum + row.lost, 0);
  const owners = Math.max(...rows.map((row) => row.twoOwnersMs));
  const commands = new Set(rows.map(({ command, point }) => `${point} ${command}`)).size;
  return [
    '## Killed at its commands',
    '',
    `migrate.sh was killed with SIGKILL, every third time by the loss of its session (SIGHUP), before or during one of the commands that change something: ${rows.length} runs at ${commands} commands. Then rollback.sh ran, or migrate.sh again. **${rows.length - failed.length} of ${rows.length} survived**: the address is up on one node, and Keepalived or Pacemaker looks after it. In all of these runs together ${lost} probes were lost, and ${owners === 0 ? 'no two nodes answered' : `two nodes answered for ${owners} ms`}.`,
    '',
    ...failed.map(
      (row) =>
        `- not survived: ${row.signal} ${row.when} \`${row.command}\`, then ${row.recovery}: ${row.problem}`,
    ),
    ...(failed.length > 0 ? [''] : []),
  ];
}

function serviceSection(rows: readonly ServiceRow[]): string[] {
  return rows.flatMap(({ acknowledged, stored, slowestMs, reconnects }) => [
    '## A service on the address',
    '',
    `One client wrote through the address over TCP during migrate.sh and rollback.sh, each write acknowledged before the next: ${acknowledged} acknowledged, ${stored} found on the node, the slowest after ${slowestMs} ms, the connection broke ${reconnects} times. A service of our own, not NFS: the kernel of the test need not serve that.`,
    '',
  ]);
}

function speedSection(rows: readonly SpeedRow[]): string[] {
  if (rows.length === 0) return [];
  return [
    '## Speed of the step configure',
    '',
    '| Addresses | The step: in a file, checked, simulated, pushed | Of that the push | The same commands on the live cluster |',
    '|---|---|---|---|',
    ...rows.map(
      ({ addresses, stepSeconds, pushSeconds, liveSeconds }) =>
        `| ${addresses} | ${stepSeconds.toFixed(1)} s | ${pushSeconds.toFixed(1)} s | ${liveSeconds.toFixed(1)} s |`,
    ),
    '',
  ];
}

const ways: Readonly<Record<CutoverRow['way'], string>> = {
  'migrate.sh': 'migrate.sh',
  'rollback.sh': 'rollback.sh',
  naive: 'Keepalived stopped everywhere, then the resource created',
  seed: 'the resource created beside Keepalived on the holder, then Keepalived stopped',
  destroy: 'back: the cluster destroyed, then Keepalived started',
};

function cutoverTable(rows: readonly CutoverRow[]): string[] {
  return [
    '| Cluster | Way | Runs | Probes | Lost, in each run | Longest gap, median | Two owners |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(({ name, way, runs }) => {
      const sent = runs.reduce((sum, run) => sum + run.sent, 0);
      const lost = runs.map((run) => run.lost);
      const gap = median(runs.map((run) => run.longestGapMs));
      const owners = Math.max(...runs.map((run) => run.twoOwnersMs));
      const all = lost.every((count) => count === 0) ? '**0**' : lost.join(', ');
      return `| ${name} | ${ways[way]} | ${runs.length} | ${sent} | ${all} | ${gap === 0 ? '–' : seconds(gap)} | ${owners === 0 ? 'never' : `${owners} ms`} |`;
    }),
  ];
}

function failoverTable(rows: readonly FailoverRow[]): string[] {
  return [
    '| | Median | Each | Two owners |',
    '|---|---|---|---|',
    ...rows.map(
      ({ name, gapsMs, twoOwnersMs }) =>
        `| ${name} | **${seconds(median(gapsMs))}** | ${gapsMs.map(seconds).join(', ')} | ${twoOwnersMs === 0 ? 'never' : `${twoOwnersMs} ms`} |`,
    ),
  ];
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
