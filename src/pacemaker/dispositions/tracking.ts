import { type DispositionTable, equivalent, manual, notNeeded } from './disposition.ts';

/** A file that holds a number. */
export const trackedFile = manual(
  'Keepalived watched an integer in a file and added value × weight to the priority, or went to FAULT. Nothing reads the file after the migration, so writing it no longer moves the addresses.',
  'Let whoever writes the file write a node attribute instead, `attrd_updater --name drain --update 20` on the node concerned (value × weight, if the weight was not 1; again after each restart of the node), and make it count: `pcs constraint location VI_1 rule score-attribute=drain defined drain` adds its value to the score, as weight 1 did; `pcs constraint location VI_1 rule score=-INFINITY defined drain and drain ne 0` forbids the node, as weight 0 did. Or replace the track_file by a vrrp_script that tests the file, and translate again.',
);

/** A process that must run. */
export const trackedProcess = manual(
  'Keepalived watched processes through kernel events and let the instance lose priority, or go to FAULT, when they ended. Nothing watches them after the migration, so the addresses stay on a node whose process is dead.',
  'Replace it by a vrrp_script with the same weight that runs `/usr/bin/pgrep -x haproxy`, and translate again. Or hand the service to the cluster, which then restarts it too: `systemctl disable haproxy` on every node, `pcs resource create haproxy systemd:haproxy op monitor interval=2s`, `pcs resource clone haproxy meta interleave=true`, `pcs constraint colocation add VI_1 with haproxy-clone score=INFINITY` (in place of INFINITY the absolute weight, if it was not 0).',
);

/** A BFD session. */
export const trackedSession = manual(
  'Keepalived kept a BFD session with a neighbour and let the instance lose priority, or go to FAULT, when it broke, within fractions of a second. Pacemaker has nothing like it, so a dead path no longer moves the addresses.',
  'Watch the neighbour with ping instead, which notices within seconds: `pcs resource create gateway ocf:pacemaker:ping host_list=192.0.2.1 dampen=1s attempts=2 timeout=2 name=gateway op monitor interval=2s timeout=30s`, `pcs resource clone gateway meta interleave=true`, `pcs constraint location VI_1 rule score=-INFINITY gateway lt 1` (in place of -INFINITY the negative weight, if it was not 0). Or run a BFD daemon such as that of FRR, and a vrrp_script that asks it.',
);

/** track_interface entries, also of a group. */
export const trackedInterface = equivalent(
  "The state of this interface decided, or weighed in, on which node the addresses are. An ethmonitor clone sets a node attribute from the link's state, and a location rule with the same weight reads it.",
);

/** track_script entries, also of a group. */
export const trackedScript = equivalent(
  'The result of this vrrp_script decided, or weighed in, on which node the addresses are. A node attribute carries the result, and a location rule with the same weight reads it.',
);

/** vrrp_script { } */
export const vrrpScriptDispositions: DispositionTable = {
  script: equivalent('The shipped track agent runs the very same command on every node.'),
  interval: equivalent("The track agent's monitor runs at the same interval."),
  timeout: equivalent('The track agent ends a command that runs longer and counts it as failed.'),
  weight: equivalent(
    'A location rule with the same number reads the result; 0 forbids a node whose command fails.',
  ),
  rise: equivalent('The track agent wants the same number of successes in a row.'),
  fall: equivalent('The track agent wants the same number of failures in a row.'),
  user: equivalent('The track agent runs the command as the same user.'),
  init_fail: notNeeded(
    'It should have counted the check as failed until its first successes. Keepalived 2.x ignores it: one success is enough there, and a check without a result counts as good here.',
  ),
};

export const scriptCheck = equivalent(
  'Keepalived ran a command again and again and let the result count. A cloned track agent runs the same command on every node and keeps the result in a node attribute.',
);
