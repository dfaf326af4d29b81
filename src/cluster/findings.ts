import type { Finding } from '../../grammar/source/diagnostic.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said only with the configurations of several nodes side by side. */
export const clusterFindings = {
  nothingToMove: finding(
    'KP201',
    'error',
    'there is no vrrp_instance',
    'kp2pcm moves virtual addresses from VRRP to Pacemaker. A configuration without a vrrp_instance that the daemon runs has none: a pure LVS director, for example, keeps its keepalived.',
  ),
  peersUnknown: finding(
    'KP202',
    'warning',
    'only one node’s configuration is known',
    'One file does not say how its peers are called, nor their priorities. The scripts hold the names in variables at their head and refuse to run until these resolve. A peer of a MASTER is placed directly below it, the peers of a BACKUP level with it. Give the files of all nodes for an exact translation: kp2pcm lb1=lb1.conf lb2=lb2.conf',
  ),
  routerIdsDiffer: finding(
    'KP203',
    'warning',
    'nodes use different virtual_router_ids for the same addresses',
    'Nodes with different identifiers do not hear each other: each becomes master and holds the addresses. Pacemaker will hold them once, which is surely what was meant.',
  ),
  addressesDiffer: finding(
    'KP204',
    'warning',
    'nodes list different addresses for one instance',
    'A node that receives an advert with other addresses than its own ignores it, so that both become master. Pacemaker holds the addresses of all lists, on one node.',
  ),
  equalPriorities: finding(
    'KP205',
    'warning',
    'nodes have equal priorities',
    'Neither displaces the other: the one that holds the addresses keeps them; where both hold them, after a partition, the higher source address stays. Pacemaker too leaves them where they are, but chooses the first place by itself. The shortest example: both start at once, or the node that held dies; with Keepalived either of the equal ones may be first, and Pacemaker may choose the other.',
  ),
  severalMasters: finding(
    'KP206',
    'note',
    'more than one node has state MASTER',
    'The state only tells how a node starts; the priorities decide the election.',
  ),
  masterNotHighest: finding(
    'KP207',
    'warning',
    'the node with state MASTER does not have the highest priority',
    'The state only tells how a node starts; the node with the highest priority takes the addresses. The translation follows the priorities.',
  ),
  intervalsDiffer: finding(
    'KP208',
    'warning',
    'nodes use different advert_int values in VRRP version 2',
    'A version 2 node drops adverts with an interval other than its own, so that both become master. Pacemaker has one cluster-wide timing: the shortest interval decides it.',
  ),
  missingOnNode: finding(
    'KP209',
    'warning',
    'an instance is missing on a node',
    'Only the nodes that configure an instance hold its addresses. The translation forbids the others.',
  ),
  partOfSyncGroup: finding(
    'KP420',
    'warning',
    'a node has only some instances of a sync group',
    'A node of Keepalived holds the instances that it configures: with a part of the group on one node and a part on another, both may be master. In Pacemaker the group is one, and any node that has an instance of it may hold all of its addresses.',
  ),
  peerNotGiven: finding(
    'KP210',
    'warning',
    'a unicast peer has no configuration here',
    'A node that takes part in the election is missing among the given files; the cluster would be set up without it.',
  ),
  syncGroupsDiffer: finding(
    'KP211',
    'warning',
    'nodes tie different instances together',
    'A sync group that only some nodes have, or that has other members there, moves its instances together only on those nodes. Pacemaker keeps them together everywhere.',
  ),
  prefixesDiffer: finding(
    'KP212',
    'warning',
    'nodes give one address different prefix lengths',
    'Pacemaker configures an address once for all nodes; the first node’s prefix length is used. The cutover can adopt the address in place only where the prefix is the same.',
  ),
  authenticationDiffers: finding(
    'KP213',
    'warning',
    'nodes authenticate differently',
    'A node drops adverts with another kind of authentication or another password than its own and logs it, so that both become master. The first eight bytes of a password count. Pacemaker holds the addresses once and does not use these passwords.',
  ),
  versionsDiffer: finding(
    'KP214',
    'warning',
    'nodes use different VRRP versions',
    'A node drops adverts of another version than its own and logs `wrong version`, so that both become master. An instance has the version of its own line, else that of vrrp_version in global_defs, else 2; IPv6 has 3.',
  ),
  transportDiffers: finding(
    'KP215',
    'warning',
    'nodes do not reach each other with their adverts',
    'Adverts go to the unicast peers, if there are any, else to the multicast group. A node that others do not list as a peer, or that waits for multicast, does not hear them and becomes master beside them.',
  ),
  trackedOnSomeNodes: finding(
    'KP216',
    'warning',
    'a script is tracked on some nodes only',
    'A node that does not track a check holds the addresses, and takes them, whatever the check would say. The translation keeps that: the rule is tied to the nodes that track.',
  ),
  nopreemptOnLowerNode: finding(
    'KP218',
    'note',
    'nopreempt stands only on the node that never preempts',
    'nopreempt keeps the node that has it from taking the addresses from a lower one. On the node with the lowest priority it does nothing; the node with the higher priority still takes them back when it returns. To prevent that, write nopreempt there, with state BACKUP.',
  ),
  nopreemptNotOnLowerNode: finding(
    'KP219',
    'note',
    'nopreempt is missing on the node that never preempts',
    'nopreempt keeps the node that has it from taking the addresses from a lower one. The node with the lowest priority has none to take them from, so the line makes no difference there, until the priorities or the weights are changed.',
  ),
  namesDiffer: finding(
    'KP217',
    'note',
    'one instance has different names on its nodes',
    'Nodes find each other by virtual_router_id, interface and address; the name of an instance is the node’s own affair. Pacemaker has one name for it.',
  ),
} as const;
