import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { entryIn } from '../../../grammar/source/table-entry.ts';
import { childrenNamed } from '../../keepalived/bound-directive.ts';
import type { VirtualAddress } from '../../keepalived/node-configuration.ts';
import { preferredLifetime } from '../../keepalived/virtual-address.ts';
import { agentOfAddress, needlessOptions } from '../address-agent.ts';
import { labelSuffix, lossesOf, macLost } from '../address-losses.ts';
import { agentFiles } from '../agent-files.ts';
import { pacemakerFindings } from '../findings.ts';
import { commonInterface, type MovingAddress, type MovingGroup } from '../moving-group.ts';
import type { ManualStep, Primitive } from '../plan.ts';
import { fatesOf, originOf, placesOf, type Rule, type RuleFate } from '../rule.ts';
import { scoresOf } from '../scores.ts';
import { announcementAttributes } from './announcement.ts';

const name = 'virtual-address';

export const virtualAddress: Rule = {
  name,
  sentence:
    'a virtual address becomes an ocf:heartbeat:IPaddr2 resource, or one of an agent that is shipped where it has an option that IPaddr2 lacks',
  apply({ groups, emptied }) {
    const built = groups.flatMap((group) => group.addresses.map((address) => buildAddress(group, address)));
    const twice = [...groups, ...emptied].flatMap(addressesHeldTwice);
    const loopback = [...groups, ...emptied].flatMap(addressesOnLoopback);
    return {
      resources: built.map(({ resource }) => resource),
      files: agentFiles(
        'address',
        [...groups, ...emptied].some(usesShippedAgent),
        'agent that has an address with options that IPaddr2 lacks',
      ),
      fates: [
        ...built.flatMap(({ fates }) => fates),
        ...twice.flatMap(({ fates }) => fates),
        ...loopback.flatMap(({ fates }) => fates),
        ...groups.flatMap(blockFates),
      ],
      manualSteps: [...loopback.map(({ step }) => step), ...twice.flatMap(({ steps }) => steps)],
      diagnostics: [
        ...built.flatMap(({ diagnostics }) => diagnostics),
        ...twice.map(({ diagnostic }) => diagnostic),
        ...loopback.map(({ diagnostic }) => diagnostic),
      ],
    };
  },
};

/** In the plan, or in a step that is done by hand. */
function usesShippedAgent({ addresses, onLoopback, heldElsewhere }: MovingGroup): boolean {
  const all = [...addresses, ...heldElsewhere].map(({ address }) => address);
  return [...all, ...onLoopback].some(({ first }) => agentOfAddress(first).kept.length > 0);
}

function buildAddress(
  group: MovingGroup,
  moving: MovingAddress,
): {
  resource: Primitive;
  fates: RuleFate[];
  diagnostics: Diagnostic[];
} {
  const { first, entries } = moving.address;
  const nic = commonInterface(moving);
  const own = interfaceOn(moving, entries[0]?.node);
  const label = labelSuffix(first.label, own, Object.values(moving.interfaces));
  const { agent, attributes, kept } = agentOfAddress(first);
  const losses = [...lossesOf(first, moving.id, own, label), ...macLost(moving)];
  const from = entries.map(({ configured }) => configured.from);
  const fidelity = losses.length > 0 ? 'approximate' : kept.length > 0 ? 'equivalent' : 'exact';
  const where = `on ${nic ?? interfacesInWords(moving)}`;
  const what = `${first.address.text}/${first.prefixLength} ${where}`;
  const reason = [
    `Held by ${moving.id} as ${what}.`,
    ...(kept.length > 0 ? [`${agent} adds it with ${kept.join(', ')}, which IPaddr2 cannot.`] : []),
    ...needlessOptions(first),
    ...losses.map((loss) => loss.reason),
  ].join(' ');
  const waysOut = [...new Set(losses.map((loss) => loss.wayOut))];
  return {
    resource: {
      kind: 'primitive',
      id: moving.id,
      agent,
      attributes: {
        ...attributesOf(first, nic, label),
        ...attributes,
        ...announcementAttributes(group, moving),
      },
      ...(nic === undefined && { attributesOnNodes: interfaceOnNodes(moving) }),
      operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
      meta: {},
      origin: originOf(name, fidelity, `address ${what}`, from),
    },
    fates: entries.flatMap(({ node, configured }, place) => {
      const isAgain = entries.slice(0, place).some((entry) => entry.node === node);
      const sameLabel =
        label === labelSuffix(configured.label, interfaceOn(moving, node), Object.values(moving.interfaces));
      const differs = differencesFrom(
        first,
        { ...configured, ...(sameLabel && { label: first.label }) },
        isAgain ? 'An earlier line' : 'The first node',
      );
      return differs === ''
        ? fatesOf([configured.from], fidelity, reason, waysOut.join(' '))
        : fatesOf([configured.from], 'approximate', `${reason} ${differs}`, [...waysOut, alike].join(' '));
    }),
    diagnostics: losses.flatMap(({ diagnostic }) => diagnostic ?? []),
  };
}

