import { bundleOf, deliverBundle, mustRun } from '../harness/bundle.ts';
import { makeEmptyCluster } from '../harness/empty-cluster.ts';
import { type Setup, startKeepalived, waitForHolder } from '../harness/keepalived-nodes.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';
import { describeProbed, type Probed } from '../harness/probe.ts';
import { installFenceAgent } from './fencing.ts';
import { oneInstance, threeNodes } from './setups.ts';
import { say } from './watch.ts';

/** How long nobody answered after the holder died, or how long it took until another node held the address. */
export interface FailoverRow {
  readonly name: string;
  readonly gapsMs: readonly number[];
  readonly twoOwnersMs: number;
}

const address = '192.0.2.50';
const setup = oneInstance(`${address}/24`);

/** The power of the holder is cut so many times under each regime. */
export async function proveFailover(
  cluster: LiveCluster,
  rounds: number,
  report: (row: FailoverRow) => void,
): Promise<void> {
  await startKeepalived(cluster, setup);
  report(await killHolder(cluster, 'Keepalived, advert_int 1', rounds));
  await deliverBundle(cluster, 'lb1', bundleOf(setup, threeNodes));
  await mustRun(cluster, 'lb1', 'migrate.sh');
  report(await killHolder(cluster, 'Pacemaker as migrate.sh sets it up', rounds));
  await installFenceAgent(cluster);
  report(await killHolder(cluster, 'the same, with a fencing device that cuts the power', rounds));
  await cluster.run('lb1', 'pcs property set stonith-enabled=false; pcs stonith delete switch');
  await mustRun(cluster, 'lb1', 'rollback.sh', '--destroy-cluster');
  await cluster.runOnAll('systemctl disable --now keepalived.service 2>/dev/null');
  await makeEmptyCluster(cluster);
  await cluster.run(
    'lb1',
    `pcs resource create vip ocf:heartbeat:IPaddr2 ip=${address} cidr_netmask=24 nic=eth0 op monitor interval=10s
     pcs constraint location vip prefers lb1=150 lb2=100 lb3=50
     crm_resource --wait`,
  );
  report(await killHolder(cluster, 'Pacemaker with the defaults of Corosync and pcs', rounds));
  await cluster.run('lb1', 'pcs cluster destroy --all');
}

async function killHolder(cluster: LiveCluster, name: string, rounds: number): Promise<FailoverRow> {
  const gapsMs: number[] = [];
  let twoOwnersMs = 0;
  for (let round = 1; round <= rounds; round += 1) {
    await waitForHolder(cluster, address, 'lb1');
    await new Promise((resolve) => setTimeout(resolve, 6000));
    const seen = await probeWhile(cluster, async () => {
      await cluster.powerOff('lb1');
      await waitForHolder(cluster, address, 'lb2');
    });
    say(`${name}: ${describeProbed(seen)}`);
    gapsMs.push(seen.longestGapMs);
    twoOwnersMs = Math.max(twoOwnersMs, seen.twoOwnersMs);
    await cluster.powerOn('lb1');
  }
  await waitForHolder(cluster, address, 'lb1');
  return { name, gapsMs, twoOwnersMs };
}

async function probeWhile(cluster: LiveCluster, run: () => Promise<void>): Promise<Probed> {
  const probe = await cluster.probe(address);
  await new Promise((resolve) => setTimeout(resolve, 500));
  await run();
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const [seen] = await probe.stop();
  if (!seen) throw new Error('The probe has said nothing.');
  return seen;
}

/** Fails after two runs, 2 s apart, and takes the node out of the election. */
const checked: Setup = {
  lines: [
    'vrrp_script chk_service {',
    '    script "/usr/bin/test ! -e /run/bad"',
    '    interval 2',
    '    fall 2',
    '    rise 2',
    '    user root',
    '}',
  ],
  instances: setup.instances.map((instance) => ({
    ...instance,
    lines: ['track_script {', '    chk_service', '}'],
  })),
};

/** From the moment when a check on the holder begins to fail until the other node holds the address. */
export async function proveFailedCheck(
  cluster: LiveCluster,
  rounds: number,
  report: (row: FailoverRow) => void,
): Promise<void> {
  await startKeepalived(cluster, checked);
  report(await failCheck(cluster, 'Keepalived, interval 2, fall 2', rounds));
  await deliverBundle(cluster, 'lb1', bundleOf(checked, threeNodes));
  await mustRun(cluster, 'lb1', 'migrate.sh');
  report(await failCheck(cluster, 'Pacemaker as migrate.sh sets it up, interval 2, fall 2', rounds));
  await mustRun(cluster, 'lb1', 'rollback.sh', '--destroy-cluster');
  await cluster.runOnAll('systemctl disable --now keepalived.service 2>/dev/null');
}

async function failCheck(cluster: LiveCluster, name: string, rounds: number): Promise<FailoverRow> {
  const gapsMs: number[] = [];
  let twoOwnersMs = 0;
  for (let round = 1; round <= rounds; round += 1) {
    await waitForHolder(cluster, address, 'lb1');
    // The phase of the check is not ours.
    await new Promise((resolve) => setTimeout(resolve, 5000 + 400 * round));
    const probe = await cluster.probe(address);
    const began = probe.beganAtMs;
    await cluster.run('lb1', 'touch /run/bad');
    const failedAt = Date.now() - began;
    await waitForHolder(cluster, address, 'lb2');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const [seen] = await probe.stop();
    if (!seen) throw new Error('The probe has said nothing.');
    say(`${name}: bad at ${Math.round(failedAt)}, ${describeProbed(seen)}`);
    const moved = seen.changes.find(([, node]) => node === 'lb2')?.[0] ?? Number.POSITIVE_INFINITY;
    gapsMs.push(Math.round(moved - failedAt));
    twoOwnersMs = Math.max(twoOwnersMs, seen.twoOwnersMs);
    await cluster.run('lb1', 'rm /run/bad');
  }
  await waitForHolder(cluster, address, 'lb1');
  return { name, gapsMs, twoOwnersMs };
}
