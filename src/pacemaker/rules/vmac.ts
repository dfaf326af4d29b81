import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';
import type { VrrpInstance } from '../../keepalived/node-configuration.ts';
import { agentFiles } from '../agent-files.ts';
import { virtualMac } from '../dispositions/instance.ts';
import { pacemakerFindings } from '../findings.ts';
import type { MovingVmac } from '../kept-vmac.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { ManualStep, Primitive } from '../plan.ts';
import {
  fatesInWords,
  fatesOf,
  originOf,
  placesOf,
  type Rule,
  type RuleContext,
  type RuleFate,
} from '../rule.ts';

const name = 'vmac';

export const vmac: Rule = {
  name,
  sentence:
    'with --vmac macvlan a use_vmac becomes a resource of an agent that is shipped, the first member of the group; without it the address moves to the interface below',
  apply(context) {
    const { groups } = context;
    const kept = groups.flatMap((group) => group.vmacs);
    const left = linesThatLeave(context);
    return {
      resources: kept.map(buildVmac),
      groupMembers: groups.map(({ id, vmacs }) => ({
        group: id,
        place: 'before addresses',
        members: vmacs.map((one) => one.id),
      })),
      files: agentFiles('vmac', kept.length > 0, 'agent that has an interface with a virtual MAC address'),
      fates: [
        ...groups.flatMap((group) => group.vmacs.flatMap((one) => keptFates(one, group))),
        ...globalFates(context),
        ...leftFates(left),
      ],
      manualSteps: stepsFor(left),
      diagnostics: oncePerGroup(left).map((line) => lost(line, context)),
    };
  },
};

function buildVmac({ id, instance, mac, interfaces, bases, families }: MovingVmac): Primitive {
  const [common, onNodes] = split({ interface: interfaces, base: bases });
  const [where = ''] = new Set(Object.values(interfaces));
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:vmac',
    attributes: { ...common, mac, ...(families.join() !== 'ipv4' && { families: families.join(' ') }) },
    ...(onNodes.length > 0 && { attributesOnNodes: onNodes }),
    operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
    meta: {},
    origin: originOf(
      name,
      'equivalent',
      `${where} with the virtual MAC address ${mac}, under the addresses`,
      instance.members.flatMap(({ configured }) => vmacLines(configured)),
    ),
  };
}

/** Parameters by node: those that are the same on all nodes, and the others for each node. */
function split(byName: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const common: Record<string, string> = {};
  const differing = new Map<string, Record<string, string>>();
  for (const [parameter, byNode] of Object.entries(byName)) {
    const [value, ...others] = new Set(Object.values(byNode));
    if (value !== undefined && others.length === 0) common[parameter] = value;
    else {
      for (const [node, own] of Object.entries(byNode))
        differing.set(node, { ...differing.get(node), [parameter]: own });
    }
  }
  return [common, [...differing].map(([node, attributes]) => ({ node, attributes }))] as const;
}

const vmacLines = ({ directive }: VrrpInstance) => childrenNamed(directive, 'use_vmac');

function keptFates({ id, instance, mac }: MovingVmac, group: MovingGroup): RuleFate[] {
  return instance.members.flatMap(({ configured }) => [
    ...fatesOf(
      vmacLines(configured),
      'equivalent',
      `${id} makes the interface, with ${mac}, where the addresses are. A node that does not hold them has none, where Keepalived kept one for its adverts.`,
    ),
    ...fatesOf(
      childrenNamed(configured.directive, 'garp_extra_if', 'vmac_garp_intvl'),
      'approximate',
      refreshLost,
      refreshAgain([group]),
    ),
  ]);
}

const refreshLost =
  'Keepalived announced the addresses from the virtual MAC address now and then, so that switches remember it. Here they hear of it when the address starts, and by whatever the node sends from it.';

function refreshAgain(groups: readonly MovingGroup[]): string {
  const addresses = groups.filter(({ vmacs }) => vmacs.length > 0).flatMap((group) => group.addresses);
  const example = addresses.find(({ address }) => address.first.address.family === 'ipv4') ?? addresses[0];
  return `Nothing needs doing unless a switch forgets the address. Then \`pcs resource update ${example?.id} arp_count_refresh=1\` announces an IPv4 address from it again at each monitor, every 10 s.`;
}

