import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { VirtualAddress } from '../keepalived/node-configuration.ts';
import { virtualIpvlan, virtualMac } from './dispositions/instance.ts';
import { pacemakerFindings } from './findings.ts';
import type { MovingAddress } from './moving-group.ts';

/** What a detail of an entry loses on the way; nothing lost means exact. */
export interface AddressLoss {
  readonly reason: string;
  readonly wayOut: string;
  readonly diagnostic?: Diagnostic;
}

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
      const summary = `label ${address.label} does not fit: IPaddr2 would make it ${nic}:${address.label}, more than 15 characters`;
      const diagnostic = report(pacemakerFindings.labelTooLong, {
        summary,
        at,
        help: 'shorten the label if something needs it',
      });
      losses.push({
        reason: `Label ${address.label} is left out: with the interface's name it is too long.`,
        wayOut: `Nothing needs doing unless something looks for the label. Then shorten it in all files and translate again, or give the resource a shorter one after the migration: \`pcs resource update ${id} iflabel=web\`.`,
        diagnostic,
      });
    } else if (suffix !== undefined && !address.label.startsWith(`${nic}:`)) {
      losses.push({
        reason: `The label becomes ${nic}:${suffix}, since IPaddr2 always puts the interface's name before it.`,
        wayOut: `Nothing needs doing unless something looks for the label: let it look for ${nic}:${suffix}.`,
      });
    }
  }
  if (address.scope !== undefined)
    losses.push({
      reason: `Scope ${address.scope} is lost: IPaddr2 adds addresses with scope global.`,
      wayOut: sourceOfRoutes,
    });
  if (address.preferredLft !== undefined && address.address.family === 'ipv4') {
    losses.push({
      reason: `preferred_lft ${address.preferredLft} is lost: IPaddr2 sets it for IPv6 only.`,
      wayOut: sourceOfRoutes,
    });
  }
  for (const option of address.unusual)
    losses.push({
      reason: `The option ${option} has no counterpart in IPaddr2.`,
      wayOut: optionWayOut(option, id, nic),
    });
  return losses;
}

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

// What a route says of its source comes before the choice by scope (ip-route(8), `src`).
const sourceOfRoutes =
  'Nothing needs doing unless programs on the node now use the address as their source. Then give the routes that they use a `src` with the address of the host, in its own network configuration.';

/** @param option an option of an entry as Keepalived has it */
function optionWayOut(option: string, id: string, nic: string): string {
  const [word = '', peer] = option.split(' ');
  // Since resource-agents 4.12 (pacemaker-mapping).
  if (word === '-nodad')
    return `For ${option}: \`pcs resource update ${id} nodad=true\` after the migration, where \`pcs resource describe ocf:heartbeat:IPaddr2\` knows that parameter.`;
  if (word === 'use_vmac') return virtualMac.wayOut;
  // All that a peer does beside the address is a route to it through the interface.
  if (word === 'peer')
    return `For peer: a line \`${peer} dev ${nic}\` in virtual_routes of the instance is the route to the peer that went with the address. Add it and translate again.`;
  return `For ${option}: nothing needs doing unless the service depends on it. Then let notify_master of the instance run what sets it, which happens once the address is there, and translate again.`;
}
