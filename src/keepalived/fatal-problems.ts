import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { argumentOf, argumentSpan, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import { canBeInterface } from './interface-name.ts';
import { addressKey, parseBareAddress } from './ip-address.ts';
import type { GlobalDefinitions, VrrpInstance } from './node-configuration.ts';

/** What makes the daemon exit instead of running an instance. */
export function fatalProblems(
  instances: readonly VrrpInstance[],
  { dynamicInterfaces }: GlobalDefinitions,
  release: Release,
): Diagnostic[] {
  const spaces = new Map<string, VrrpInstance[]>();
  return instances.flatMap((instance) => {
    const key = identifierSpace(instance);
    const space = spaces.get(key) ?? [];
    const twin = space.find((earlier) => inConflict(earlier, instance));
    space.push(instance);
    spaces.set(key, space);
    return [
      ...routerIdProblem(instance),
      ...interfaceProblem(instance),
      ...addressProblem(instance),
      ...(dynamicInterfaces.value ? [] : deviceProblem(instance)),
      ...strictProblem(instance, release),
      ...(twin ? [sameRouterId(instance, twin)] : []),
    ];
  });
}

/** A keyword without its value has been reported already. */
function lacksValue({ directive }: VrrpInstance, keyword: string): boolean {
  return directive.children.some(
    ({ directive: line }) => line.words[0].value === keyword && line.words.length === 1,
  );
}

function lastLine({ directive }: VrrpInstance, keyword: string): BoundDirective | undefined {
  return directive.children.findLast((child) => child.directive.words[0].value === keyword);
}

function routerIdProblem(instance: VrrpInstance): Diagnostic[] {
  if (instance.virtualRouterId.value !== 0 || lacksValue(instance, 'virtual_router_id')) return [];
  const given = lastLine(instance, 'virtual_router_id');
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `vrrp_instance ${instance.name} has no valid virtual_router_id`,
      detail: 'The daemon exits: the identifier ties the nodes of an instance together.',
      at: given ? argumentSpan(given) : instance.directive.directive.span,
      help: 'give it a virtual_router_id from 1 to 255, the same on every node',
    }),
  ];
}

/** A name that no interface can have, such as an alias's, is missing on every host. */
function deviceProblem({ addresses }: VrrpInstance): Diagnostic[] {
  const found = addresses.find(({ device }) => device !== undefined && !canBeInterface(device));
  const { words } = found?.from.directive ?? { words: [] };
  const device = words.find((_, index) => words[index - 1]?.value === 'dev');
  if (!found || !device) return [];
  const [, base] = /^([^:/\s]+):\d+$/.exec(device.value) ?? [];
  const text = found.label === undefined ? `${base} label ${device.value}` : base;
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `dev ${device.value} ${base === undefined ? 'cannot be the name of an interface' : 'is an alias, not an interface'}`,
      detail: 'The daemon exits: the interface of an address must exist, unless dynamic_interfaces is set.',
      at: device.span,
      help: base === undefined ? 'name the interface' : 'name the interface, and give the address a label',
      suggestion: base === undefined || text === undefined ? undefined : { at: device.span, text },
    }),
  ];
}

function interfaceProblem(instance: VrrpInstance): Diagnostic[] {
  if (instance.interface.value !== undefined || lacksValue(instance, 'interface')) return [];
  const isUnicast = instance.unicastPeers.length > 0;
  if (isUnicast && instance.sourceAddress.value) return [];
  const given = lastLine(instance, 'interface');
  const detail = isUnicast
    ? 'The daemon exits: without an interface a unicast instance needs unicast_src_ip.'
    : 'The daemon exits: only a unicast instance with unicast_src_ip may do without one.';
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `vrrp_instance ${instance.name} has no interface${given ? ' that it can run on' : ''}`,
      detail,
      at: given ? argumentSpan(given) : instance.directive.directive.span,
      help: given ? 'name an interface of the network' : 'add: interface NAME',
    }),
  ];
}

