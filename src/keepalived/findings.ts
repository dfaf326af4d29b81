import type { Finding } from '../../grammar/source/diagnostic.ts';
import { lvsFindings } from './lvs-findings.ts';

function finding(code: string, severity: Finding['severity'], title: string, explanation: string): Finding {
  return { code, severity, title, explanation };
}

/** What can be said about one node's configuration as the daemon understands it. */
export const keepalivedFindings = {
  unknownKeyword: finding(
    'KP101',
    'warning',
    'the daemon does not know this keyword here',
    'From 1.2.20 on the daemon reports an unknown keyword and ignores its line. A keyword is known only inside its own block. Nothing of the line is translated.',
  ),
  spilledBlock: finding(
    'KP102',
    'warning',
    'a block that the daemon does not open closes the block around it',
    'The daemon skips a word that it does not know, but not its braces: it reads the content of the block as if it stood in the block around it, and takes the } for the end of that one. Everything between there and the real end is lost, often including virtual addresses. In a list of entries, such as virtual_ipaddress, every line is an entry, so that no block can open there: a keyword with a block has the same effect.',
  ),
  missingBrace: finding(
    'KP103',
    'warning',
    'a block has no opening brace',
    'The daemon reports the missing { and reads on inside the block. Its other processes cannot skip the block and report each of its lines.',
  ),
  missingWord: finding(
    'KP104',
    'error',
    'a keyword lacks its value',
    'The daemon prints `Configuration line … is missing a parameter` and exits. A file with such a line never ran.',
  ),
  skippedBlock: finding(
    'KP105',
    'warning',
    'a whole block is skipped',
    'The daemon skips a vrrp_instance or vrrp_sync_group whose head has no name, two names, or a name that was used before.',
  ),
  fatalValue: finding(
    'KP106',
    'error',
    'the daemon refuses to run an instance like this',
    'An instance needs a virtual_router_id from 1 to 255 and an interface (unless it is unicast), and no two instances may share identifier, interface and address family. The daemon exits when that is not so.',
  ),
  valueNotUsed: finding(
    'KP107',
    'warning',
    'a value is out of range or not of its kind',
    'The daemon reports the value and, depending on the keyword, uses its default, ignores the line, or uses the bad value all the same. The message says which.',
  ),
  overridden: finding(
    'KP108',
    'note',
    'another line counts instead of this one',
    'For most keywords the last one wins, silently. For scripts of the notify family, and for a name that is tracked twice, the first one wins.',
  ),
  nopreemptCleared: finding(
    'KP109',
    'warning',
    'nopreempt has no effect here',
    'The daemon clears nopreempt on a node with state MASTER or priority 255 and logs a message. The node preempts. To keep a node from preempting, give it state BACKUP.',
  ),
  entryDropped: finding(
    'KP110',
    'warning',
    'an entry of a list is dropped',
    'The daemon cannot use the entry and leaves it out; the rest of the list stays.',
  ),
  wrongFamily: finding(
    'KP111',
    'warning',
    'an address of the other family is dropped',
    'The first address that an instance meets decides whether it is IPv4 or IPv6; virtual_ipaddress then takes no other. virtual_ipaddress_excluded takes both.',
  ),
  notTracked: finding(
    'KP112',
    'warning',
    'a tracked object is not known at this point',
    'Tracked scripts, files and processes are looked up while the file is read: the definition must stand earlier in the text. Otherwise the daemon ignores the entry and runs the instance as if it were not tracked.',
  ),
  scriptArguments: finding(
    'KP113',
    'warning',
    'words after a script’s first one are dropped',
    'Only the first word after script is the command line; it must be quoted if it has arguments. The rest is ignored without a message.',
  ),
  scriptRemoved: finding(
    'KP114',
    'warning',
    'a vrrp_script without a command is removed',
    'The daemon removes the block and every track_script entry that names it.',
  ),
  noAddresses: finding(
    'KP115',
    'warning',
    'an instance holds no address',
    'The daemon runs such an instance with a warning (VRRP version 3 and strict mode refuse it). There is nothing for Pacemaker to hold.',
  ),
  surplusWords: finding(
    'KP116',
    'warning',
    'several keywords or entries stand on one line',
    'Inside a block the daemon reads one keyword a line, and one entry a line: what follows on the same line is a surplus word and is ignored, or spoils the entry.',
  ),
  syncWeightDropped: finding(
    'KP117',
    'warning',
    'a weight inside a sync group’s member does not count',
    'In a sync group the daemon drops weighted track entries of the members (a weighted interface becomes a hard condition), unless the group has sync_group_tracking_weight or the entry is written in the group.',
  ),
  unknownMember: finding(
    'KP118',
    'warning',
    'a sync group names an instance that does not exist',
    'The daemon warns and runs the group without that member.',
  ),
  masterWithoutPriority: finding(
    'KP120',
    'warning',
    'state MASTER without a priority means 255',
    'Without a priority a node with state MASTER has 255 (since 1.2.20), without a message: it counts as the owner of the addresses. Weights do not change an owner’s priority, and an owner always takes the addresses back. Without a priority and without state MASTER a node has 100.',
  ),
  vrrpNotStarted: finding(
    'KP121',
    'error',
    'the daemon does not start its VRRP process',
    'The daemon’s parent process counts braces to pass over the blocks that it does not read. When a } is missing, it takes everything after that for the inside of a block, sees no vrrp_instance, and starts no process for VRRP, without a message about it. A file like this never moved an address.',
  ),
  keywordOfOtherRelease: finding(
    'KP150',
    'warning',
    'this release of the daemon does not know the keyword',
    'A keyword that was added in a later release, or removed in an earlier one, is an unknown word to the daemon: it ignores the line, and if the keyword has a block, takes the } of that block for the end of the one around it. Say with --keepalived which release the host runs (keepalived --version); without it a file is read as 2.2 reads it.',
  ),
  symlinkedScript: finding(
    'KP151',
    'warning',
    'a script lies behind a symbolic link',
    'From 2.3.0 on the daemon does not follow symbolic links in the path of a script that runs as root: on hosts where /bin is a link to usr/bin it disables a script such as /bin/true, and the check counts for nothing. kp2pcm translates the script as if it ran. Look at the log of the daemon: if it says `Wrong file type found in script path`, the check has not counted so far.',
  ),
  initFail: finding(
    'KP152',
    'warning',
    'init_fail delays the start',
    'Up to 1.4 a vrrp_script with init_fail counts as failed until it has succeeded rise times. From 2.0 on the line has no effect. The translated check counts as good until it has failed, in either case.',
  ),
  missingWordIgnored: finding(
    'KP153',
    'warning',
    'a keyword lacks its value',
    'From 1.3.0 on the daemon exits at such a line. Before, it reads past the end of its list of words: it uses some default, or crashes (1.2.24 does, at a priority without a number). kp2pcm reads the file as if the line were not there.',
  ),
  repeatedAddress: finding(
    'KP154',
    'warning',
    'an instance has an address twice',
    'From 2.3.3 on the daemon reports the second one and leaves it out; before, both are kept, silently.',
  ),
  addressLimit: finding(
    'KP155',
    'warning',
    'an instance has more addresses than the daemon holds',
    'Up to 1.2.19 the first 20 addresses of virtual_ipaddress count and the rest is dropped. In 1.2.20 and 1.2.21 the limit is 9, and the others are held as if they stood in virtual_ipaddress_excluded; later releases hold all.',
  ),
  quotesAreWords: finding(
    'KP156',
    'warning',
    'quotes do not quote in this release',
    'Up to 1.2.19 a double quote is a word by itself, except for scripts, paths and a few other values: the daemon takes it for the value, and a password "x" is a single double quote.',
  ),
  loneMember: finding(
    'KP157',
    'warning',
    'a sync group with one member is removed',
    'From 1.2.20 to 1.4 the daemon removes a vrrp_sync_group that has only one instance, with a message: its notify scripts never run. From 2.0 on it is kept.',
  ),
  conditionWithoutNode: finding(
    'KP119',
    'warning',
    'no node’s name matches an @ condition',
    'A line that starts with @id is read only on the host whose config-id it is (the host name up to the first dot, or the -i option). Name the nodes with --nodes or NAME=FILE.',
  ),
  hostName: finding(
    'KP140',
    'note',
    'a name that only the host can know',
    'Routing tables, realms, types of service, protocols and groups of interfaces may have names. The daemon finds them in files of the host, most below /etc/iproute2; a route or rule with a name that is not there is dropped.',
  ),
  routeNotTracked: finding(
    'KP141',
    'note',
    'a route without an interface is not tracked',
    'The daemon tracks a virtual route through its interface. Without dev it does not notice that the route is gone, and says so at every start. no_track says that this is meant.',
  ),
  countedPreference: finding(
    'KP142',
    'warning',
    'a rule without a preference gets one that depends on its place',
    'The daemon gives 16384 to the first such rule of a family and counts down. The numbers change as soon as a rule is added above, and differ between nodes whose files differ.',
  ),
  optionDropped: finding(
    'KP143',
    'warning',
    'an option of an entry is not used',
    'The daemon reports the option and does without it; the rest of the entry stays.',
  ),
  lostWord: finding(
    'KP144',
    'warning',
    'the word after inet or inet6 is lost',
    'The reader of routes and rules in keepalived 2.2 skips the word after a family that stands alone. What the word was meant for is not done, and what follows it is read on its own.',
  ),
  definitionRemoved: finding(
    'KP145',
    'warning',
    'a tracked object is removed: it lacks what it is about',
    'A track_file without file, a vrrp_track_process without process and a bfd_instance without a usable neighbor_ip are removed. Entries that name them are ignored: the instance runs as if it were not tracked.',
  ),
  alwaysInFault: finding(
    'KP146',
    'warning',
    'an instance cannot leave FAULT',
    'The daemon starts the instance in FAULT and keeps it there: it never holds an address.',
  ),
  withoutEffect: finding(
    'KP147',
    'warning',
    'a setting has no effect beside the others',
    'The daemon takes the setting back, with a message in its log, since another one excludes it or is missing for it.',
  ),
  ...lvsFindings,
} as const;
