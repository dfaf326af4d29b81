import { type Diagnostic, type Note, report } from '../../grammar/source/diagnostic.ts';
import type { VrrpInstance } from '../keepalived/node-configuration.ts';
import type { Setting } from '../keepalived/reading-log.ts';
import { disagreements } from './disagreements.ts';
import type { FailoverCluster, FailoverInstance, MemberOf } from './failover-cluster.ts';
import { clusterFindings } from './findings.ts';

/** Where the nodes' configurations of one instance do not fit together. */
export function checkAcrossNodes(cluster: FailoverCluster): Diagnostic[] {
  if (cluster.configurations.length < 2) return [];
  const given = cluster.configurations.map(({ node }) => node);
  return cluster.groups.flatMap(({ name, instances }) => [
    ...partialNodes(name, instances),
    ...instances.flatMap((instance) => [
      ...routerIds(instance),
      ...addressLists(instance),
      ...prefixes(instance),
      ...priorities(instance),
      ...intervals(instance),
      ...missing(
        instance,
        given.filter((node) => !onlyOthers(node, instance, instances)),
      ),
      ...disagreements(instance, cluster.configurations),
    ]),
  ]);
}

/** Whether a node has other instances of the group, but not this one. */
function onlyOthers(node: string, instance: FailoverInstance, all: readonly FailoverInstance[]): boolean {
  const has = ({ members }: FailoverInstance) => members.some((member) => member.node === node);
  return !has(instance) && all.some(has);
}

/** Nodes that have only some instances of a sync group. */
function partialNodes(group: string, instances: readonly FailoverInstance[]): Diagnostic[] {
  return instances.flatMap((instance) => {
    const nodes = new Set(instances.flatMap(({ members }) => members.map(({ node }) => node)));
    const without = [...nodes].filter((node) => onlyOthers(node, instance, instances));
    if (without.length === 0) return [];
    return [
      report(clusterFindings.partOfSyncGroup, {
        summary: `${instance.name} of sync group ${group} is not configured on ${without.join(', ')}`,
        detail:
          'Such a node holds its other instances by itself, and another node this one. Pacemaker keeps all together, on any of the nodes.',
        at: instance.members[0]?.configured.directive.directive.span,
        help: 'configure all instances of the group on each of its nodes',
      }),
    ];
  });
}

type Members = readonly MemberOf<VrrpInstance>[];

function routerIds({ name, members }: FailoverInstance): Diagnostic[] {
  const ids = new Set(members.map(({ configured }) => configured.virtualRouterId.value));
  if (ids.size < 2) return [];
  return [
    report(clusterFindings.routerIdsDiffer, {
      summary: `${name} has virtual_router_ids ${[...ids].join(' and ')} on different nodes`,
      detail: 'The nodes do not hear each other: each holds the addresses. Pacemaker will hold them once.',
      ...places(members, ({ virtualRouterId }) => virtualRouterId, 'virtual_router_id'),
      help: 'if these are one instance, correct the identifier; if not, give them different addresses',
    }),
  ];
}

/** One message for an instance: which addresses a node lacks that another one has. */
function addressLists(instance: FailoverInstance): Diagnostic[] {
  return [...differingLists(instance, false), ...differingLists(instance, true)];
}

function differingLists({ name, members, addresses }: FailoverInstance, excluded: boolean): Diagnostic[] {
  const differing = addresses.flatMap(({ entries }) => {
    const listed = entries.filter(({ configured }) => configured.excluded === excluded);
    const without = members.filter(({ node }) => !listed.some((entry) => entry.node === node));
    const [first] = listed;
    // An excluded one that is advertised elsewhere is said with the advertised ones.
    const isSaid = excluded && without.some(({ node }) => entries.some((entry) => entry.node === node));
    return first && without.length > 0 && !isSaid ? [{ first, without }] : [];
  });
  const [first] = differing;
  if (!first) return [];
  const lacks = members.flatMap(({ node }) => {
    const texts = differing.flatMap((one) =>
      one.without.some((member) => member.node === node) ? [one.first.configured.address.text] : [],
    );
    return texts.length > 0
      ? [
          `${node} lacks ${texts.slice(0, 5).join(', ')}${texts.length > 5 ? ` and ${texts.length - 5} more` : ''}`,
        ]
      : [];
  });
  const counts = excluded
    ? 'An excluded address is not in the adverts; each node simply holds its own list.'
    : 'A node ignores adverts with other addresses than its own, so both become master.';
  return [
    report(clusterFindings.addressesDiffer, {
      summary: `${name} has ${excluded ? 'excluded addresses that differ' : 'other addresses'} on different nodes: ${lacks.join('; ')}`,
      detail: `${counts} Pacemaker holds the addresses of all lists, wherever they are.`,
      at: first.first.configured.from.directive.span,
      notes: first.without.map(({ node, configured }) => ({
        text: `the addresses of ${node} are here`,
        at: (configured.addresses.find((one) => one.excluded === excluded)?.from ?? configured.directive)
          .directive.span,
      })),
      help: 'list the same addresses on all nodes',
    }),
  ];
}

