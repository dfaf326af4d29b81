import { requireRoot, requireTool } from '../tools.ts';
import { RoutingHost } from './routing-host.ts';

/** IPaddr2, which has all other addresses. */
export const theirAgent = '/usr/lib/ocf/resource.d/heartbeat/IPaddr2';
export const isPossible =
  ['ip', theirAgent].every(requireTool) && requireRoot('addresses are added in a network namespace');

const hosts: RoutingHost[] = [];

export async function openHost(): Promise<RoutingHost> {
  const host = await RoutingHost.open();
  hosts.push(host);
  return host;
}

export async function closeHosts(): Promise<void> {
  for (const host of hosts.splice(0)) await host.close();
}

/** All addresses in the order of the kernel, as ip shows them. A lifetime goes down while it is read. */
export function addresses(host: RoutingHost): string[] {
  return host
    .run(['ip', '-d', '-o', 'address', 'show'])
    .output.trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d+: /, '').replace(' tentative', ''))
    .map((line) => line.replace(/preferred_lft [1-9]\d*sec/, 'preferred_lft some'));
}
