import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { type BoundDirective, childrenNamed, walkBound } from '../../keepalived/bound-directive.ts';
import { keepalivedFindings } from '../../keepalived/findings.ts';
import type { VrrpInstance } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Group } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';

const name = 'instance';

/** Monitor failures of an address before the group moves, and how long they count: Keepalived forgets at once. */
const recovery = { 'migration-threshold': '3', 'failure-timeout': '60s' };

export const instance: Rule = {
  name,
  sentence: 'a vrrp_instance becomes a group of its addresses, all instances of a sync group one group',
  apply(context) {
    const empty = instancesWithoutAddresses(context);
    return {
      resources: context.groups.map(buildGroup),
      fates: [
        ...context.groups.flatMap(groupFates),
        ...context.emptied.flatMap(emptiedFates),
        ...empty.flatMap(emptyFates),
      ],
      diagnostics: [
        ...context.groups.filter(({ addresses }) => addresses.length === 0).map(actsWithoutAddress),
        ...empty.map((configured) =>
          report(keepalivedFindings.noAddresses, {
            summary: `vrrp_instance ${configured.name} holds no address`,
            detail:
              'There is nothing for Pacemaker to hold, and nothing that happens when its state changes.',
            at: configured.directive.directive.span,
            help: 'if it should hold one, add it to virtual_ipaddress',
          }),
        ),
      ],
    };
  },
};

function actsWithoutAddress({ id, source }: MovingGroup): Diagnostic {
  return report(pacemakerFindings.actsWithoutAddress, {
    summary: `${source.name} holds no address; its scripts, routes and rules become the group ${id}`,
    detail:
      'No node can be asked who is MASTER of it. At the cutover Keepalived stops, with its stop scripts, and the group starts on its best node when Pacemaker takes over: what the scripts move is away for these seconds.',
    at: source.instances[0]?.members[0]?.configured.directive.directive.span,
    help: 'choose a quiet moment; try what the scripts do when they run a second time on the node that is MASTER',
  });
}

function buildGroup(group: MovingGroup): Group {
  const { source } = group;
  const lines = source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured.directive),
  );
  const names = source.instances.map((member) => member.name).join(', ');
  const why =
    source.syncGroups.length > 0
      ? `sync group ${source.name}: ${names} move together`
      : `instance ${source.name}: ${group.addresses.length > 0 ? 'its addresses move together' : 'what happens on its holder'}`;
  return {
    kind: 'group',
    id: group.id,
    members: group.addresses.map(({ id }) => id),
    meta: recovery,
    origin: originOf(name, 'equivalent', why, lines),
  };
}

function groupFates(group: MovingGroup): RuleFate[] {
  return group.source.instances.flatMap(({ members }) =>
    members.flatMap(({ configured }) => fatesOfInstance(configured, group)),
  );
}

function fatesOfInstance(configured: VrrpInstance, { id, addresses }: MovingGroup): RuleFate[] {
  const master = configured.state.value === 'MASTER';
  const state = master
    ? 'The state only tells how a node starts; the priorities decide, here as there.'
    : 'BACKUP is how every node starts; the priorities decide, here as there.';
  return [
    ...fatesOf(
      [configured.directive],
      'equivalent',
      addresses.length > 0
        ? `Becomes the group ${id}: its addresses run together, on one node.`
        : `Becomes the group ${id}, without an address, which runs on one node.`,
    ),
    ...fatesOf(
      [configured.virtualRouterId.from],
      'not-needed',
      'Told VRRP elections apart; Pacemaker knows the group by its name.',
    ),
    ...fatesOf([configured.state.from], 'not-needed', state),
  ];
}

function instancesWithoutAddresses({ cluster, groups, emptied }: RuleContext): VrrpInstance[] {
  const holding = new Set([...groups, ...emptied].map(({ source }) => source));
  return cluster.groups
    .filter((group) => !holding.has(group))
    .flatMap(({ instances }) =>
      instances.flatMap(({ members }) => members.map(({ configured }) => configured)),
    );
}

function emptiedFates({ source, onLoopback, heldElsewhere }: MovingGroup): RuleFate[] {
  const instances = source.instances.flatMap(({ members }) => members.map(({ configured }) => configured));
  const isLeft =
    onLoopback.length > 0 || heldElsewhere.some(({ otherInterface }) => otherInterface !== undefined);
  if (isLeft) return instances.flatMap(leftFates);
  return instances.flatMap((configured) => [
    ...fatesOf(
      [configured.directive],
      'approximate',
      'All its addresses are held by other groups already.',
      'Nothing needs doing if they may move with those groups. Otherwise list each address in one instance only, the one whose priority, checks and scripts are to count, and translate again.',
    ),
    ...idleFates(configured, 'Its addresses move with other groups, which do not follow this line.'),
  ]);
}

/** The commands that carry the addresses over make a group with its scores, and with nothing else of the instance. */
function leftFates({ directive, priority }: VrrpInstance): RuleFate[] {
  const plain = [
    'state',
    'interface',
    'virtual_router_id',
    'virtual_ipaddress',
    'virtual_ipaddress_excluded',
  ];
  const carried = childrenNamed(directive, ...plain);
  const wayOut =
    'After the addresses are there, add by hand what the group needs of this: a location rule for a check or a link, `resource-stickiness` for nopreempt (`pcs resource meta`), a resource for a route.';
  const lines = linesOfGroup(directive).filter((line) => line !== priority.from && !carried.includes(line));
  const hand = 'The group is made by hand, with the commands at its addresses';
  return [
    ...fatesOf([directive], 'manual', `${hand}.`, wayOut),
    ...fatesOf(lines, 'manual', `${hand}, which do not know this line.`, wayOut),
    ...fatesOf(
      carried.filter(({ verdict }) => !verdict),
      'not-needed',
      `${hand}, which say all that the cluster needs of this.`,
    ),
    ...fatesOf([priority.from], 'equivalent', `${hand}, and gets a score for each priority.`),
  ];
}

function emptyFates(configured: VrrpInstance): RuleFate[] {
  const reason = 'Holds no address, so there is nothing for Pacemaker to hold.';
  return [
    ...fatesOf([configured.directive], 'not-needed', reason),
    ...idleFates(configured, 'The instance holds no address: there is nothing that this could influence.'),
  ];
}

/** Lines that only mean something where there is a group. */
const groupKeywords = [
  'state',
  'interface',
  'virtual_router_id',
  'priority',
  'preempt',
  'nopreempt',
  'preempt_delay',
  'dont_track_primary',
  'virtual_ipaddress',
  'virtual_ipaddress_excluded',
];

function idleFates({ directive }: VrrpInstance, reason: string): RuleFate[] {
  return fatesOf(linesOfGroup(directive), 'not-needed', reason);
}

function linesOfGroup(directive: BoundDirective): BoundDirective[] {
  const tracking = childrenNamed(directive, 'track_script', 'track_interface');
  const lines = [...childrenNamed(directive, ...groupKeywords), ...walkBound(tracking)];
  return lines.filter(({ verdict }) => !verdict);
}
