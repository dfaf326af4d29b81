import { masterDownMs } from '../keepalived/failover-time.ts';
import type { VirtualAddress } from '../keepalived/node-configuration.ts';
import { agentOfAddress } from './address-agent.ts';
import type { MovingGroup } from './moving-group.ts';

/** Shorter tokens report nodes as dead that only pause for a moment, as virtual machines do. */
export const shortestTokenMs = 1000;

/**
 * Measured with token_coefficient 0: the address is up elsewhere 2.2 × token (token and consensus) plus 0.3 to 1.5 s after
 * a node fell silent. A second of that is a pause that Pacemaker 2.1.5 makes when the node that led the cluster is the one
 * that died (its log, between S_POLICY_ENGINE and the scheduler).
 */
const tokenFactor = 2.2;
const shortestRestMs = 300;
const typicalRestMs = 900;
const longestRestMs = 1500;

/** Keepalived's own takeover time of a group: that of the fastest backup. */
export function keepalivedFailoverMs(group: MovingGroup): number {
  const times = group.source.instances.flatMap(({ members }) => {
    const highest = Math.max(...members.map(({ configured }) => configured.priority.value));
    const backups = members.filter(({ configured }) => configured.priority.value < highest);
    return (backups.length > 0 ? backups : members).map(({ configured }) => masterDownMs(configured));
  });
  return Math.min(...times);
}

/** The longest token with which failover is not slower than Keepalived's, but never below the shortest that is sound. */
export function tokenFor(failoverMs: number): number {
  return Math.max(shortestTokenMs, Math.floor((failoverMs - longestRestMs) / tokenFactor));
}

/** The least that a failover takes with a token. */
export function shortestFailoverMs(tokenMs: number): number {
  return Math.round(tokenMs * tokenFactor + shortestRestMs);
}

/** What to expect of a token, until all addresses of every group are up: a group starts them one after the other. */
export function expectedFailoverMs(tokenMs: number, groups: readonly MovingGroup[]): number {
  const further = groups.map(({ addresses }) => {
    const starts = addresses.map(({ address: { first } }) => startMs(first));
    return starts.reduce((sum, one) => sum + one, 0) - startOfOneMs;
  });
  return Math.round(tokenMs * tokenFactor + typicalRestMs + Math.max(0, ...further));
}

/** The rest above holds one IPv4 address of IPaddr2. */
const startOfOneMs = 500;

/**
 * How long an agent takes to start an address: measured with resource-agents 4.12 on an interface without traffic. IPaddr2
 * waits for the kernel, which looks for another host that has an IPv6 address.
 */
function startMs(address: VirtualAddress): number {
  if (agentOfAddress(address).agent !== 'ocf:heartbeat:IPaddr2') return 200;
  return address.address.family === 'ipv6' ? 3600 : startOfOneMs;
}
