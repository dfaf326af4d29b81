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

const equal: Story = {
  name: 'an equal priority displaces nobody',
  nodes: nodes([100, 100], script('chk', 'weight -10'), 'track_script {\n    chk\n  }'),
  sequences: [
    [...both, dies('n1'), returns('n1')],
    [...bothLate, fails('n2', 'chk'), recovers('n2', 'chk'), dies('n1')],
  ],
};

const equalThree: Story = {
  name: 'of equal nodes one takes over',
  nodes: nodes([150, 100, 100], '', ''),
  sequences: [
    [three, dies('n1')],
    [three, leaves('n1')],
    [three, down('n1'), up('n1'), dies('n1')],
  ],
};

/** Equal nodes whose adverts come from addresses that the configuration gives. */
const equalFrom = (lines: readonly string[]) =>
  Object.fromEntries(
    lines.map((line, index) => [`n${index + 1}`, `${head}${instance(1, `priority 100\n  ${line}`)}`]),
  );

const tieByAddress: Story = {
  name: 'of two masters of one priority the one with the higher source address stays',
  nodes: equalFrom(['mcast_src_ip 192.0.2.1', 'mcast_src_ip 192.0.2.2']),
  sequences: [[...both, 'parts', 'heals', dies('n2'), returns('n2')]],
};

const tieByConfiguredAddress: Story = {
  name: 'the source address that is configured decides, not that of the interface',
  nodes: equalFrom(['mcast_src_ip 192.0.2.201', 'mcast_src_ip 192.0.2.102']),
  sequences: [[...bothLate, 'parts', 'heals', dies('n1'), returns('n1')]],
};

const tieAtTheStart: Story = {
  name: 'equal nodes that start together need not leave it to the higher address',
  nodes: equalFrom(['mcast_src_ip 192.0.2.1', 'mcast_src_ip 192.0.2.2']),
  sequences: [[[...both]], [[...bothLate]], [[...both], 'parts', 'heals']],
};

const healed: Story = {
  name: 'after a partition the higher priority stays',
  nodes: nodes([150, 120, 90], '', 'nopreempt'),
  // The best first: with nopreempt one that comes late, as on a busy machine, never takes the address back.
  sequences: [[returns('n1'), [returns('n2'), returns('n3')], 'parts', 'heals', dies('n1')]],
};

/** Equal priorities, and masters that meet. */
export const tieStories: readonly Story[] = [
  equal,
  equalThree,
  tieByAddress,
  tieByConfiguredAddress,
  tieAtTheStart,
  healed,
];
