import type { LiveCluster } from './live-cluster.ts';

/** An empty cluster as pcs sets it up. */
export async function makeEmptyCluster(cluster: LiveCluster, totem = ''): Promise<void> {
  const nodes = cluster.nodes.join(' ');
  await Promise.all(cluster.nodes.map((node) => cluster.attempt(node, 'pcs cluster destroy')));
  await cluster.run(
    'lb1',
    `pcs host auth ${nodes} -u hacluster -p password
     pcs cluster setup measured ${nodes} ${totem} --start --wait=120 --force
     pcs cluster enable --all
     pcs property set stonith-enabled=false`,
  );
}
