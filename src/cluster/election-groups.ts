import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type {
  Contender,
  ElectionGroup,
  ElectionMember,
  TrackedObject,
} from '../keepalived/election/contender.ts';
import { addressKey } from '../keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  SyncGroup,
  TrackEntry,
  VrrpInstance,
} from '../keepalived/node-configuration.ts';
import type { FailoverCluster, FailoverGroup } from './failover-cluster.ts';

/** The blocks that define what an entry names, on all nodes. */
type Definitions = (entry: TrackEntry) => readonly BoundDirective[];

/** The elections that a cluster holds: one for each failover group, in their order. */
export function electionGroups({ groups, configurations }: FailoverCluster): ElectionGroup[] {
  // A check has one name on all nodes, and one agent will run it: the lines that define it belong together.
  const scripts = configurations.flatMap((configuration) => configuration.scripts);
  const definitions: Definitions = ({ name }) =>
    scripts.filter((script) => script.name === name).map(({ directive }) => directive);
  return groups.map((group) => ({
    name: group.name,
    contenders: configurations.flatMap((configuration) => contendersOf(group, configuration, definitions)),
  }));
}

/** On one node: each sync group with its members, then the instances in none. */
function contendersOf(
  group: FailoverGroup,
  { node, syncGroups }: NodeConfiguration,
  definitions: Definitions,
): Contender[] {
  const own = group.instances.flatMap(({ name, members }) =>
    members.flatMap((member) =>
      member.node === node ? [{ instance: name, configured: member.configured }] : [],
    ),
  );
  const taken = new Set<string>();
  const tied = syncGroups.flatMap((syncGroup): Contender[] => {
    const members = own.filter(
      ({ configured }) => syncGroup.members.includes(configured.name) && !taken.has(configured.name),
    );
    for (const { configured } of members) taken.add(configured.name);
    if (members.length === 0) return [];
    return [
      {
        node,
        members: members.map(({ instance, configured }) => memberOf(instance, configured, definitions)),
        syncGroup: {
          tracked: entriesOf(syncGroup, definitions),
          countsMemberWeights: syncGroup.countsMemberWeights.value,
          from: [syncGroup.directive.directive.span],
        },
      },
    ];
  });
  const alone = own
    .filter(({ configured }) => !taken.has(configured.name))
    .map(({ instance, configured }) => ({ node, members: [memberOf(instance, configured, definitions)] }));
  return [...tied, ...alone];
}

function memberOf(instance: string, vrrp: VrrpInstance, definitions: Definitions): ElectionMember {
  const { priority, preempts, sourceAddress, virtualRouterId, advertIntervalMs } = vrrp;
  const lines = [vrrp.directive, priority.from, preempts.from, virtualRouterId.from, advertIntervalMs.from];
  const watched = watchedInterfaces(vrrp);
  // An interface that is watched anyway stays a hard condition, whatever weight an entry gives it.
  const isWatched = ({ kind, name }: TrackedObject) =>
    kind === 'interface' && watched.some((other) => other.name === name);
  const entries = entriesOf(vrrp, definitions).filter((entry) => !isWatched(entry));
  return {
    instance,
    priority: priority.value,
    preempts: preempts.value,
    preemptDelayMs: vrrp.preemptDelayMs.value,
    version: vrrp.version.value,
    advertIntervalMs: advertIntervalMs.value,
    downTimerAdverts: vrrp.downTimerAdverts.value,
    virtualRouterId: virtualRouterId.value,
    advertised: vrrp.addresses
      .filter(({ excluded }) => !excluded)
      .map(({ address }) => addressKey(address))
      .sort(),
    ...(sourceAddress.value && { sourceAddress: sourceAddress.value.value }),
    tracked: [...watched, ...entries],
    from: lines.flatMap((line) => line?.directive.span ?? []),
  };
}

/** Interfaces that the daemon watches unasked: the instance's own, and those of its addresses. */
function watchedInterfaces(vrrp: VrrpInstance): TrackedObject[] {
  const own = vrrp.tracksOwnInterface.value ? [[vrrp.interface.value, vrrp.interface.from] as const] : [];
  const devices = vrrp.addresses
    .filter(({ noTrack }) => !noTrack)
    .map(({ device, from }) => [device, from] as const);
  const found = new Map<string, BoundDirective>();
  for (const [name, from] of [...own, ...devices]) {
    // The loopback interface is always up.
    if (name === undefined || name === 'lo' || found.has(name)) continue;
    found.set(name, from ?? vrrp.directive);
  }
  return [...found].map(([name, from]) => ({
    kind: 'interface',
    name,
    weight: 0,
    reverse: false,
    from: [from.directive.span],
  }));
}

/** The track_* entries of an instance or a sync group, each with the definition that it names. */
function entriesOf(
  source: Pick<VrrpInstance | SyncGroup, 'trackScripts' | 'trackInterfaces'>,
  definitions: Definitions,
): TrackedObject[] {
  const object = (kind: TrackedObject['kind'], entry: TrackEntry, defined: readonly BoundDirective[]) => ({
    kind,
    name: entry.name,
    weight: entry.weight,
    reverse: entry.reverse,
    from: [entry.from, ...defined].map(({ directive }) => directive.span),
  });
  return [
    ...source.trackScripts.map((entry) => object('script', entry, definitions(entry))),
    ...source.trackInterfaces.map((entry) => object('interface', entry, [])),
  ];
}
