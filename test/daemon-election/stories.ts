import type { Story } from './play-story.ts';
import {
  both,
  bothLate,
  dies,
  down,
  fails,
  head,
  instance,
  leaves,
  nodes,
  recovers,
  returns,
  script,
  three,
  up,
} from './story-words.ts';
import { tieStories } from './tie-stories.ts';
import { trackingStories } from './tracking-stories.ts';

const plainPair: Story = {
  name: 'the highest priority holds, and takes back what it lost',
  nodes: nodes([150, 100], '', ''),
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [...both, leaves('n1'), returns('n1')],
    [...bothLate, dies('n2'), returns('n2')],
    [[...both], dies('n2'), dies('n1'), returns('n2')],
    [...both, down('n1'), up('n1')],
    [...both, down('n1'), down('n2'), up('n2'), up('n1')],
    [...both, leaves('n2'), down('n1'), returns('n2'), up('n1')],
  ],
};

const threeNodes: Story = {
  name: 'of three nodes the best that is able holds',
  nodes: nodes([150, 120, 90], '', ''),
  sequences: [
    [three, dies('n1'), dies('n2'), returns('n1')],
    [returns('n3'), returns('n2'), returns('n1'), leaves('n1'), leaves('n2')],
    [three, down('n1'), dies('n2'), up('n1'), returns('n2')],
  ],
};

const nopreempt: Story = {
  name: 'nopreempt stays where it is, on the node that has it',
  nodes: nodes([150, 100], '', 'nopreempt'),
  sequences: [
    [...both, dies('n1'), returns('n1'), dies('n2'), returns('n2')],
    [...bothLate],
    [...both, down('n1'), up('n1'), leaves('n2')],
  ],
};

const nopreemptOnOne: Story = {
  name: 'nopreempt of one node does not bind the other',
  nodes: {
    n1: `${head}${instance(1, 'priority 150')}`,
    n2: `${head}${instance(1, 'priority 120\n  nopreempt')}`,
    n3: `${head}${instance(1, 'priority 90')}`,
  },
  sequences: [
    [returns('n3'), returns('n2'), returns('n1')],
    [returns('n3'), returns('n2'), dies('n3'), returns('n3'), returns('n1')],
    [three, dies('n1'), dies('n2'), returns('n2'), returns('n1')],
  ],
};

const stateMaster: Story = {
  name: 'state MASTER gives no preference, and clears nopreempt',
  nodes: {
    n1: `${head}${instance(1, 'state MASTER\n  priority 90')}`,
    n2: `${head}${instance(1, 'state BACKUP\n  priority 100')}`,
    n3: `${head}${instance(1, 'state MASTER\n  priority 150\n  nopreempt')}`,
  },
  sequences: [
    [returns('n1'), returns('n2'), dies('n2')],
    [...both, returns('n3'), leaves('n3')],
  ],
};

const owner: Story = {
  name: 'an address owner is above all, and no weight moves it',
  nodes: {
    n1: `${head}${script('chk', 'weight -200')}${instance(1, 'priority 255\n  track_script {\n    chk\n  }')}`,
    n2: `${head}${instance(1, 'priority 200')}`,
  },
  sequences: [
    [...both, fails('n1', 'chk'), dies('n1'), returns('n1')],
    [...bothLate, down('n1'), up('n1')],
  ],
};

const defaultedOwner: Story = {
  name: 'state MASTER without a priority owns the address',
  nodes: { n1: `${head}${instance(1, 'state MASTER')}`, n2: `${head}${instance(1, 'priority 254')}` },
  sequences: [[...bothLate, dies('n1')]],
};

const negativeWeight: Story = {
  name: 'a negative weight counts while the script fails',
  nodes: nodes([150, 100], script('chk', 'weight -60'), 'track_script {\n    chk\n  }'),
  sequences: [
    [...both, fails('n1', 'chk'), recovers('n1', 'chk')],
    [...both, fails('n2', 'chk'), fails('n1', 'chk'), dies('n1'), returns('n1')],
    [...both, dies('n1'), fails('n1', 'chk'), returns('n1'), recovers('n1', 'chk')],
  ],
};

const positiveWeight: Story = {
  name: 'a positive weight counts while the script succeeds',
  nodes: nodes([140, 130], script('chk', 'weight 20'), 'track_script {\n    chk\n  }'),
  sequences: [
    [...both, fails('n1', 'chk'), fails('n2', 'chk'), recovers('n2', 'chk'), recovers('n1', 'chk')],
    [...both, fails('n2', 'chk'), dies('n1')],
  ],
};

const hardScript: Story = {
  name: 'weight 0 is a hard condition: bad everywhere means nowhere',
  nodes: nodes([150, 100], script('chk'), 'track_script {\n    chk\n  }'),
  sequences: [
    [...both, fails('n1', 'chk'), fails('n2', 'chk'), recovers('n2', 'chk'), recovers('n1', 'chk')],
    [...both, fails('n2', 'chk'), dies('n1')],
  ],
};

