import { bundleOf, deliverBundle, mustRun, workFolder } from '../harness/bundle.ts';
import { makeEmptyCluster } from '../harness/empty-cluster.ts';
import { type Setup, startKeepalived } from '../harness/keepalived-nodes.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';
import { threeNodes } from './setups.ts';
import { say } from './watch.ts';

/** How long the configuration of so many addresses takes. */
export interface SpeedRow {
  readonly addresses: number;
  /** The whole step configure: in a file, checked, simulated, pushed. */
  readonly stepSeconds: number;
  /** Of that, the push: the only time in which the cluster changes. */
  readonly pushSeconds: number;
  /** The same commands on the live cluster, one after the other. */
  readonly liveSeconds: number;
}

function setupOf(count: number): Setup {
  const addresses = Array.from({ length: count }, (_, index) =>
    `192.0.2.${index + 20}/24`.replace(/\.(\d+)\//, (_all, last) =>
      Number(last) < 100 ? `.${last}/` : `.${Number(last) + 10}/`,
    ),
  );
  return {
    instances: [{ name: 'VI_1', routerId: 51, addresses, priorities: { lb1: 150, lb2: 100, lb3: 50 } }],
  };
}

/** Measures the step configure, and its commands one by one on the live cluster. */
export async function measureConfigure(cluster: LiveCluster, report: (row: SpeedRow) => void): Promise<void> {
  await makeEmptyCluster(cluster, 'totem token=1000 token_coefficient=0');
  for (const count of [1, 50, 200]) {
    const setup = setupOf(count);
    await startKeepalived(cluster, setup);
    await deliverBundle(cluster, 'lb1', bundleOf(setup, threeNodes));
    await mustRun(cluster, 'lb1', 'migrate.sh', '--step preflight,backup,prepare,cluster');
    const began = Date.now();
    const said = await mustRun(cluster, 'lb1', 'migrate.sh', '--step configure');
    const stepSeconds = (Date.now() - began) / 1000;
    const pushSeconds = await secondsOf(cluster, `pcs cluster cib-push ${workFolder}/new.xml --config`);
    await mustRun(cluster, 'lb1', 'rollback.sh', '--keep-cluster');
    const commands = said
      .split('\n')
      .filter((line) => line.startsWith(`+ pcs -f ${workFolder}/new.xml `))
      .map((line) => line.slice(2).replace(` -f ${workFolder}/new.xml`, ''));
    const liveSeconds = await secondsOf(cluster, commands.join('\n'));
    say(`configure ${count}: step ${stepSeconds} s, push ${pushSeconds} s, live ${liveSeconds} s`);
    report({ addresses: count, stepSeconds, pushSeconds, liveSeconds });
    await mustRun(cluster, 'lb1', 'rollback.sh', '--keep-cluster');
    await cluster.runOnAll('systemctl disable --now keepalived.service 2>/dev/null; rm -rf /var/lib/kp2pcm');
  }
}

async function secondsOf(cluster: LiveCluster, script: string): Promise<number> {
  const began = Date.now();
  await cluster.run('lb1', script);
  return (Date.now() - began) / 1000;
}
