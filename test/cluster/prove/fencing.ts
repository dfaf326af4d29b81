import { readFileSync } from 'node:fs';
import { harnessFile } from '../harness/keeper-process.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';

/** Gives the cluster a device that really cuts a node's power, and switches fencing on. */
export async function installFenceAgent(cluster: LiveCluster): Promise<void> {
  const agent = readFileSync(harnessFile('fence_switch'), 'utf8');
  for (const node of cluster.nodes) await cluster.write(node, '/usr/sbin/fence_switch', agent, '755');
  await cluster.run(
    'lb1',
    `pcs stonith create switch fence_switch pcmk_host_list="${cluster.nodes.join(' ')}" pcmk_host_check=static-list op monitor interval=60s
     pcs property set stonith-enabled=true
     crm_resource --wait`,
  );
}
