import { type Diagnostic, type Note, report } from '../../grammar/source/diagnostic.ts';
import type { Span } from '../../grammar/source/span.ts';
import { argumentOf, argumentSpan, childrenNamed } from '../keepalived/bound-directive.ts';
import { addressKey } from '../keepalived/ip-address.ts';
import type { NodeConfiguration, VrrpInstance } from '../keepalived/node-configuration.ts';
import { placeKey } from '../keepalived/secrets.ts';
import type { FailoverInstance, MemberOf } from './failover-cluster.ts';
import { clusterFindings } from './findings.ts';

type Members = readonly MemberOf<VrrpInstance>[];

/** Where nodes of one instance do not understand each other's adverts, or protect it differently. */
export function disagreements(
  instance: FailoverInstance,
  configurations: readonly NodeConfiguration[],
): Diagnostic[] {
  return [
    ...names(instance),
    ...versions(instance),
    ...authentication(instance, configurations),
    ...transport(instance),
    ...tracking(instance),
    ...idlePreemption(instance),
  ];
}

function headOf({ directive }: VrrpInstance): Span {
  return directive.directive.span;
}

/** The first member's place, and a note for each of the others. */
function inTurn(
  members: Members,
  describe: (instance: VrrpInstance, node: string) => string,
  place: (instance: VrrpInstance) => Span,
): { at: Span | undefined; notes: Note[] } {
  const notes = members.map(({ node, configured }) => ({
    text: `${node}: ${describe(configured, node)}`,
    at: place(configured),
  }));
  return { at: notes[0]?.at, notes: notes.slice(1) };
}

function names({ name, members }: FailoverInstance): Diagnostic[] {
  const other = members.find(({ configured }) => configured.name !== name);
  const [first] = members;
  if (!other || !first) return [];
  return [
    report(clusterFindings.namesDiffer, {
      summary: `${name} of ${first.node} is called ${other.configured.name} on ${other.node}`,
      detail: `The names are the nodes' own affair: they are one instance all the same. Pacemaker's group is called ${name}.`,
      at: argumentSpan(first.configured.directive),
      notes: [
        { text: `${other.node}: ${other.configured.name}`, at: argumentSpan(other.configured.directive) },
      ],
      help: 'if they are two instances, give them different addresses and identifiers',
    }),
  ];
}

/** Measured with 2.2.7: `wrong version. Received 3 and expect 2`, and both hold the addresses. */
function versions({ name, members }: FailoverInstance): Diagnostic[] {
  if (new Set(members.map(({ configured }) => configured.version.value)).size < 2) return [];
  const describe = ({ version }: VrrpInstance) => `version ${version.value}`;
  return [
    report(clusterFindings.versionsDiffer, {
      summary: `${name} has VRRP version 2 on one node and 3 on another`,
      detail: 'Each drops the adverts of the other: both become master. Pacemaker holds the addresses once.',
      ...inTurn(members, describe, (instance) => instance.version.from?.directive.span ?? headOf(instance)),
      help: 'use one version on all nodes',
    }),
  ];
}

interface Authentication {
  readonly type: string;
  readonly password: string;
  readonly at: Span;
}

/** What is in force: both words are needed, and neither version 3 nor strict mode has any. Eight bytes count. */
function authenticationOf(instance: VrrpInstance, passwords: ReadonlyMap<string, string>): Authentication {
  const blocks = childrenNamed(instance.directive, 'authentication');
  const last = (keyword: string) => blocks.flatMap((block) => childrenNamed(block, keyword)).at(-1);
  const [type, pass] = [last('auth_type'), last('auth_pass')];
  const kind = type ? argumentOf(type) : '';
  const at = pass?.directive.span ?? blocks[0]?.directive.span ?? headOf(instance);
  const counts =
    pass && (kind === 'PASS' || kind === 'AH') && instance.version.value === 2 && !instance.strict;
  if (!counts) return { type: 'none', password: '', at };
  const bytes = new TextEncoder().encode(passwords.get(placeKey(argumentSpan(pass))) ?? '').slice(0, 8);
  return { type: kind, password: bytes.join(' '), at };
}

