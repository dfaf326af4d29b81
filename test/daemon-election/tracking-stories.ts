import type { Story } from './play-story.ts';
import {
  both,
  dies,
  fails,
  file,
  head,
  instance,
  leaves,
  nodes,
  recovers,
  returns,
  three,
  writes,
} from './story-words.ts';

const files: Story = {
  name: 'the value of a file times its weight is added',
  nodes: nodes([110, 100], file('amount', 'weight -1'), 'track_file {\n    amount\n  }'),
  sequences: [
    [...both, writes('n1', 20), writes('n1', 5), writes('n1', 0)],
    [...both, writes('n1', 254), writes('n2', 300), writes('n1', 253), writes('n2', 0)],
    [...both, writes('n2', -30), writes('n2', 0)],
  ],
};

const defaultFile: Story = {
  name: 'without a weight a file counts as it is, and -254 is a fault',
  nodes: nodes([110, 100], file('amount'), 'track_file {\n    amount\n  }'),
  sequences: [
    [...both, writes('n2', 17), writes('n1', 9), writes('n1', -254), writes('n2', -300), writes('n1', 0)],
  ],
};

const hardFile: Story = {
  name: 'a file of weight 0 must hold 0',
  nodes: nodes([110, 100], file('amount', 'weight 0'), 'track_file {\n    amount\n  }'),
  sequences: [[...both, writes('n1', 1), writes('n2', -5), writes('n1', 0), writes('n2', 0)]],
};

const processText = (name: string, lines = '') =>
  `vrrp_track_process ${name} {\n  process kp2pcm-no-such-process\n  ${lines}\n}\n`;
const tracking = (name: string) => `track_process {\n    ${name}\n  }`;

/** Processes that never run: in a network namespace the daemon hears of no others. */
const deadProcess: Story = {
  name: 'a process that does not run is a fault',
  nodes: {
    n1: `${head}${processText('service')}${instance(1, `priority 150\n  ${tracking('service')}`)}`,
    n2: `${head}${instance(1, 'priority 100')}`,
  },
  sequences: [[fails('n1', 'service', 'process'), ...both, dies('n2'), returns('n2')]],
};

const weightedProcess: Story = {
  name: 'the negative weight of a process counts while it does not run, a positive one while it does',
  nodes: {
    n1: `${head}${processText('minus', 'weight -60')}${instance(1, `priority 150\n  ${tracking('minus')}`)}`,
    n2: `${head}${processText('plus', 'weight 20')}${instance(1, `priority 100\n  ${tracking('plus')}`)}`,
    n3: `${head}${instance(1, 'priority 110')}`,
  },
  sequences: [
    [fails('n1', 'minus', 'process'), fails('n2', 'plus', 'process'), ...three, dies('n3'), leaves('n2')],
  ],
};

const bfd = (lines = '') =>
  `bfd_instance far {\n  neighbor_ip 192.0.2.254\n  min_rx 100\n  min_tx 100\n  ${lines}\n}\n`;

const session: Story = {
  name: 'a BFD session that is down is a fault',
  nodes: nodes([150, 100], bfd(), 'track_bfd {\n    far\n  }'),
  sequences: [
    [...both, fails('n1', 'far', 'bfd'), fails('n2', 'far', 'bfd'), recovers('n1', 'far', 'bfd')],
    [...both, fails('n2', 'far', 'bfd'), dies('n1'), recovers('n2', 'far', 'bfd')],
  ],
};

const weightedSession: Story = {
  name: 'a BFD session with a weight takes from the priority while it is down',
  nodes: nodes([150, 100], bfd('weight -60'), 'track_bfd {\n    far\n  }'),
  sequences: [[...both, fails('n1', 'far', 'bfd'), fails('n2', 'far', 'bfd'), recovers('n1', 'far', 'bfd')]],
};

/** Files, processes and BFD sessions. */
export const trackingStories: readonly Story[] = [
  files,
  defaultFile,
  hardFile,
  deadProcess,
  weightedProcess,
  session,
  weightedSession,
];
