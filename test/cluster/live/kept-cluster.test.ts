import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf, deliverBundle, mustRun, runScript } from '../harness/bundle.ts';
import { makeEmptyCluster } from '../harness/empty-cluster.ts';
import { type Setup, startKeepalived, waitForHolder } from '../harness/keepalived-nodes.ts';
import { LiveCluster, until } from '../harness/live-cluster.ts';
import { requireCluster } from '../harness/require-cluster.ts';
import { summaryOf, untouched, watched } from '../harness/watched.ts';

const nodes = ['lb1', 'lb2', 'lb3'];
const address = '192.0.2.50';
const setup: Setup = {
  instances: [
    {
      name: 'VI_1',
      routerId: 51,
      addresses: [`${address}/24`],
      priorities: { lb1: 150, lb2: 100, lb3: 50 },
    },
  ],
};
const otherAddress = '192.0.2.60';

describe.skipIf(!requireCluster())('on three real machines whose cluster runs an address of its own', () => {
  let cluster: LiveCluster;

  beforeAll(async () => {
    cluster = await LiveCluster.boot(`test-${process.pid}`, nodes);
    await makeEmptyCluster(cluster, 'totem token=1000 token_coefficient=0');
    await cluster.run(
      'lb1',
      `pcs resource create other ocf:heartbeat:IPaddr2 ip=${otherAddress} cidr_netmask=24 nic=eth0 meta resource-stickiness=100
       pcs constraint location other prefers lb2=10
       crm_resource --wait`,
    );
    await waitForHolder(cluster, otherAddress, 'lb2');
    await startKeepalived(cluster, setup);
    await deliverBundle(cluster, 'lb1', bundleOf(setup, nodes));
  });
  afterAll(() => cluster?.down());

  const both = [address, otherAddress];
  const stay = [untouched(address, 'lb1'), untouched(otherAddress, 'lb2')];

  it('migrate.sh adds to it, and neither address feels it', async () => {
    const seen = await watched(cluster, 'migrate.sh', both, () => mustRun(cluster, 'lb1', 'migrate.sh'));
    expect(seen.map(summaryOf)).toEqual(stay);
  });

  it('rollback.sh keeps it, with what was there before', async () => {
    const seen = await watched(cluster, 'rollback.sh', both, () => mustRun(cluster, 'lb1', 'rollback.sh'));
    expect(seen.map(summaryOf)).toEqual(stay);
    expect(await cluster.run('lb1', 'crm_resource --list-raw')).toBe('other\n');
    expect((await runScript(cluster, 'lb1', 'rollback.sh', '--destroy-cluster')).status).not.toBe(0);
  });

  it('with a node that cannot be reached nothing is handed over, and the way back is open', async () => {
    const seen = await watched(cluster, 'a lost node', both, async () => {
      await mustRun(cluster, 'lb1', 'migrate.sh', '--step preflight,backup,prepare,cluster,configure');
      await cluster.powerOff('lb3');
      const { status, stdout } = await runScript(cluster, 'lb1', 'migrate.sh', '--step cutover');
      expect(status, stdout).not.toBe(0);
      expect(stdout).toContain('lb3');
      await mustRun(cluster, 'lb1', 'rollback.sh');
      await cluster.powerOn('lb3');
      // It has slept through the way back, and learns of it from the others.
      await until('lb3 has joined', 60, async () => {
        const { stdout: members } = await cluster.attempt('lb3', 'crm_node --partition');
        return nodes.every((node) => members.includes(node));
      });
    });
    expect(seen.map(summaryOf)).toEqual(stay);
    expect(await cluster.holders(address)).toEqual(['lb1']);
    expect(await cluster.run('lb3', 'systemctl is-active keepalived')).toBe('active\n');
  });
});