/** Measured with 2.2.7: `received a 1 auth, expecting 0!` and `received an invalid passwd!`, and both hold the addresses. */
function authentication(
  { name, members }: FailoverInstance,
  configurations: readonly NodeConfiguration[],
): Diagnostic[] {
  const all = members.map(({ node, configured }) => {
    const passwords = configurations.find((one) => one.node === node)?.passwords ?? new Map<string, string>();
    return { node, ...authenticationOf(configured, passwords) };
  });
  const [first] = all;
  const other = all.find(({ type, password }) => type !== first?.type || password !== first.password);
  if (!first || !other) return [];
  const sameType = first.type === other.type;
  return [
    report(clusterFindings.authenticationDiffers, {
      summary: sameType
        ? `${name} has another password on ${other.node} than on ${first.node}`
        : `${name} has auth_type ${first.type} on ${first.node} and ${other.type} on ${other.node}`,
      detail: `Each drops the adverts of the other: both become master.${sameType ? ' Eight bytes of a password count.' : ''} Pacemaker holds the addresses once, and needs no password of these.`,
      at: first.at,
      notes: [
        { text: `${other.node}: ${sameType ? 'another password' : `auth_type ${other.type}`}`, at: other.at },
      ],
      help: 'use the same authentication on all nodes, or none',
    }),
  ];
}

/** Unicast and multicast do not meet, nor do nodes that do not name each other. */
function transport({ name, members }: FailoverInstance): Diagnostic[] {
  const isUnicast = ({ unicastPeers }: VrrpInstance) => unicastPeers.length > 0;
  const unicast = members.filter(({ configured }) => isUnicast(configured));
  if (unicast.length === 0) return [];
  if (unicast.length < members.length) {
    const place = (instance: VrrpInstance) =>
      instance.unicastPeers[0]?.from.directive.span ?? headOf(instance);
    const describe = (instance: VrrpInstance) => (isUnicast(instance) ? 'unicast' : 'multicast');
    return [
      report(clusterFindings.transportDiffers, {
        summary: `${name} uses unicast on ${unicast.map(({ node }) => node).join(', ')} only`,
        detail: 'The others send to the multicast group and do not hear it: both become master.',
        ...inTurn(members, describe, place),
        help: 'list the other nodes in unicast_peer on every node, or on none',
      }),
    ];
  }
  return unicast.flatMap((sender) => unicast.flatMap((receiver) => unnamedPeer(name, sender, receiver)));
}

function unnamedPeer(
  name: string,
  { node, configured }: MemberOf<VrrpInstance>,
  receiver: MemberOf<VrrpInstance>,
): Diagnostic[] {
  const source = receiver.configured.sourceAddress;
  if (node === receiver.node || !source.value) return [];
  const key = addressKey(source.value);
  if (configured.unicastPeers.some(({ address }) => addressKey(address) === key)) return [];
  return [
    report(clusterFindings.transportDiffers, {
      summary: `${node} does not list ${source.value.text}, the address of ${receiver.node}, as a peer of ${name}`,
      detail: `${receiver.node} never hears ${node}, and becomes master beside it.`,
      at: configured.unicastPeers[0]?.from.directive.span ?? headOf(configured),
      notes: [
        {
          text: `the address of ${receiver.node} is here`,
          at: source.from?.directive.span ?? headOf(receiver.configured),
        },
      ],
      help: `add ${source.value.text} to unicast_peer of ${node}, or correct the address`,
    }),
  ];
}