const alike =
  'Nothing needs doing if that one is right. Otherwise write the lines alike in all files, and translate again.';

/** Where another node's entry asks for something else than the one that is translated; empty when it does not. */
function differencesFrom(
  first: VirtualAddress,
  other: VirtualAddress,
  whose: 'An earlier line' | 'The first node',
): string {
  const differs: [string, unknown, unknown][] = [
    ['prefix length', first.prefixLength, other.prefixLength],
    ['label', first.label, other.label],
    ['broadcast address', first.broadcast, other.broadcast],
    ['scope', first.scope, other.scope],
    ['preferred_lft', first.preferredLft, other.preferredLft],
    ['noprefixroute', first.noPrefixRoute, other.noPrefixRoute],
    ['options', first.unusual.join(' '), other.unusual.join(' ')],
  ];
  const names = differs.filter(([, a, b]) => a !== b).map(([name]) => name);
  return names.length === 0
    ? ''
    : `${whose}'s ${names.join(' and ')} counts on all nodes, and it is another than here.`;
}

/**
 * The prefix is always given: without one IPaddr2 takes the mask of a matching route, where Keepalived means /32 or /128,
 * and could not adopt the address that is up. So is the interface: here if all nodes have one name for it.
 */
function attributesOf(
  address: VirtualAddress,
  nic: string | undefined,
  label: string | undefined,
): Record<string, string> {
  const lifetime = preferredLifetime(address);
  return {
    ip: address.address.text,
    cidr_netmask: String(address.prefixLength),
    ...(nic !== undefined && { nic }),
    ...(label !== undefined && { iflabel: label }),
    ...(address.broadcast !== undefined && { broadcast: address.broadcast }),
    ...(lifetime !== undefined && { preferred_lft: lifetime }),
    ...(address.noPrefixRoute && { noprefixroute: 'true' }),
  };
}

/** Names that differ from node to node become parameters with a rule. */
function interfaceOnNodes({ interfaces }: MovingAddress): NonNullable<Primitive['attributesOnNodes']> {
  return Object.entries(interfaces).map(([node, name]) => ({ node, attributes: { nic: name } }));
}

function interfacesInWords({ interfaces }: MovingAddress): string {
  return Object.entries(interfaces)
    .map(([node, name]) => `${name} (${node})`)
    .join(', ');
}

function interfaceOn({ interfaces }: MovingAddress, node = ''): string {
  return entryIn(interfaces, node) ?? Object.values(interfaces)[0] ?? '';
}

/** The agent and its parameters, for a command that is typed. */
function agentInWords(address: VirtualAddress, nic: string): string {
  const { agent, attributes } = agentOfAddress(address);
  const { text } = address.address;
  const all = { ip: text, cidr_netmask: String(address.prefixLength), nic, ...attributes };
  return [agent, ...Object.entries(all).map(([name, value]) => `${name}=${value}`)].join(' ');
}

