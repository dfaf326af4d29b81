import { readFileSync } from 'node:fs';
import { bundleFolder, bundleOf, deliverBundle, workFolder } from '../harness/bundle.ts';
import { makeEmptyCluster } from '../harness/empty-cluster.ts';
import { startKeepalived, waitForHolder } from '../harness/keepalived-nodes.ts';
import { harnessFile } from '../harness/keeper-process.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';
import { describeProbed } from '../harness/probe.ts';
import type { Ended } from '../harness/run-command.ts';
import { oneInstance, threeNodes } from './setups.ts';
import { say } from './watch.ts';

/** One run of migrate.sh that was killed, and what came after. */
export interface FaultRow {
  readonly point: number;
  readonly command: string;
  readonly when: 'before' | 'during';
  readonly signal: 'KILL' | 'HUP';
  /** What was run then. */
  readonly recovery: 'rollback.sh' | 'migrate.sh';
  readonly lost: number;
  readonly twoOwnersMs: number;
  /** Empty if the address is up on exactly one node and somebody manages it; else what is wrong. */
  readonly problem: string;
}

const setup = oneInstance('192.0.2.50/24');
const address = '192.0.2.50';
const list = '/tmp/kill-list';

/**
 * The commands that make the cluster are tried in runs that make one, and take it away again; those of configure and cutover
 * in runs that find one, and keep it, which is quicker.
 */
type Phase = 'made' | 'kept';
const beginsConfigure = (command: string) => command.startsWith('run pcs cluster cib ');

/** Which of the points are tried: all, or every so many of them. */
export interface FaultChoice {
  readonly every: number;
  readonly first: number;
  readonly phases?: readonly Phase[];
}

/**
 * Kills migrate.sh at each command that changes something, before it and while it runs, and then goes back with rollback.sh,
 * and in another run on with migrate.sh. The first run only counts.
 */
export async function proveFaults(
  cluster: LiveCluster,
  { every, first, phases = ['made', 'kept'] }: FaultChoice,
  report: (row: FaultRow) => void,
): Promise<number> {
  await startKeepalived(cluster, setup);
  await deliverBundle(cluster, 'lb1', bundleOf(setup, threeNodes));
  await cluster.write('lb1', '/root/kill-at.sh', readFileSync(harnessFile('kill-at.sh'), 'utf8'));
  let turn = 0;
  let tried = 0;
  for (const phase of phases) {
    const commands = await countCommands(cluster, phase);
    for (const [index, command] of commands.entries()) {
      const configured = commands.slice(0, index + 1).some(beginsConfigure);
      if (configured !== (phase === 'kept')) continue;
      tried += 1;
      for (const [when, recovery] of combinations) {
        turn += 1;
        if (turn < first || (turn - first) % every !== 0) continue;
        // Every third is the loss of the session instead.
        const signal = turn % 3 === 0 ? 'HUP' : 'KILL';
        const row = await killOnce(cluster, phase, { point: index + 1, command, when, signal, recovery });
        say(describeFault(row));
        report(row);
      }
    }
  }
  return tried;
}

const combinations = [
  ['before', 'rollback.sh'],
  ['during', 'migrate.sh'],
  ['during', 'rollback.sh'],
  ['before', 'migrate.sh'],
] as const;

function describeFault(row: FaultRow): string {
  const fate = row.problem === '' ? 'survived' : 'NOT SURVIVED';
  return `${fate}: ${row.signal} ${row.when} ${row.point} (${row.command}), then ${row.recovery}: lost ${row.lost}, two owners ${row.twoOwnersMs} ms ${row.problem}`;
}

/** The commands of a whole run, which is taken back. */
async function countCommands(cluster: LiveCluster, phase: Phase): Promise<string[]> {
  await cluster.run('lb1', `rm -f ${list}`);
  if (phase === 'kept') await makeEmptyCluster(cluster, 'totem token=1000 token_coefficient=0');
  const { status, stdout } = await runKilled(cluster, '0 before KILL');
  if (status !== 0) throw new Error(`migrate.sh ended with ${status}:\n${stdout}`);
  const lines = (await cluster.run('lb1', `cat ${list}`)).trim().split('\n');
  await reset(cluster, phase);
  await cluster.run('lb1', `rm -rf ${workFolder}`);
  say(`migrate.sh runs ${lines.length} commands that change something, with a cluster that is ${phase}`);
  return lines.map((line) => line.split('\t')[1] ?? '');
}