function prefixes({ addresses }: FailoverInstance): Diagnostic[] {
  return addresses.flatMap(({ first, entries }) => {
    const differing = entries.filter(({ configured }) => configured.prefixLength !== first.prefixLength);
    const node = entries.find(({ configured }) => configured === first)?.node;
    const twice = differing.find((entry) => entry.node === node);
    const other = twice ?? differing[0];
    if (!other) return [];
    const where = twice ? `in another line of ${other.node}` : `on ${other.node}`;
    return [
      report(clusterFindings.prefixesDiffer, {
        summary: `${first.address.text} has prefix /${first.prefixLength} here and /${other.configured.prefixLength} ${where}`,
        detail: `Pacemaker uses /${first.prefixLength} everywhere.`,
        at: first.from.directive.span,
        notes: [{ text: `${other.node} has it here`, at: other.configured.from.directive.span }],
        help: twice ? 'list it once' : 'give it the same prefix length on all nodes',
      }),
    ];
  });
}

function priorities({ name, members }: FailoverInstance): Diagnostic[] {
  const highest = Math.max(...members.map(({ configured }) => configured.priority.value));
  const top = members.filter(({ configured }) => configured.priority.value === highest);
  const masters = members.filter(({ configured }) => configured.state.value === 'MASTER');
  const found: Diagnostic[] = [];
  if (top.length > 1) {
    found.push(
      report(clusterFindings.equalPriorities, {
        summary: `${name} has priority ${highest} on ${top.map(({ node }) => node).join(' and ')}`,
        detail:
          'None of them displaces another; Pacemaker too leaves the addresses where they are, and chooses the first place by itself.',
        ...places(top, ({ priority }) => priority, 'priority'),
        help: 'give the node that shall hold the addresses a higher priority',
      }),
    );
  }
  if (masters.length > 1) {
    found.push(
      report(clusterFindings.severalMasters, {
        summary: `${name} is MASTER on ${masters.map(({ node }) => node).join(' and ')}`,
        detail: 'The state only tells how a node starts; priorities decide.',
        ...places(masters, ({ state }) => state, 'state'),
        help: 'leave state MASTER to the node with the highest priority, or write BACKUP on all',
      }),
    );
  }
  const [master] = masters;
  if (masters.length === 1 && master && master.configured.priority.value < highest) {
    found.push(
      report(clusterFindings.masterNotHighest, {
        summary: `${name} is MASTER on ${master.node}, but ${top[0]?.node} has the higher priority`,
        detail: 'The highest priority takes the addresses; the translation follows the priorities.',
        ...places([master, ...top.slice(0, 1)], ({ priority }) => priority, 'priority'),
        help: `if ${master.node} shall hold the addresses, give it the highest priority`,
      }),
    );
  }
  return found;
}

function intervals({ name, members }: FailoverInstance): Diagnostic[] {
  const values = new Set(members.map(({ configured }) => configured.advertIntervalMs.value));
  if (values.size < 2 || members.some(({ configured }) => configured.version.value === 3)) return [];
  return [
    report(clusterFindings.intervalsDiffer, {
      summary: `${name} has advert_int ${[...values].map((value) => value / 1000).join(' and ')} on different nodes`,
      detail: 'A version 2 node drops adverts with another interval: both become master.',
      ...places(members, ({ advertIntervalMs }) => inSeconds(advertIntervalMs), 'advert_int'),
      help: 'use one advert_int on all nodes',
    }),
  ];
}

function missing({ name, members }: FailoverInstance, given: readonly string[]): Diagnostic[] {
  const without = given.filter((node) => !members.some((member) => member.node === node));
  if (without.length === 0) return [];
  return [
    report(clusterFindings.missingOnNode, {
      summary: `${name} is not configured on ${without.join(', ')}`,
      detail: 'Those nodes never hold its addresses; the translation forbids them.',
      at: members[0]?.configured.directive.directive.span,
      help: 'if they should, configure the instance there as well',
    }),
  ];
}

function inSeconds({ value, from }: Setting<number>): Setting<number> {
  return { value: value / 1000, ...(from && { from }) };
}

/** The first member's line as the place, those of the others as notes. */
function places(
  members: Members,
  pick: (instance: VrrpInstance) => Setting<unknown>,
  keyword: string,
): { at?: NonNullable<Diagnostic['at']>; notes: Note[] } {
  const found = members.flatMap(({ node, configured }) => {
    const setting = pick(configured);
    const at = setting.from?.directive.span ?? configured.directive.directive.span;
    return [{ text: `${keyword} of ${node} is ${String(setting.value)}`, at }];
  });
  const [first, ...rest] = found;
  return { ...(first && { at: first.at }), notes: rest };
}
