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
    'There is nothing for Pacemaker to hold: every vrrp_instance is without virtual_ipaddress entries that the daemon uses, and without scripts, routes or rules that follow its state.',
  ),
  addressTwice: finding(
    'KP302',
    'warning',
    'an address belongs to two instances',
    'Keepalived lets two instances hold one address, on two nodes at a time. In the cluster one resource holds it, on one node: the address goes with the first instance only.',
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
    'In Keepalived every node decides for itself, and for each instance of a sync group, whether it takes the addresses back; in Pacemaker stickiness belongs to the resource and holds for all nodes. The shortest example: a check takes the holder’s priority below that of a node without nopreempt; Keepalived moves the addresses there, Pacemaker keeps them. kp2pcm verify shows what it is in a configuration.',
  ),
  preemptDelayInPart: finding(
    'KP305',
    'warning',
    'preempt_delay does not hold for every return',
    'A node that starts, or that comes out of FAULT, waits. Where a weight alone has made it worse for a time, or a service that the cluster runs in place of its check, it goes back as soon as that is good again; and of three nodes or more, another one takes over where the holder fails while the best one waits. Where nopreempt on the best node keeps the addresses where they are, nobody waits for anything.',
  ),
  prioritiesDifferInSyncGroup: finding(
    'KP306',
    'warning',
    'members of a sync group have different priorities',
    'The members move as one; Pacemaker needs one preference for all of them and takes that of the first member.',
  ),
  roleHasOneValue: finding(
    'KP307',
    'warning',
    'the Ansible role has one value for all nodes',
    'Where the nodes call the interface by different names, the plan gives nic of IPaddr2 for each node, by a rule. The role ha_cluster has no rules for parameters: without nic IPaddr2 puts the address on the interface with a matching route, and the agents that kp2pcm ships do not start.',
  ),
  labelTooLong: finding(
    'KP308',
    'warning',
    'the label does not fit',
    'IPaddr2 builds the label as interface:label and refuses more than 15 characters on every node; one with blanks or patterns it takes for several words. The label is left out; the address works without it.',
  ),
  fasterThanCorosync: finding(
    'KP309',
    'warning',
    'failover becomes slower',
    'Corosync’s token is not set below one second: virtual machines pause for as long. With the shortest token an address needs about 2.4 to 3.6 s to move after a silent death (measured), where a short advert_int took less.',
  ),
  actsWithoutAddress: finding(
    'KP347',
    'warning',
    'an instance holds no address, but acts',
    'Its notify scripts, routes or rules follow the election all the same, as for an address that only a cloud knows. They become a group without an address. The scripts tell who holds a group by its addresses, so that this one is not handed over: it stops with Keepalived and starts with Pacemaker.',
  ),
  notifyByHand: finding(
    'KP310',
    'warning',
    'notify scripts are not run by the migrated cluster',
    'All addresses of the instance are held by other groups, so there is no group in Pacemaker that moves with it and no agent that could tell. Scripts that start or stop something become a resource, those that inform an alert.',
  ),
  checkDiffers: finding(
    'KP311',
    'note',
    'a check differs between the nodes',
    'A vrrp_script, track_file or vrrp_track_process of one name says one thing on one node and another on the next. Each node keeps its own: the cluster runs one agent for each definition, on its own nodes.',
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
  bfdByPing: finding(
    'KP350',
    'warning',
    'a BFD session becomes a ping',
    'BFD tells within fractions of a second that the path to a neighbour is broken. Pacemaker has nothing like it: the agent ocf:pacemaker:ping asks the neighbour for an answer each second, on every node, and the same weights count. It notices in seconds, and asks the neighbour itself, not what it forwards. Where that is too slow, a BFD daemon that a vrrp_script asks keeps its own pace.',
  ),
  serviceManaged: finding(
    'KP351',
    'note',
    'a check becomes the service itself',
    'With --manage-services a check that only asks whether a service runs becomes a clone of the service, and its weight a colocation of the addresses with it. Pacemaker then starts the service, starts it again after a failure and stops it; systemd must not do so too.',
  ),
  unitGuessed: finding(
    'KP352',
    'warning',
    'the name of a unit is a guess',
    'The check names a process (killall -0, pidof, pgrep, track_process), and the unit that runs it may be called otherwise, on one distribution or another: apache2 and httpd, mysql and mariadb. pcs refuses a unit that systemd does not know, before anything is changed.',
  ),
  serviceFollows: finding(
    'KP327',
    'note',
    'notify scripts become the service itself',
    'With --manage-services a service that notify_master starts and that a script of BACKUP, FAULT or the end stops becomes a member of the group, after the addresses. Pacemaker starts it where the addresses are, asks whether it runs, and starts it again after a failure. Three failures move the group, and so does a start that fails. On a move the addresses wait until the service has stopped. Keepalived ran its scripts and noticed none of this. A stop that fails holds nothing up, here as there.',
  ),
  notifyStays: finding(
    'KP328',
    'note',
    'a notify script of a service stays a script',
    'With --manage-services notify scripts become the service only as twins: on every node notify_master does nothing but start it, and notify_backup, notify_fault or notify_stop does nothing but stop it. No other instance, and nothing of the companion file, may look after the same service. This script is run by the agent ocf:kp2pcm:notify, as without the option.',
  ),
  serviceStaysCheck: finding(
    'KP353',
    'note',
    'a check of a service stays a check',
    'With --manage-services a check becomes the service only where a colocation says the same as its weights: for all nodes alike, without reverse, and one check for each service; and not where the service is in the plan already, for a notify script or from the companion file, or where notify scripts or a FIFO are told of the check: they hear FAULT and priorities from its attribute, which a service does not keep. This one goes on asking whether the service runs.',
  ),
  checkCovered: finding(
    'KP354',
    'note',
    'a check is left to a service of the companion file',
    'The check only asks whether a service runs that the companion file has as a clone, and needed-by says what a node without it loses. Counted besides, the check would take the same a second time. Where needed-by names the instance it counts alone; other instances go on counting the check.',
  ),
  coveredNotTold: finding(
    'KP355',
    'warning',
    'notify scripts are not told of a service',
    'The agent that runs notify scripts and writes to FIFOs knows FAULT and the priority from attributes that checks keep. A service of the companion file that counts in the place of a check keeps none. Where the check is a hard condition and needed-by says INFINITY, the check stays, and they are told.',
  ),
  checkOfFollowing: finding(
    'KP356',
    'warning',
    'a check asks everywhere for a service that runs with the addresses',
    'With the companion file a service that follows an instance runs where its addresses are and nowhere else. A check of it that the same instance tracks is bad on all other nodes: they can hardly take the addresses, or not at all. The check worked while something else ran the service on every node.',
  ),
  byHand: finding(
    'KP312',
    'warning',
    'something must be carried over by hand',
    'The directive works in Keepalived and has no automatic counterpart in this translation. The report lists what to do and what happens otherwise.',
  ),
  leftOutOfCheckerFile: finding(
    'KP340',
    'warning',
    'a line is missing from the file for Keepalived’s checkers',
    'Keepalived goes on as a health checker with a file that kp2pcm writes from the configuration. No output of kp2pcm holds a password, and a few texts cannot be written in any file: such a line must be added by hand on every node, before the cutover.',
  ),
  unknownCheckers: finding(
    'KP341',
    'warning',
    'the virtual servers of a node are not known',
    'The file of this node was not given, so that no file for its checkers can be written. If it balances too, as the others do, nothing keeps its services once Keepalived is stopped there.',
  ),
  lostOnLdirectord: finding(
    'KP342',
    'warning',
    'ldirectord does this differently',
    'ldirectord knows one kind of check for all servers of a service, whole seconds, and no quorum, among others. The line says what it does instead. Keepalived as a health checker, which is the default, changes nothing.',
  ),
  notForLdirectord: finding(
    'KP343',
    'error',
    'ldirectord cannot serve this virtual server',
    'It balances TCP, UDP and firewall marks, with servers of the same address family as the service. A service that it cannot serve would be down after the migration, so nothing is translated. Keepalived as a health checker, which is the default, serves it as before.',
  ),
  recipientCannotBeKept: finding(
    'KP326',
    'warning',
    'a recipient of mail cannot be written down',
    'The addresses that an alert writes to are values in the cluster’s configuration. pcs 0.11.5 breaks off at an apostrophe in one, and Pacemaker’s tools change what is not ASCII. The alert is made without this address.',
  ),
  mailDiffersUnnamed: finding(
    'KP333',
    'warning',
    'a setting of mail is lost on a node without a sure name',
    'The alert that sends mail runs on every node, and has what differs between them under the names of the nodes. Where a name is only assumed it cannot be used: the node sends with what another one says, and names itself in the subject. Give the name with the file (NAME=FILE).',
  ),
  mailWithoutGroup: finding(
    'KP334',
    'warning',
    'no mail is sent about an instance',
    'The alert sends mail where the first or the last address of a group starts or stops. An instance or a sync group that holds no address of its own has none, and smtp_alert in it comes to nothing.',
  ),
  addressRefused: finding(
    'KP364',
    'warning',
    'the kernel refuses an address with its option',
    'Only a multicast address can have autojoin, and only an IPv6 address with a prefix of 64 bits mngtmpaddr. Keepalived asks the kernel, writes `Invalid argument` into its log and runs without the address, so that no node has it. The preflight of migrate.sh finds that and stops. The address is added without the option, which may not be what was meant: decide whether the address or the option is wanted.',
  ),
  vmacDropped: finding(
    'KP321',
    'warning',
    'a virtual MAC address is left behind',
    'With use_vmac the addresses had a MAC address that moved with them, and clients noticed nothing of a failover. Pacemaker’s addresses have that of the node that holds them; clients learn another one by gratuitous ARP, and one that ignores it, or has a static entry, is cut off. migrate.sh says so before it changes anything, and wants --accept-new-mac. With --vmac macvlan a shipped agent keeps the interface with the virtual MAC address.',
  ),
  vmacNotKept: finding(
    'KP322',
    'warning',
    'an interface of Keepalived’s is not kept',
    'Keepalived held the addresses on an interface that it had made, and no resource makes one like it: the addresses move to the interface below. That concerns use_ipvlan, single addresses with a virtual MAC address of their own, and instances whose nodes do not agree on one.',
  ),
  valueNotCarried: finding(
    'KP329',
    'error',
    'a value does not fit into the cluster’s configuration',
    'Pacemaker’s tools lose or change some texts: control characters, and what stands behind a letter beyond ASCII if it has &, < or a double quote in it; pcs takes no empty value. Commands of the configuration are written so that this does not happen to them; the parameters of other agents stand as they are. Nothing is written rather than something else.',
  ),
  targetCannotHold: finding(
    'KP320',
    'error',
    'a value cannot be written there',
    'A parameter holds characters that the form asked for, or the program that reads it, cannot keep: control characters in XML; for crmsh also a tab, a backslash at the end or before a double quote, and beside letters beyond ASCII a double quote or a bracket of XML. Nothing is written rather than something else.',
  ),
} as const;