/** What guards the instance on one node must guard it on the others, or they hold it while their service is down. */
function tracking({ name, members }: FailoverInstance): Diagnostic[] {
  const tracked = new Map<string, Members>();
  for (const member of members) {
    for (const entry of member.configured.trackScripts) {
      tracked.set(entry.name, [...(tracked.get(entry.name) ?? []), member]);
    }
  }
  return [...tracked].flatMap(([script, nodes]) => {
    const without = members.filter((member) => !nodes.includes(member));
    const entry = nodes[0]?.configured.trackScripts.find((one) => one.name === script);
    if (without.length === 0 || !entry) return [];
    return [
      report(clusterFindings.trackedOnSomeNodes, {
        summary: `${name} tracks ${script} on ${nodes.map(({ node }) => node).join(', ')} only`,
        detail: `The priority of ${without.map(({ node }) => node).join(', ')} does not depend on it: there the addresses stay, or come, whatever the check says. The translation keeps that.`,
        at: entry.from.directive.span,
        notes: without.map(({ node, configured }) => ({
          text: `${node} does not track it`,
          at: headOf(configured),
        })),
        help: 'track it on all nodes, unless they are meant to differ',
      }),
    ];
  });
}

/** Without weights the nodes of the lowest priority never preempt, so that it tells nobody whether they may. */
function idlePreemption({ name, members }: FailoverInstance): Diagnostic[] {
  if (members.some(hasWeight)) return [];
  const [highest, ...others] = [...members].sort(
    (a, b) => b.configured.priority.value - a.configured.priority.value,
  );
  const lowest = others.at(-1)?.configured.priority.value ?? Number.POSITIVE_INFINITY;
  const able = members.filter(({ configured }) => configured.priority.value > lowest);
  if (!highest || able.length === 0) return [];
  const idle = members.filter((member) => !able.includes(member));
  const holds = ({ configured }: MemberOf<VrrpInstance>) => !configured.preempts.value;
  if (able.every(holds))
    return missingOnLowerNode(
      name,
      highest,
      idle.filter((member) => !holds(member)),
    );
  return able.some(holds) ? [] : onLowerNode(name, highest, idle.filter(holds));
}

function missingOnLowerNode(name: string, highest: MemberOf<VrrpInstance>, idle: Members): Diagnostic[] {
  const [first] = idle;
  if (!first) return [];
  const nodes = idle.map(({ node }) => node).join(', ');
  return [
    report(clusterFindings.nopreemptNotOnLowerNode, {
      summary: `nopreempt of ${name} is missing on ${nodes}`,
      detail: `It makes no difference as long as no other node has a lower priority than ${first.node}: there is nobody to take the addresses from.`,
      at: (highest.configured.preempts.from ?? highest.configured.directive).directive.span,
      notes: idle.map(({ node, configured }) => ({ text: `${node} lacks it`, at: headOf(configured) })),
      help: `write nopreempt on ${nodes} too, so that a change of the priorities does not change this`,
    }),
  ];
}

function onLowerNode(name: string, highest: MemberOf<VrrpInstance>, idle: Members): Diagnostic[] {
  const [first] = idle;
  const line = first?.configured.preempts.from;
  if (!first || !line) return [];
  return [
    report(clusterFindings.nopreemptOnLowerNode, {
      summary: `nopreempt of ${name} stands on ${idle.map(({ node }) => node).join(', ')} only, which has the lower priority`,
      detail: `It keeps a node from taking the addresses from a lower one: ${highest.node} still takes them back when it returns. The translation does the same.`,
      at: line.directive.span,
      notes: [
        {
          text: `${highest.node} has the higher priority`,
          at: highest.configured.priority.from?.directive.span ?? headOf(highest.configured),
        },
      ],
      help: `if ${highest.node} must not take them back, write nopreempt there, with state BACKUP`,
    }),
  ];
}

function hasWeight({ configured }: MemberOf<VrrpInstance>): boolean {
  return [...configured.trackScripts, ...configured.trackInterfaces].some(({ weight }) => weight !== 0);
}
