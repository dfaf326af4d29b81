import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about the way into Pacemaker's terms. */
export const pacemakerFindings = {
  noAddresses: finding(
    'KP301',
    'error',
    'no instance holds an address',
    'There is nothing for Pacemaker to hold: every vrrp_instance is without virtual_ipaddress entries that the daemon uses.',
  ),
  addressTwice: finding(
    'KP302',
    'warning',
    'an address belongs to two instances',
    'Keepalived lets two instances hold one address, on two nodes at a time. Pacemaker refuses that: the address goes with the first instance only.',
  ),
  fencingOff: finding(
    'KP303',
    'warning',
    'there is no fencing',
    'Keepalived has no fencing, and without a device Pacemaker cannot have any: it is switched off. A node that hangs or is cut off may then hold the addresses while another has taken them, as with Keepalived. For anything with data on shared disks, fencing is a must.',
  ),
  nopreemptOnSomeNodes: finding(
    'KP304',
    'warning',
    'nopreempt on some nodes only',
    'In Keepalived every node decides for itself whether it takes the addresses back; in Pacemaker stickiness belongs to the resource and holds for all nodes. The shortest example: a check takes the holder’s priority below that of a node without nopreempt; Keepalived moves the addresses there, Pacemaker keeps them. kp2pcm verify shows what it is in a configuration.',
  ),
  preemptDelayLost: finding(
    'KP305',
    'warning',
    'preempt_delay has no counterpart',
    'Pacemaker moves the addresses back as soon as the better node is online and its checks are good. To delay that, use nopreempt and move the group back by hand.',
  ),
  prioritiesDifferInSyncGroup: finding(
    'KP306',
    'warning',
    'members of a sync group have different priorities',
    'The members move as one; Pacemaker needs one preference for all of them and takes that of the first member.',
  ),
  interfacesDiffer: finding(
    'KP307',
    'warning',
    'the interface has different names on the nodes',
    'IPaddr2 has one nic parameter for all nodes. Without it the agent puts the address on the interface with a matching route, so every node needs a route to the address’s network there.',
  ),
  labelTooLong: finding(
    'KP308',
    'warning',
    'the label does not fit',
    'IPaddr2 builds the label as interface:label and refuses more than 15 characters on every node. The label is left out; the address works without it.',
  ),
  fasterThanCorosync: finding(
    'KP309',
    'warning',
    'failover becomes slower',
    'Corosync’s token is not set below one second: virtual machines pause for as long. With the shortest token an address needs about 2.4 to 3.6 s to move after a silent death (measured), where a short advert_int took less.',
  ),
  notifyByHand: finding(
    'KP310',
    'warning',
    'notify scripts are not run by the migrated cluster',
    'Scripts of the notify family may start services, write files or send messages; each has its own way into Pacemaker: a resource in the group, or an alert.',
  ),
  checkDiffers: finding(
    'KP311',
    'note',
    'a vrrp_script differs between the nodes',
    'Each node keeps its own command: the cluster runs one agent for each definition, on its own nodes.',
  ),
  clampLost: finding(
    'KP313',
    'warning',
    'weights can take a priority beyond what Keepalived allows',
    'Keepalived never lets a priority fall below 1 or rise above 254: nodes that meet at such an end are equal there, and an equal one displaces nobody. Scores have no such ends, so that the difference between the nodes stays and decides. The shortest example: what takes a priority beyond that end is so on the holder, then on the other node; Keepalived keeps the addresses there, Pacemaker moves them back.',
  ),
  partialWeight: finding(
    'KP421',
    'warning',
    'a weight counts for some members of a sync group only',
    'A sync group of Keepalived takes over where all of its members would: a weight that lowers one member alone moves nothing while the group has a holder, and keeps it from coming back. In Pacemaker the group has one score, which the weight changes. The shortest example: a check of one member turns bad on the holder; Keepalived keeps the addresses, Pacemaker moves them. Track the object in the vrrp_sync_group itself, or in every member with the same weight.',
  ),
  byHand: finding(
    'KP312',
    'warning',
    'something must be carried over by hand',
    'The directive works in Keepalived and has no automatic counterpart in this translation. The report lists what to do and what happens otherwise.',
  ),
  targetCannotHold: finding(
    'KP320',
    'error',
    'a value cannot be written there',
    'A parameter holds characters that the form asked for, or the program that reads it, cannot keep: control characters in XML; for crmsh also a tab, a backslash at the end or before a double quote, and beside letters beyond ASCII a double quote or a bracket of XML. Nothing is written rather than something else.',
  ),
} as const;