type Fault = Omit<FaultRow, 'lost' | 'twoOwnersMs' | 'problem'>;

async function killOnce(cluster: LiveCluster, phase: Phase, fault: Fault): Promise<FaultRow> {
  const probe = await cluster.probe(address);
  await runKilled(cluster, `${fault.point} ${fault.when} ${fault.signal}`);
  const { status, stdout } = await cluster.attempt('lb1', commandOf(fault.recovery));
  const problem = status === 0 ? await stateProblem(cluster, fault.recovery) : lastLines(stdout);
  const [seen] = await probe.stop();
  await reset(cluster, phase);
  if (!seen) throw new Error('The probe has said nothing.');
  if (seen.lost > 0) say(describeProbed(seen));
  await cluster.run('lb1', `rm -rf ${workFolder}`);
  return { ...fault, lost: seen.lost, twoOwnersMs: seen.twoOwnersMs, problem };
}

const lastLines = (text: string) => text.trim().split('\n').slice(-4).join(' / ');

function commandOf(script: 'rollback.sh' | 'migrate.sh'): string {
  const options = script === 'migrate.sh' ? '--password-file password' : '';
  return `cd ${bundleFolder} && KP_WORK_DIR=${workFolder} bash ${script} --yes ${options} 2>&1`;
}

/** migrate.sh until it is killed at a point, as a session that can be lost. */
function runKilled(cluster: LiveCluster, killAt: string): Promise<Ended> {
  return cluster.attempt(
    'lb1',
    `export KILL_AT='${killAt}' KILL_LIST=${list} BASH_ENV=/root/kill-at.sh; ${commandOf('migrate.sh')}`,
  );
}

/** What the scripts promise after a recovery; empty if it holds. */
async function stateProblem(cluster: LiveCluster, recovery: 'rollback.sh' | 'migrate.sh'): Promise<string> {
  const holders = await cluster.holders(address);
  if (holders.length !== 1) return `the address is on ${holders.join(', ') || 'no node'}`;
  if (recovery === 'migrate.sh') {
    const { status, stdout } = await cluster.attempt(
      'lb1',
      `cd ${bundleFolder} && KP_WORK_DIR=${workFolder} bash check.sh 2>&1`,
    );
    return status === 0 ? '' : lastLines(stdout);
  }
  for (const node of cluster.nodes) {
    const state = await cluster.attempt(
      node,
      'systemctl is-active keepalived; systemctl is-enabled keepalived; ip -o addr show dev lo | grep -c 192.0.2. ; ls /run/systemd/system/keepalived.service.d 2>/dev/null',
    );
    if (state.stdout !== 'active\nenabled\n0\n') return `Keepalived on ${node}: ${state.stdout.trim()}`;
  }
  return '';
}

/** Back to Keepalived, and to no cluster, or to an empty one. */
async function reset(cluster: LiveCluster, phase: Phase): Promise<void> {
  const { status } = await cluster.attempt('lb1', commandOf('rollback.sh'));
  if (status !== 0) await resetByForce(cluster);
  if (phase === 'made')
    await Promise.all(cluster.nodes.map((node) => cluster.run(node, 'pcs cluster destroy')));
  else if (status !== 0) await makeEmptyCluster(cluster, 'totem token=1000 token_coefficient=0');
  await waitForHolder(cluster, address, 'lb1');
}

/** So that a point that does not survive spoils none of those after it. */
async function resetByForce(cluster: LiveCluster): Promise<void> {
  for (const node of cluster.nodes) {
    await cluster.attempt(node, 'pcs cluster destroy; systemctl kill -s CONT keepalived');
    await cluster.attempt(node, `ip addr del ${address}/32 dev lo`);
    await cluster.attempt(node, 'systemctl enable --now keepalived; systemctl restart keepalived');
  }
}
