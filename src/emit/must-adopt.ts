import type { Plan } from '../pacemaker/plan.ts';
import { notifiedServiceRule } from '../pacemaker/rules/notified-service.ts';
import { staticUnitPath } from '../pacemaker/static-network.ts';

/** Agents that take over what Keepalived removes when it stops, by itself or through its notify scripts. */
const agents: readonly string[] = [
  'ocf:heartbeat:Route',
  // The route to a peer, the membership of a multicast group.
  'ocf:kp2pcm:address',
  'ocf:kp2pcm:notify',
  'ocf:kp2pcm:route',
  'ocf:kp2pcm:rule',
  'ocf:kp2pcm:vmac',
];

/**
 * Whether Keepalived must be killed at the cutover, since its stop would take more than the addresses along. A service that
 * was started by notify scripts is stopped by them, and they are still in Keepalived's configuration then.
 */
export function mustAdopt({ resources, files, instances }: Plan): boolean {
  return (
    resources.some(
      (resource) =>
        resource.kind === 'primitive' &&
        (agents.includes(resource.agent) || resource.origin.rule === notifiedServiceRule),
    ) ||
    files.some(({ path }) => path === staticUnitPath) ||
    instances.some(({ addresses }) => addresses.some(({ leaves }) => leaves !== undefined))
  );
}