function addressProblem(instance: VrrpInstance): Diagnostic[] {
  if (instance.addresses.some(({ excluded }) => !excluded)) return [];
  const needed =
    instance.version.value === 3
      ? 'VRRP version 3'
      : instance.strict
        ? 'strict mode'
        : instance.family === 'ipv6'
          ? 'IPv6'
          : undefined;
  if (needed === undefined) return [];
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `vrrp_instance ${instance.name} has no address in virtual_ipaddress`,
      detail: `The daemon exits: ${needed} needs one.`,
      at: instance.directive.directive.span,
      help: 'give it an address; those of virtual_ipaddress_excluded do not count',
    }),
  ];
}

/** Strict mode refuses unicast, except where the check comes before the daemon has seen the peers (2.2.5 to 2.3). */
function strictProblem(instance: VrrpInstance, release: Release): Diagnostic[] {
  const [peer] = instance.unicastPeers;
  const checksTooEarly = isAtLeast(release, '2.2.5') && !isAtLeast(release, '2.4.0');
  if (!peer || !instance.strict || checksTooEarly) return [];
  return [
    report(keepalivedFindings.fatalValue, {
      summary: `vrrp_instance ${instance.name} is strict and has unicast peers`,
      detail: `The daemon exits: strict mode refuses unicast (keepalived ${release}; 2.2.5 to 2.3 run it).`,
      at: peer.from.directive.span,
      help: 'remove strict_mode, or the peers',
    }),
  ];
}

/** Unicast and multicast are two spaces of identifiers; multicast has one for each interface and group. */
function identifierSpace(instance: VrrpInstance): string {
  const { family, virtualRouterId, unicastPeers } = instance;
  const place =
    unicastPeers.length > 0 ? 'unicast' : `${instance.interface.value} ${multicastGroup(instance)}`;
  return `${virtualRouterId.value} ${family} ${place}`;
}

/** Whether two instances of one space cannot be told apart: unicast, those between the same two addresses. */
function inConflict(one: VrrpInstance, other: VrrpInstance): boolean {
  if (one.virtualRouterId.value === 0) return false;
  if (one.unicastPeers.length === 0) return true;
  const [first, second] = [one.interface.value, other.interface.value];
  if (first !== undefined && second !== undefined && first !== second) return false;
  if (sourceKey(one) !== sourceKey(other)) return false;
  const peers = new Set(one.unicastPeers.map(({ address }) => addressKey(address)));
  return other.unicastPeers.some(({ address }) => peers.has(addressKey(address)));
}

function sourceKey({ sourceAddress }: VrrpInstance): string {
  return sourceAddress.value ? addressKey(sourceAddress.value) : 'the interface’s own';
}

const standardGroup = { ipv4: '224.0.0.18', ipv6: 'ff02::12' } as const;

/** Where its adverts go: mcast_dst_ip, if it is a multicast address of the family. */
function multicastGroup({ directive, family }: VrrpInstance): string {
  const isMulticast = family === 'ipv4' ? /^2(?:2[4-9]|3\d)\./ : /^ff.2:/i;
  const texts = childrenNamed(directive, 'mcast_dst_ip').map((line) => argumentOf(line));
  const group = parseBareAddress(texts.findLast((text) => isMulticast.test(text)) ?? standardGroup[family]);
  return group ? addressKey(group) : '';
}

function sameRouterId(instance: VrrpInstance, twin: VrrpInstance): Diagnostic {
  const place = ({ virtualRouterId, directive }: VrrpInstance) =>
    (virtualRouterId.from ?? directive).directive.span;
  const isUnicast = instance.unicastPeers.length > 0;
  return report(keepalivedFindings.fatalValue, {
    summary: `vrrp_instance ${instance.name} has the virtual_router_id and ${isUnicast ? 'a peer' : 'interface'} of ${twin.name}`,
    detail: isUnicast
      ? 'The daemon exits: between two addresses an identifier belongs to one instance.'
      : 'The daemon exits: on one interface an identifier belongs to one instance of a family.',
    at: place(instance),
    notes: [{ text: 'the other one is here', at: place(twin) }],
    help: differInElection(instance, twin)
      ? 'give each instance an identifier of its own; if the files of two nodes were pasted into one, give each node its own file'
      : 'give each instance an identifier of its own',
  });
}

/** As the nodes of one instance do. */
function differInElection(one: VrrpInstance, other: VrrpInstance): boolean {
  return one.state.value !== other.state.value || one.priority.value !== other.priority.value;
}
