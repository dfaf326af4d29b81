import { virtualIpvlan, virtualMac } from './dispositions/instance.ts';

/** What to do about a detail of an address that IPaddr2 does not have. */
export const addressWaysOut = {
  labelTooLong: (id: string) =>
    `Nothing needs doing unless something looks for the label. Then shorten it in all files and translate again, or give the resource a shorter one after the migration: \`pcs resource update ${id} iflabel=web\`.`,
  labelPrefixed: (label: string) =>
    `Nothing needs doing unless something looks for the label: let it look for ${label}.`,
  // What a route says of its source comes before the choice by scope (ip-route(8), `src`).
  source:
    'Nothing needs doing unless programs on the node now use the address as their source. Then give the routes that they use a `src` with the address of the host, in its own network configuration.',
  unlikeOthers:
    'Nothing needs doing if that one is right. Otherwise write the lines alike in all files, and translate again.',
  leftInterface: { vmac: virtualMac.wayOut ?? '', ipvlan: virtualIpvlan.wayOut ?? '' },
  heldAlready:
    'Nothing needs doing if it may move with that group. Otherwise list it in one instance only, the one with which it is to move, and translate again.',
} as const;

/** @param option an option of an entry as Keepalived has it */
export function optionWayOut(option: string, id: string, nic: string): string {
  const [word = '', peer] = option.split(' ');
  // Since resource-agents 4.12 (pacemaker-mapping).
  if (word === '-nodad')
    return `For ${option}: \`pcs resource update ${id} nodad=true\` after the migration, where \`pcs resource describe ocf:heartbeat:IPaddr2\` knows that parameter.`;
  if (word === 'use_vmac') return addressWaysOut.leftInterface.vmac;
  // All that a peer does beside the address is a route to it through the interface.
  if (word === 'peer')
    return `For peer: a line \`${peer} dev ${nic}\` in virtual_routes of the instance is the route to the peer that went with the address. Add it and translate again.`;
  return `For ${option}: nothing needs doing unless the service depends on it. Then let notify_master of the instance run what sets it, which happens once the address is there, and translate again.`;
}