const reversed: Story = {
  name: 'reverse turns a weight around, and a hard condition too',
  nodes: {
    n1: `${head}${script('chk', 'weight -60 reverse')}${instance(1, 'priority 90\n  track_script {\n    chk\n  }')}`,
    n2: `${head}${script('chk', 'weight 20 reverse')}${instance(1, 'priority 125\n  track_script {\n    chk\n  }')}`,
    n3: `${head}${script('chk', 'weight 0 reverse')}${instance(1, 'priority 200\n  track_script {\n    chk\n  }')}`,
  },
  sequences: [
    [returns('n1'), returns('n2'), fails('n1', 'chk'), fails('n2', 'chk')],
    [...three, fails('n3', 'chk'), recovers('n3', 'chk')],
  ],
};

const entryWeights: Story = {
  name: 'the weight of an entry goes before that of the definition',
  nodes: nodes([150, 100], script('chk', 'weight 0'), 'track_script {\n    chk weight -60\n  }'),
  sequences: [[...both, fails('n1', 'chk'), fails('n2', 'chk'), recovers('n1', 'chk')]],
};

const severalWeights: Story = {
  name: 'weights add up',
  nodes: nodes(
    [150, 100],
    script('one', 'weight -30') + script('two', 'weight -30') + script('plus', 'weight 20'),
    'track_script {\n    one\n    two\n    plus\n  }',
  ),
  sequences: [
    [...both, fails('n1', 'one'), fails('n1', 'two'), fails('n2', 'plus')],
    [...both, fails('n1', 'plus'), fails('n1', 'two'), recovers('n1', 'plus'), recovers('n1', 'two')],
  ],
};

const clamped: Story = {
  name: 'no priority falls below 1: two that meet there do not displace each other',
  nodes: nodes([60, 50], script('chk', 'weight -100'), 'track_script {\n    chk\n  }'),
  sequences: [
    [...both, fails('n1', 'chk'), fails('n2', 'chk')],
    [...both, fails('n1', 'chk'), fails('n2', 'chk'), recovers('n1', 'chk')],
  ],
};

const clampedAbove: Story = {
  name: 'no priority rises above 254',
  nodes: nodes([240, 230], script('chk', 'weight 100'), 'track_script {\n    chk\n  }'),
  sequences: [
    [returns('n2'), returns('n1'), fails('n2', 'chk'), dies('n1'), recovers('n2', 'chk'), returns('n1')],
  ],
};

const nopreemptWithWeight: Story = {
  name: 'with nopreempt a lower priority of the holder moves nothing, a fault does',
  nodes: nodes(
    [150, 100],
    script('soft', 'weight -60') + script('hard'),
    'nopreempt\n  track_script {\n    soft\n    hard\n  }',
  ),
  sequences: [
    [...both, fails('n1', 'soft'), fails('n1', 'hard'), recovers('n1', 'hard'), recovers('n1', 'soft')],
    [...both, fails('n1', 'soft'), dies('n1'), returns('n1'), dies('n2')],
  ],
};

const interfaces: Story = {
  name: 'a tracked interface counts like a script, hard or with a weight',
  nodes: {
    n1: `${head}${instance(1, 'priority 150\n  track_interface {\n    eth1 weight -60\n  }')}`,
    n2: `${head}${instance(1, 'priority 120\n  track_interface {\n    eth1\n  }')}`,
    n3: `${head}${instance(1, 'priority 100\n  dont_track_primary')}`,
  },
  sequences: [
    [three, down('n1', 'eth1'), down('n2', 'eth1'), up('n1', 'eth1'), up('n2', 'eth1')],
    [three, down('n2', 'eth1'), dies('n1'), down('n3', 'eth1')],
  ],
};

const syncGroup = (lines = '', members = ['VI_1', 'VI_2']) =>
  `vrrp_sync_group G {\n  group {\n    ${members.join('\n    ')}\n  }\n  ${lines}\n}\n`;

/** Two instances that are tied together. */
function tied(
  first: readonly number[],
  second: readonly number[],
  options: { before?: string; group?: string; one?: string } = {},
) {
  const { before = '', group = '', one = '' } = options;
  return Object.fromEntries(
    first.map((priority, index) => [
      `n${index + 1}`,
      `${head}${before}${syncGroup(group)}${instance(1, `priority ${priority}\n  ${one}`)}${instance(2, `priority ${second[index]}`)}`,
    ]),
  );
}

const tiedPair: Story = {
  name: 'the members of a sync group go together',
  nodes: tied([150, 100], [150, 100], { before: script('hard'), one: 'track_script {\n    hard\n  }' }),
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [...both, fails('n1', 'hard'), fails('n2', 'hard'), recovers('n1', 'hard')],
    [...bothLate, leaves('n1'), down('n2')],
  ],
};