/** The cutover puts placeholders on lo and takes them away again: an address that lives there would go with them. */
function addressesOnLoopback(group: MovingGroup) {
  return group.onLoopback.map(({ first, entries }) => {
    const from = entries.map(({ configured }) => configured.from);
    const { text } = first.address;
    const id = `vip-${text.replaceAll(':', '-')}-lo`;
    const instruction = `Create it after the migration: \`pcs resource create ${id} ${agentInWords(first, 'lo')}\`, then \`pcs resource group add ${group.id} ${id}\`${placeInWords(group)}. Until then no node has it.`;
    const because = 'The cutover uses lo for its placeholders and cannot move an address that lives there.';
    const reason = `${because} ${instruction}`;
    return {
      fates: fatesOf(from, 'manual', because, instruction),
      step: { title: `Move ${text} on lo`, instruction, when: 'after' as const, from: placesOf(from) },
      diagnostic: report(pacemakerFindings.byHand, {
        summary: `${text} on lo must be carried over by hand`,
        detail: reason,
        at: first.from.directive.span,
        help: 'create the resource after the migration, or put the address on another interface before',
      }),
    };
  });
}

/** What makes a group that has nothing else, and is not there yet, go where it belongs. */
function placeInWords(group: MovingGroup): string {
  if (group.addresses.length > 0) return '';
  const scores = scoresOf(group).map(({ node, score }) => `${node}=${score}`);
  return `, and \`pcs constraint location ${group.id} prefers ${scores.join(' ')}\``;
}

const inOneInstance =
  'Nothing needs doing if it may move with that group. Otherwise list it in one instance only, the one with which it is to move, and translate again.';

/**
 * IPaddr2 itself can hold an address on two interfaces, and pcs makes the second resource if it must (resource-agents 4.12,
 * pcs 0.11.5). The scripts look for addresses by their value alone, so that the second one is made after them.
 */
function addressesHeldTwice(group: MovingGroup): {
  fates: RuleFate[];
  diagnostic: Diagnostic;
  steps: ManualStep[];
}[] {
  return group.heldElsewhere.map(({ address, group: holder, otherInterface }) => {
    const from = address.entries.map(({ configured }) => configured.from);
    const { text } = address.first.address;
    const at = address.first.from.directive.span;
    if (otherInterface === undefined) {
      const reason = `${text} is held by the group ${holder} already, on the same interface: it goes with that one, whatever this instance does.`;
      return {
        fates: fatesOf(from, 'approximate', reason, inOneInstance),
        diagnostic: report(pacemakerFindings.addressTwice, {
          summary: `${text} of ${group.source.name} belongs to ${holder} as well`,
          detail: `On one interface it can be there only once: it moves with ${holder}.`,
          at,
          help: 'list the address in one instance only',
        }),
        steps: [],
      };
    }
    const id = `vip-${text.replaceAll(':', '-')}-${otherInterface}`;
    const instruction = `Create it after the migration: \`pcs resource create ${id} ${agentInWords(address.first, otherInterface)} --force\`, then \`pcs resource group add ${group.id} ${id}\`${placeInWords(group)}. Until then nobody answers for it on ${otherInterface}.`;
    const because = `The group ${holder} holds it on another interface, and the scripts tell addresses apart by their value alone.`;
    const reason = `${because} ${instruction}`;
    return {
      fates: fatesOf(from, 'manual', because, instruction),
      diagnostic: report(pacemakerFindings.byHand, {
        summary: `${text} on ${otherInterface} must be carried over by hand`,
        detail: reason,
        at,
        help: 'create the resource right after the migration',
      }),
      steps: [
        {
          title: `Hold ${text} on ${otherInterface} too`,
          instruction,
          when: 'after' as const,
          from: placesOf(from),
        },
      ],
    };
  });
}

/** The blocks around the entries, and the interface that the entries without dev use. */
function blockFates(group: MovingGroup): RuleFate[] {
  return group.source.instances.flatMap(({ members }) => {
    return members.flatMap(({ configured }) => [
      ...fatesOf(
        childrenNamed(configured.directive, 'virtual_ipaddress', 'virtual_ipaddress_excluded'),
        'exact',
        `Its addresses are the members of the group ${group.id}.`,
      ),
      ...fatesOf(
        [configured.interface.from],
        'exact',
        'The nic of the addresses, and the link that is watched.',
      ),
    ]);
  });
}