/** The settings of global_defs that speak of virtual MAC addresses, where some are kept. */
function globalFates({ cluster, groups }: RuleContext): RuleFate[] {
  if (groups.every(({ vmacs }) => vmacs.length === 0)) return [];
  return cluster.configurations.flatMap(({ globals, directives }) => {
    const refresh = directives
      .filter(({ keywords }) => keywords.length === 1 && keywords[0] === 'global_defs')
      .flatMap((block) => childrenNamed(block, 'vrrp_garp_extra_if', 'vrrp_vmac_garp_intvl'));
    return [
      ...fatesOf([globals.vmacPrefix.from], 'equivalent', 'The interfaces are named with it, as before.'),
      ...fatesOf(refresh, 'approximate', refreshLost, refreshAgain(groups)),
    ];
  });
}

/** A line that makes an interface with which its addresses do not move. */
interface Left {
  readonly line: BoundDirective;
  readonly keyword: string;
  readonly group: string;
}

function linesThatLeave({ groups }: RuleContext): Left[] {
  return groups.flatMap((group) => instancesThatLeave(group).flatMap((one) => leftLines(one, group)));
}

function instancesThatLeave(group: MovingGroup): VrrpInstance[] {
  const leaving = new Set(group.addresses.flatMap(({ address, leaves }) => (leaves ? [address] : [])));
  return group.source.instances
    .filter(({ addresses }) => addresses.some((address) => leaving.has(address)))
    .flatMap(({ members }) => members.map(({ configured }) => configured));
}

function leftLines({ directive, addresses }: VrrpInstance, { id, vmacs }: MovingGroup): Left[] {
  const isKept = vmacs.some(({ instance }) =>
    instance.members.some(({ configured }) => configured.directive === directive),
  );
  const keywords = isKept ? ['use_vmac_addr'] : ['use_vmac', 'use_vmac_addr', 'use_ipvlan'];
  const own = addresses.flatMap(({ usesVmac, from }) => (usesVmac ? [from] : []));
  return [
    ...childrenNamed(directive, ...keywords)
      .filter(({ verdict }) => !verdict)
      .map((line) => ({ line, keyword: line.directive.words[0].value, group: id })),
    ...own.map((line) => ({ line, keyword: `use_vmac of ${line.directive.words[0].value}`, group: id })),
  ];
}

/** Of an entry the rule for addresses speaks, and of an ipvlan its disposition. */
function leftFates(left: readonly Left[]): RuleFate[] {
  const lines = left.filter(({ keyword }) => keyword === 'use_vmac' || keyword === 'use_vmac_addr');
  return fatesInWords(
    lines.map(({ line }) => line),
    virtualMac,
  );
}

function stepsFor(left: readonly Left[]): ManualStep[] {
  const lines = left.filter(({ keyword }) => keyword !== 'use_ipvlan').map(({ line }) => line);
  if (lines.length === 0) return [];
  return [
    {
      title: 'Remove what knows a virtual MAC address',
      instruction:
        'Remove static ARP entries and port security for the virtual MAC addresses (00:00:5e:00:01 or :02, then the virtual router id) from hosts and switches: the addresses have the MAC address of the node from the cutover on. migrate.sh wants `--accept-new-mac`. After the cutover net.ipv4.conf.eth0.arp_ignore and arp_filter are 1, as Keepalived leaves them, until the next boot.',
      when: 'before',
      from: placesOf(lines),
    },
  ];
}

/** The nodes say mostly the same. */
function oncePerGroup(left: readonly Left[]): Left[] {
  const key = ({ keyword, group }: Left) => `${keyword} ${group}`;
  return [...new Map(left.toReversed().map((one) => [key(one), one])).values()].toReversed();
}

function lost({ line, keyword, group }: Left, { options }: RuleContext): Diagnostic {
  const at = line.directive.span;
  if (keyword === 'use_vmac' && options.vmac !== 'macvlan') {
    return report(pacemakerFindings.vmacDropped, {
      summary: `the addresses of ${group} leave their virtual MAC address`,
      detail:
        'They get the MAC address of the node that holds them. Neighbours learn it by gratuitous ARP, at the cutover and at every failover.',
      at,
      help: 'keep it: translate with --vmac macvlan',
    });
  }
  return report(pacemakerFindings.vmacNotKept, {
    summary: `${keyword}: the addresses move to the interface below`,
    detail: reasons[keyword] ?? singleAddress,
    at,
    help: 'see in the report what that means, and plan the cutover with it',
  });
}

const singleAddress =
  'A macvlan is made for the interface of an instance only, not for those of single addresses.';

const reasons: Readonly<Record<string, string>> = {
  use_vmac:
    'A macvlan for the group must have one MAC address on all nodes: give use_vmac to the instance in all files, with the same address.',
  use_vmac_addr:
    'A macvlan is made for the interface of an instance only, not for those of single addresses.',
  use_ipvlan:
    'An ipvlan has the MAC address of the interface below, so clients keep what they know. No ipvlan is made: it was not possible to try one.',
};
