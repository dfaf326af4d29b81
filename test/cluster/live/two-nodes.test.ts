import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleOf, deliverBundle, mustRun } from '../harness/bundle.ts';
import { addressesOf, type Setup, startKeepalived, waitForHolder } from '../harness/keepalived-nodes.ts';
import { LiveCluster } from '../harness/live-cluster.ts';
import { requireCluster } from '../harness/require-cluster.ts';
import { summaryOf, untouched, watched } from '../harness/watched.ts';

const nodes = ['lb1', 'lb2'];
/** Active/active: each node holds one address, and can take the other's. */
const setup: Setup = {
  instances: [
    { name: 'VI_1', routerId: 51, addresses: ['192.0.2.50/24'], priorities: { lb1: 150, lb2: 100 } },
    { name: 'VI_2', routerId: 52, addresses: ['2001:db8:77::50/64'], priorities: { lb1: 100, lb2: 150 } },
  ],
};
const addresses = addressesOf(setup);
const [first = '', second = ''] = addresses;

describe.skipIf(!requireCluster())('on two real machines that hold an address each', () => {
  let cluster: LiveCluster;

  beforeAll(async () => {
    cluster = await LiveCluster.boot(`test-${process.pid}`, nodes);
    await startKeepalived(cluster, setup);
    await deliverBundle(cluster, 'lb1', bundleOf(setup, nodes));
  });
  afterAll(() => cluster?.down());

  it('each address is adopted where it is', async () => {
    const seen = await watched(cluster, 'migrate.sh', addresses, () => mustRun(cluster, 'lb1', 'migrate.sh'));
    expect(seen.map(summaryOf)).toEqual([untouched(first, 'lb1'), untouched(second, 'lb2')]);
  });

  it('one that boots alone takes both, as with Keepalived', async () => {
    await Promise.all(nodes.map((node) => cluster.powerOff(node)));
    await cluster.powerOn('lb2');
    for (const address of addresses) await waitForHolder(cluster, address, 'lb2');
  });

  it('the other one gets its own back when it returns', async () => {
    await cluster.powerOn('lb1');
    await waitForHolder(cluster, first, 'lb1');
    await waitForHolder(cluster, second, 'lb2');
  });

  it('rollback.sh gives each back where it is', async () => {
    const seen = await watched(cluster, 'rollback.sh', addresses, () =>
      mustRun(cluster, 'lb1', 'rollback.sh'),
    );
    expect(seen.map(summaryOf)).toEqual([untouched(first, 'lb1'), untouched(second, 'lb2')]);
  });
});
