import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { VirtualAddress } from '../keepalived/node-configuration.ts';
import { agentOfAddress, refusedOption } from './address-agent.ts';
import { virtualIpvlan, virtualMac } from './dispositions/instance.ts';
import { pacemakerFindings } from './findings.ts';
import type { MovingAddress } from './moving-group.ts';

/** What a detail of an entry loses on the way; nothing lost means exact. */
export interface AddressLoss {
  readonly reason: string;
  readonly wayOut: string;
  readonly diagnostic?: Diagnostic;
}

/**
 * IPaddr2 takes what follows the interface's name and a colon. Undefined if nothing does, if the whole would not fit into
 * 15 characters on some node, or if the agents' shell would make something else of it.
 */
export function labelSuffix(
  label: string | undefined,
  nic: string,
  all: readonly string[],
): string | undefined {
  if (label === undefined || label === nic) return undefined;
  const suffix = label.startsWith(`${nic}:`) ? label.slice(nic.length + 1) : label;
  const fits = all.every((name) => `${name}:${suffix}`.length <= 15);
  return suffix === '' || !fits || !isPlain(suffix) ? undefined : suffix;
}

/** IPaddr2 puts it into its command without quotes. */
const isPlain = (label: string) => !/[\s\\*?[]/.test(label);

/** @param suffix what is left of the label, as labelSuffix has it */
export function lossesOf(
  address: VirtualAddress,
  id: string,
  nic: string,
  suffix: string | undefined,
): AddressLoss[] {
  const at = address.from.directive.span;
  const losses: AddressLoss[] = [];
  if (address.label !== undefined) {
    if (suffix === undefined && address.label !== nic) {
      const summary = isPlain(address.label)
        ? `label ${address.label} does not fit: IPaddr2 would make it ${nic}:${address.label}, more than 15 characters`
        : `label ${address.label} does not fit: IPaddr2 takes it for several words`;
      const diagnostic = report(pacemakerFindings.labelTooLong, {
        summary,
        at,
        help: 'give it another label if something needs one',
      });
      losses.push({
        reason: isPlain(address.label)
          ? `Label ${address.label} is left out: with the interface's name it is too long.`
          : `Label ${address.label} is left out: IPaddr2 takes it for several words.`,
        wayOut: `Nothing needs doing unless something looks for the label. Then choose a shorter and plain one in all files and translate again, or give it to the resource after the migration: \`pcs resource update ${id} iflabel=web\`.`,
        diagnostic,
      });
    } else if (suffix !== undefined && !address.label.startsWith(`${nic}:`)) {
      losses.push({
        reason: `The label becomes ${nic}:${suffix}, since IPaddr2 always puts the interface's name before it.`,
        wayOut: `Nothing needs doing unless something looks for the label: let it look for ${nic}:${suffix}.`,
      });
    }
  }
  const refused = refusedOption(address);
  if (refused !== undefined) {
    const { text } = address.address;
    const detail = `${refusals[refused]} Keepalived logs that and goes on without the address; here it is added without the option.`;
    const diagnostic = report(pacemakerFindings.addressRefused, {
      summary: `no node has ${text}: the kernel refuses it with ${refused}`,
      detail,
      at,
      help: `remove ${refused}, or the entry`,
    });
    const wayOut = `Remove ${refused} if the address is wanted, and otherwise the entry, in all files, and translate again.`;
    losses.push({ reason: detail, wayOut, diagnostic });
  }
  const { agent } = agentOfAddress(address);
  if (
    address.address.family === 'ipv6' &&
    agent === 'ocf:heartbeat:IPaddr2' &&
    !address.unusual.includes('-nodad')
  )
    losses.push({
      reason:
        'Keepalived added it without a look whether another host has it. IPaddr2 lets the kernel look first: it is up some seconds later, and not at all where a host that was cut off still has it.',
      wayOut: `Nothing needs doing unless that is too slow. Then \`pcs resource update ${id} nodad=true\` after the migration, where the agents of all nodes know that parameter, as those of resource-agents 4.12 do: \`pcs resource describe ocf:heartbeat:IPaddr2\` tells.`,
    });
  if (address.unusual.includes('use_vmac'))
    losses.push({
      reason: 'The virtual MAC address of the entry stays behind: the address is on the interface below.',
      wayOut:
        'Put the address into an instance of its own that has use_vmac and the interface of the entry, and translate with `--vmac macvlan`: it then keeps a virtual MAC address. Otherwise remove static ARP entries and port security for the old one from hosts and switches before the cutover.',
    });
  return losses;
}

const refusals: Readonly<Record<string, string>> = {
  autojoin: 'Only a multicast address can have autojoin.',
  mngtmpaddr: 'Only an address with a prefix of 64 bits can have mngtmpaddr.',
};

/** It was on an interface that Keepalived had made; of the option in the entry itself lossesOf speaks. */
export function macLost({ leaves, interfaces }: MovingAddress): AddressLoss[] {
  const bases = [...new Set(Object.values(interfaces))].join(' or ');
  if (leaves === undefined) return [];
  const reason =
    leaves === 'vmac'
      ? `Its virtual MAC address stays behind: it has that of ${bases}.`
      : `Its ipvlan stays behind; ${bases} has the same MAC address.`;
  return [{ reason, wayOut: (leaves === 'vmac' ? virtualMac : virtualIpvlan).wayOut }];
}
