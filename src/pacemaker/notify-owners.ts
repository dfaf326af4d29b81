import type { FailoverCluster, MemberOf } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration, NotifyScript } from '../keepalived/node-configuration.ts';
import type { MovingGroup } from './moving-group.ts';

/** An instance or a sync group as its notify scripts see it: what one node configures for it. */
export interface NotifyMember {
  readonly directive: BoundDirective;
  readonly scripts: readonly NotifyScript[];
  /** Absent for a sync group. */
  readonly priority?: number;
  readonly sendsMail: boolean;
  readonly tellsPriorityChanges: boolean;
}

/** What changes its state with a Pacemaker group, and tells about it: the instances in it, and the sync group. */
export interface NotifyOwner {
  readonly type: 'INSTANCE' | 'GROUP';
  readonly name: string;
  readonly group: MovingGroup;
  readonly members: readonly MemberOf<NotifyMember>[];
}

/** The instances of a group in their order, then the sync group, as Keepalived tells of them. */
export function notifyOwners(group: MovingGroup): NotifyOwner[] {
  const { instances, syncGroups, name } = group.source;
  const owners = instances.map(
    (instance): NotifyOwner => ({
      type: 'INSTANCE',
      name: instance.name,
      group,
      members: instance.members.map(({ node, configured }) => ({
        node,
        configured: {
          directive: configured.directive,
          scripts: configured.notifyScripts,
          priority: configured.priority.value,
          sendsMail: configured.smtpAlert.value,
          tellsPriorityChanges: configured.notifiesPriorityChanges.value ?? false,
        },
      })),
    }),
  );
  if (syncGroups.length === 0) return owners;
  const members = syncGroups.map(({ node, configured }) => ({
    node,
    configured: {
      directive: configured.directive,
      scripts: configured.notifyScripts,
      sendsMail: configured.smtpAlert.value,
      tellsPriorityChanges: false,
    },
  }));
  return [...owners, { type: 'GROUP', name, group, members }];
}

/** Owners without the scripts whose service the cluster runs instead. */
export function ownersToTell(
  cluster: FailoverCluster,
  groups: readonly MovingGroup[],
  replaced: ReadonlySet<NotifyScript>,
): NotifyOwner[] {
  return groups
    .flatMap(notifyOwners)
    .map((owner) => without(replaced, owner))
    .filter((owner) => tells(owner, cluster));
}

function without(replaced: ReadonlySet<NotifyScript>, owner: NotifyOwner): NotifyOwner {
  if (replaced.size === 0) return owner;
  const members = owner.members.map(({ node, configured }) => ({
    node,
    configured: { ...configured, scripts: configured.scripts.filter((script) => !replaced.has(script)) },
  }));
  return { ...owner, members };
}

/** Is there anybody to be told? */
function tells({ members, group }: NotifyOwner, cluster: FailoverCluster): boolean {
  const scripts = members.flatMap(({ configured }) => configured.scripts.filter(isRun));
  const fifos = fifoPaths(cluster, group.nodes).flatMap(({ configured }) => configured);
  return scripts.length > 0 || fifos.length > 0;
}

/** Two events do not exist without VRRP and reloads; they have dispositions. */
export function isRun({ event }: NotifyScript): boolean {
  return event !== 'deleted' && event !== 'master_rx_lower_pri';
}

/** The FIFOs of one node that hear of VRRP, in the order in which the daemon writes to them. */
export function fifosOf({ globals }: NodeConfiguration) {
  return [globals.notifyFifo, globals.vrrpNotifyFifo].flatMap(({ path, ...rest }) =>
    path === undefined ? [] : [{ path, ...rest }],
  );
}

/** The paths of each node's FIFOs. */
export function fifoPaths(
  { configurations }: FailoverCluster,
  nodes: readonly string[],
): MemberOf<readonly string[]>[] {
  return configurations
    .filter(({ node }) => nodes.includes(node))
    .map((configuration) => ({
      node: configuration.node,
      configured: fifosOf(configuration).map(({ path }) => path),
    }));
}
