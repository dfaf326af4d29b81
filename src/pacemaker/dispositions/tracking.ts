import { approximate, type DispositionTable, equivalent, notNeeded } from './disposition.ts';

/** A file that holds a number. */
export const trackedFile = equivalent(
  'Keepalived watched an integer in a file and added value × weight to the priority, or went to FAULT. A cloned agent reads the file each second and keeps a node attribute, whose value a location rule takes as score.',
);

/** A process that must run. */
export const trackedProcess = equivalent(
  'Keepalived watched processes through kernel events and let the instance lose priority, or go to FAULT, when they ended. A cloned agent counts them each second and keeps a node attribute, and a location rule with the same weight reads it.',
);

/** FRR's bfdd has a session of its own with the neighbour, and vtysh tells its state (https://docs.frrouting.org/en/latest/bfd.html). */
export const keepDaemon =
  'Nothing needs doing unless that is too slow, or an answer to a ping is not enough. Then keep a BFD daemon such as that of FRR, track a vrrp_script that asks it (`vtysh -c "show bfd peers"`), and translate again.';

/** A BFD session. */
export const trackedSession = approximate(
  'Keepalived kept a BFD session with a neighbour and let the instance lose priority, or go to FAULT, when it broke, within fractions of a second. Pacemaker has nothing like it: a clone pings the neighbour, which takes seconds, and a location rule with the same weight reads the answer.',
  keepDaemon,
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
