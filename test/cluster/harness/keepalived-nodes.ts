import { type LiveCluster, until } from './live-cluster.ts';

/** A vrrp_instance as the live tests need it. */
export interface Instance {
  readonly name: string;
  readonly routerId: number;
  /** With their prefix lengths. */
  readonly addresses: readonly string[];
  /** By node; a node that is not named does not have the instance. */
  readonly priorities: Readonly<Record<string, number>>;
  /** Further lines of the block. */
  readonly lines?: readonly string[];
}

export interface Setup {
  readonly instances: readonly Instance[];
  /** Lines outside of the instances: scripts, sync groups. */
  readonly lines?: readonly string[];
}

const addressOf = (text: string) => text.replace(/\/.*/, '');
export const addressesOf = ({ instances }: Setup) =>
  instances.flatMap(({ addresses }) => addresses.map(addressOf));

/** The node with the highest priority, which Keepalived has the instance on when all are up. */
export function bestNode({ priorities }: Instance): string {
  const [best] = Object.entries(priorities).sort(([, one], [, other]) => other - one);
  return best?.[0] ?? '';
}

/** The keepalived.conf of a node. */
export function keepalivedConf({ instances, lines = [] }: Setup, node: string): string {
  const blocks = instances.map((instance) => {
    const priority = instance.priorities[node];
    if (priority === undefined) return '';
    return `vrrp_instance ${instance.name} {
    state BACKUP
    interface eth0
    virtual_router_id ${instance.routerId}
    priority ${priority}
    advert_int 1
${(instance.lines ?? []).map((line) => `    ${line}\n`).join('')}    virtual_ipaddress {
${instance.addresses.map((address) => `        ${address} dev eth0\n`).join('')}    }
}
`;
  });
  return ['global_defs {', `    router_id ${node}`, '}', ...lines, ...blocks].join('\n');
}

/** Writes the files, enables and starts Keepalived on all nodes, and waits until each instance is where it belongs. */
export async function startKeepalived(cluster: LiveCluster, setup: Setup): Promise<void> {
  for (const node of cluster.nodes)
    await cluster.write(node, '/etc/keepalived/keepalived.conf', keepalivedConf(setup, node));
  await cluster.runOnAll('systemctl enable --now keepalived.service 2>/dev/null');
  await waitForBestNodes(cluster, setup);
}

/** Waits until each address is on the node with the best priority, and nowhere else. */
export async function waitForBestNodes(cluster: LiveCluster, setup: Setup): Promise<void> {
  for (const instance of setup.instances)
    for (const address of instance.addresses)
      await waitForHolder(cluster, addressOf(address), bestNode(instance));
}

export async function waitForHolder(cluster: LiveCluster, address: string, node: string): Promise<void> {
  await until(`${address} is on ${node} alone`, 60, async () => {
    const holders = await cluster.holders(address);
    return holders.join() === node;
  });
}
