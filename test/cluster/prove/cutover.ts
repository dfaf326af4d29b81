import { bundleOf, deliverBundle, mustRun } from '../harness/bundle.ts';
import { makeEmptyCluster } from '../harness/empty-cluster.ts';
import {
  addressesOf,
  bestNode,
  type Setup,
  startKeepalived,
  waitForBestNodes,
} from '../harness/keepalived-nodes.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';
import { migrated, threeNodes } from './setups.ts';
import { type Observation, say, watch } from './watch.ts';

/** Migrations and rollbacks of one kind of cluster, and two other ways for comparison. */
export interface CutoverRow {
  readonly name: string;
  readonly way: 'migrate.sh' | 'rollback.sh' | 'naive' | 'seed' | 'destroy';
  readonly runs: readonly Observation[];
}

/** Migrates each kind of cluster there and back so many times. `report` is told of each row when it is complete. */
export async function proveCutover(
  cluster: LiveCluster,
  rounds: number,
  report: (row: CutoverRow) => void,
): Promise<void> {
  for (const [name, setup, options] of migrated) {
    say(`== ${name}`);
    await startKeepalived(cluster, setup);
    await deliverBundle(cluster, 'lb1', bundleOf(setup, threeNodes));
    const there: Observation[] = [];
    const back: Observation[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      const addresses = addressesOf(setup);
      there.push(
        await watch(cluster, 'migrate.sh', addresses, () => mustRun(cluster, 'lb1', 'migrate.sh', options)),
      );
      await mustRun(cluster, 'lb1', 'check.sh');
      const fate = round < rounds ? '--keep-cluster' : '--destroy-cluster';
      back.push(
        await watch(cluster, 'rollback.sh', addresses, () => mustRun(cluster, 'lb1', 'rollback.sh', fate)),
      );
      await waitForBestNodes(cluster, setup);
    }
    report({ name, way: 'migrate.sh', runs: there });
    report({ name, way: 'rollback.sh', runs: back });
    await cluster.runOnAll('systemctl disable --now keepalived.service 2>/dev/null; rm -rf /var/lib/kp2pcm');
  }
}

/** The obvious ways, on the first of the clusters, with a Pacemaker cluster that is made beforehand. */
export async function measureOtherWays(
  cluster: LiveCluster,
  rounds: number,
  report: (row: CutoverRow) => void,
): Promise<void> {
  const [[name, setup] = ['', { instances: [] }]] = migrated;
  const runs = { naive: [] as Observation[], seed: [] as Observation[], destroy: [] as Observation[] };
  for (let round = 1; round <= rounds; round += 1) {
    await makeEmptyCluster(cluster);
    await startKeepalived(cluster, setup);
    runs.naive.push(
      await watch(cluster, 'naive', addressesOf(setup), () => stopThenCreate(cluster, setup), 10_000),
    );
    await letGo(cluster);
    await startKeepalived(cluster, setup);
    runs.seed.push(
      await watch(cluster, 'seed', addressesOf(setup), () => createBeside(cluster, setup), 20_000),
    );
    runs.destroy.push(
      await watch(cluster, 'destroy', addressesOf(setup), () => destroyThenStart(cluster, setup), 5000),
    );
    await cluster.runOnAll('systemctl disable --now keepalived.service 2>/dev/null');
  }
  for (const way of ['naive', 'seed', 'destroy'] as const) report({ name, way, runs: runs[way] });
}

const create = ([address = '', length = '']: readonly string[]) =>
  `pcs resource create vip ocf:heartbeat:IPaddr2 ip=${address} cidr_netmask=${length} nic=eth0 op monitor interval=10s`;
const firstAddress = ({ instances }: Setup) => (instances[0]?.addresses[0] ?? '').split('/');

/** Keepalived is stopped everywhere, then the resource is made. */
async function stopThenCreate(cluster: LiveCluster, setup: Setup): Promise<void> {
  for (const node of cluster.nodes) await cluster.run(node, 'systemctl disable --now keepalived.service');
  await cluster.run('lb1', `${create(firstAddress(setup))}; crm_resource --wait`);
}

/**
 * As a published guide has it: the resource is made on the holder, beside Keepalived, with the other nodes on standby;
 * then Keepalived is stopped.
 */
async function createBeside(cluster: LiveCluster, setup: Setup): Promise<void> {
  const [instance] = setup.instances;
  const holder = instance ? bestNode(instance) : '';
  const others = cluster.nodes.filter((node) => node !== holder);
  await cluster.run(
    holder,
    `pcs node standby ${others.join(' ')}; ${create(firstAddress(setup))}; crm_resource --wait; pcs node unstandby ${others.join(' ')}`,
  );
  for (const node of [...others, holder])
    await cluster.run(node, 'systemctl disable --now keepalived.service');
}

/** The guide's way back: the cluster is destroyed, and Keepalived started. */
async function destroyThenStart(cluster: LiveCluster, setup: Setup): Promise<void> {
  await cluster.run('lb1', 'pcs cluster destroy --all');
  await cluster.runOnAll('systemctl enable --now keepalived.service 2>/dev/null');
  await waitForBestNodes(cluster, setup);
}

async function letGo(cluster: LiveCluster): Promise<void> {
  await cluster.run('lb1', 'pcs resource delete vip; crm_resource --wait');
}
