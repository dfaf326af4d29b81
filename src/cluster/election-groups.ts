import type { BoundDirective } from '../keepalived/bound-directive.ts';
import { dependedLinks } from '../keepalived/depended-links.ts';
import type {
  Contender,
  ElectionGroup,
  ElectionMember,
  TrackedKind,
  TrackedObject,
} from '../keepalived/election/contender.ts';
import { addressKey } from '../keepalived/ip-address.ts';
import type {
  NodeConfiguration,
  SyncGroup,
  TrackEntry,
  TrackLists,
  VrrpInstance,
} from '../keepalived/node-configuration.ts';
import type { FailoverCluster, FailoverGroup } from './failover-cluster.ts';

/** A block that entries may name. */
interface Definition {
  readonly name: string;
  readonly directive: BoundDirective;
  /** It can never be up: the daemon has no use for the block, but for its name. */
  readonly isDead?: boolean;
}

/** The blocks that define what one node's entries name, by their names. */
type Definitions = Readonly<Record<TrackedKind, ReadonlyMap<string, readonly Definition[]>>>;

/** The elections that a cluster holds: one for each failover group, in their order. */
export function electionGroups({ groups, configurations }: FailoverCluster): ElectionGroup[] {
  // A check has one name on all nodes, and one agent will run it: the lines that define it belong together.
  const script = byName(configurations.flatMap((configuration) => configuration.scripts));
  const nodes = configurations.map((configuration) => ({
    node: configuration.node,
    syncGroups: syncGroupsByMember(configuration),
    definitions: {
      script,
      file: byName(configuration.trackFiles),
      process: byName(configuration.trackProcesses),
      bfd: byName(configuration.bfdInstances.map((one) => ({ ...one, isDead: !one.session }))),
      interface: new Map(),
    },
  }));
  return groups.map((group) => ({
    name: group.name,
    contenders: nodes.flatMap((node) => contendersOf(group, node)),
  }));
}

function byName(definitions: readonly Definition[]): ReadonlyMap<string, readonly Definition[]> {
  const found = new Map<string, Definition[]>();
  for (const one of definitions) {
    const known = found.get(one.name);
    if (known) known.push(one);
    else found.set(one.name, [one]);
  }
  return found;
}

/** An instance belongs to the first sync group that names it. */
function syncGroupsByMember({ syncGroups }: NodeConfiguration): ReadonlyMap<string, SyncGroup> {
  const found = new Map<string, SyncGroup>();
  for (const group of syncGroups)
    for (const name of group.members) if (!found.has(name)) found.set(name, group);
  return found;
}

/** What one node's configuration has for the elections. */
interface ElectingNode {
  readonly node: string;
  readonly syncGroups: ReadonlyMap<string, SyncGroup>;
  readonly definitions: Definitions;
}

/** On one node: each sync group with its members, then the instances in none. */
function contendersOf(group: FailoverGroup, { node, syncGroups, definitions }: ElectingNode): Contender[] {
  const own = group.instances.flatMap(({ name, members }) =>
    members.flatMap((member) =>
      member.node === node ? [{ instance: name, configured: member.configured }] : [],
    ),
  );
  const tied = new Map<SyncGroup, typeof own>();
  for (const one of own) {
    const syncGroup = syncGroups.get(one.configured.name);
    if (!syncGroup) continue;
    const known = tied.get(syncGroup);
    if (known) known.push(one);
    else tied.set(syncGroup, [one]);
  }
  const members = (some: typeof own) =>
    some.map(({ instance, configured }) => memberOf(instance, configured, definitions));
  return [
    ...[...tied].map(([syncGroup, some]) => ({
      node,
      members: members(some),
      syncGroup: {
        tracked: entriesOf(syncGroup, definitions),
        countsMemberWeights: syncGroup.countsMemberWeights.value,
        from: [syncGroup.directive.directive.span],
      },
    })),
    ...own
      .filter(({ configured }) => !syncGroups.has(configured.name))
      .map((one) => ({ node, members: members([one]) })),
  ];
}

function memberOf(instance: string, vrrp: VrrpInstance, definitions: Definitions): ElectionMember {
  const { priority, preempts, sourceAddress, virtualRouterId, advertIntervalMs } = vrrp;
  const settings = [priority, preempts, virtualRouterId, advertIntervalMs, vrrp.version];
  const lines = [vrrp.directive, ...[...settings, ...vrrp.addresses].map(({ from }) => from)];
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

/** Interfaces that the daemon watches unasked: the instance's own, and those of its addresses, routes and rules. */
function watchedInterfaces(vrrp: VrrpInstance): TrackedObject[] {
  const own = vrrp.tracksOwnInterface.value ? [[vrrp.interface.value, vrrp.interface.from] as const] : [];
  const devices = dependedLinks(vrrp).map(({ name, from }) => [name, from] as const);
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

/** The track_* entries of an instance or a sync group, each with what defines it. */
function entriesOf(source: TrackLists, definitions: Definitions): TrackedObject[] {
  const lists: Readonly<Record<TrackedKind, readonly TrackEntry[]>> = {
    script: source.trackScripts,
    interface: source.trackInterfaces,
    file: source.trackFiles,
    process: source.trackProcesses,
    bfd: source.trackBfds,
  };
  return (Object.keys(lists) as TrackedKind[]).flatMap((kind) =>
    lists[kind].map(({ name, weight, reverse, from }): TrackedObject => {
      const defined = definitions[kind].get(name) ?? [];
      return {
        kind,
        name,
        weight,
        reverse,
        // More than the name in the entry is a weight of its own.
        ...(from.directive.words.length > 1 && { ownWeight: true }),
        ...(defined.some(({ isDead }) => isDead) && { isDead: true }),
        from: [from, ...defined.map(({ directive }) => directive)].map(({ directive }) => directive.span),
      };
    }),
  );
}
