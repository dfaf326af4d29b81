import type { ClusterSettings } from '../pacemaker/plan.ts';

/** What a quorum policy means on a day when something is wrong. Facts: Corosync's votequorum(5), Pacemaker's options. */
export interface QuorumStory {
  readonly partition: string;
  readonly loneBoot: string;
}

const needsOthers = (nodeCount: number) =>
  nodeCount === 2
    ? 'After an outage of both nodes, nothing runs until both have seen each other once (wait_for_all). Keepalived would have served with one.'
    : `Nothing runs until ${majority(nodeCount)} of the ${nodeCount} nodes are up. Keepalived would have served with one.`;

type Fencing = ClusterSettings['fencing'];
type Story = (nodeCount: number, fencing: Fencing) => QuorumStory;

const stories: Readonly<Record<ClusterSettings['quorumPolicy'], Story>> = {
  ignore: () => ({
    partition:
      'Nodes that no longer hear each other each serve: every part holds all addresses, as with Keepalived. When they hear each other again, one holder remains.',
    loneBoot: 'A node that starts alone serves, as with Keepalived.',
  }),
  stop: (nodeCount, fencing) => ({
    partition: stopStory(nodeCount, fencing),
    loneBoot: needsOthers(nodeCount),
  }),
  freeze: (nodeCount) => ({
    partition:
      'What runs keeps running, but a part without quorum starts nothing new: addresses of nodes outside it are not taken over there.',
    loneBoot: needsOthers(nodeCount),
  }),
  suicide: (nodeCount, fencing) => ({
    partition:
      fencing === 'devices'
        ? 'The nodes of a part without quorum are fenced.'
        : 'The nodes of a part without quorum are to be fenced. Fencing is off here, so nothing enforces that: choose another policy, or add fencing.',
    loneBoot: needsOthers(nodeCount),
  }),
  demote: (nodeCount, fencing) => ({
    partition: `${stopStory(nodeCount, fencing)} (Promoted resources would be demoted; there are none here.)`,
    loneBoot: needsOthers(nodeCount),
  }),
};

/** What happens in a partition and at a lone boot, in words. */
export function quorumStory(
  { quorumPolicy, fencing }: Pick<ClusterSettings, 'quorumPolicy' | 'fencing'>,
  nodeCount: number,
): QuorumStory {
  return stories[quorumPolicy](nodeCount, fencing);
}

function majority(nodeCount: number): number {
  return Math.floor(nodeCount / 2) + 1;
}

function stopStory(nodeCount: number, fencing: Fencing): string {
  if (nodeCount === 2 && fencing === 'devices')
    return 'Corosync gives both halves of two nodes quorum (two_node), and each fences the other: the one that is faster, or need not wait, serves alone. With Keepalived both would have.';
  if (nodeCount === 2) {
    return 'Corosync gives both halves of two nodes quorum (two_node): without fencing both then hold all addresses, as with Keepalived.';
  }
  const halves = nodeCount % 2 === 0 ? ' A split into two equal halves stops all addresses.' : '';
  return `The part with at least ${majority(nodeCount)} of the ${nodeCount} nodes holds the addresses, a smaller one stops them: one holder at most. With Keepalived every part would have served, down to the last node.${halves}`;
}