const tiedWeights: Story = {
  name: 'the weight of a member of a sync group does not count',
  nodes: tied([150, 100], [150, 100], {
    before: script('soft', 'weight -60'),
    one: 'track_script {\n    soft\n  }',
  }),
  sequences: [[...both, fails('n1', 'soft'), dies('n1'), returns('n1')]],
};

const tiedInterface: Story = {
  name: 'a weighted interface of a member of a sync group counts, whatever the daemon says of it',
  nodes: tied([150, 100], [150, 100], { one: 'track_interface {\n    eth1 weight -60\n  }' }),
  sequences: [
    [...both, down('n1', 'eth1'), down('n2', 'eth1'), up('n1', 'eth1')],
    [...both, down('n1', 'eth1'), dies('n1'), returns('n1'), up('n1', 'eth1')],
  ],
};

const groupWeights: Story = {
  name: 'a weight of the sync group itself counts for every member',
  nodes: tied([150, 100], [150, 100], {
    before: script('soft', 'weight -60'),
    group: 'track_script {\n    soft\n  }',
  }),
  sequences: [[...both, fails('n1', 'soft'), fails('n2', 'soft'), recovers('n1', 'soft')]],
};

const groupTrackingWeight: Story = {
  name: 'with sync_group_tracking_weight a weight of one member alone moves nothing',
  nodes: tied([150, 100], [150, 100], {
    before: script('soft', 'weight -60'),
    group: 'sync_group_tracking_weight',
    one: 'track_script {\n    soft\n  }',
  }),
  sequences: [
    [...both, fails('n1', 'soft'), recovers('n1', 'soft')],
    [...both, dies('n2'), fails('n1', 'soft'), returns('n2')],
  ],
};

const groupOfDiffering: Story = {
  name: 'a sync group takes over only where all of its members want to',
  nodes: tied([150, 100], [110, 120]),
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [...bothLate, leaves('n2'), returns('n2')],
  ],
};

const crossed: Story = {
  name: 'instances of their own go their own ways',
  nodes: {
    n1: `${head}${instance(1, 'priority 150')}${instance(2, 'priority 100')}`,
    n2: `${head}${instance(1, 'priority 100')}${instance(2, 'priority 150')}`,
  },
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [[...both], down('n2'), up('n2')],
  ],
};

const delayed: Story = {
  name: 'preempt_delay puts off taking back, not taking over',
  nodes: nodes([150, 100], '', 'preempt_delay 3'),
  sequences: [[...both, dies('n1'), returns('n1')]],
};

const slow: Story = {
  name: 'version 2 has seconds',
  nodes: {
    n1: instance(1, 'priority 150', '1'),
    n2: instance(1, 'priority 100', '1'),
  },
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [...both, leaves('n1'), returns('n1')],
  ],
};

const deaf: Story = {
  name: 'nodes that do not hear each other both hold',
  nodes: {
    n1: instance(1, 'priority 150', '1'),
    n2: instance(1, 'priority 100', '2'),
  },
  sequences: [[...both, dies('n1')]],
};

const otherAddresses: Story = {
  name: 'a node ignores adverts with other addresses than its own',
  nodes: {
    n1: `${head}${instance(1, 'priority 150')}`,
    n2: `${head}${instance(1, 'priority 100').replace('dev eth0', 'dev eth0\n    203.0.113.99/32 dev eth0')}`,
  },
  sequences: [[...both, dies('n1'), returns('n1')]],
};

const excludedAddresses: Story = {
  name: 'excluded addresses are not compared',
  nodes: {
    n1: `${head}${instance(1, 'priority 150')}`,
    n2: `${head}${instance(1, 'priority 100\n  virtual_ipaddress_excluded {\n    203.0.113.98/32 dev eth0\n  }')}`,
  },
  sequences: [[...both, dies('n1'), returns('n1')]],
};

const unknownScript: Story = {
  name: 'an entry for a script that is not defined counts for nothing',
  nodes: nodes([150, 100], '', 'track_script {\n    nowhere\n  }'),
  sequences: [[...both, leaves('n1')]],
};

export const stories: readonly Story[] = [
  ...trackingStories,
  ...tieStories,
  plainPair,
  threeNodes,
  nopreempt,
  nopreemptOnOne,
  stateMaster,
  owner,
  defaultedOwner,
  negativeWeight,
  positiveWeight,
  hardScript,
  reversed,
  entryWeights,
  severalWeights,
  clamped,
  clampedAbove,
  nopreemptWithWeight,
  interfaces,
  tiedPair,
  tiedWeights,
  tiedInterface,
  groupWeights,
  groupTrackingWeight,
  groupOfDiffering,
  crossed,
  delayed,
  slow,
  deaf,
  otherAddresses,
  excludedAddresses,
  unknownScript,
];
