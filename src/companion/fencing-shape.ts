import { byKind, entries, list, mapping, needed, optional } from './collection-shapes.ts';
import type { CompanionFencing, FenceDevice, FencedNode, FenceLevels, Located } from './companion.ts';
import { type FenceKind, fenceKinds } from './fence-kinds.ts';
import { parameters } from './parameters.ts';
import { choice, text } from './scalar-shapes.ts';
import { located, made, named, type Shape, said } from './shape.ts';
import { nodeName, nodeNamePattern, resourceName, resourceNameText, time } from './texts.ts';

const kinds = Object.keys(fenceKinds) as FenceKind[];

/** Pacemaker's lists of nodes and plugs are cut at blanks, semicolons and colons. */
const plug = text({
  takes: 'a name without blanks, `;`, `:` and `\\`',
  pattern: /^[^\s;:\\]+$/,
  numbers: true,
});

const plugs: Shape<readonly FencedNode[]> = made(entries(nodeNamePattern, plug), (read) =>
  read.map(({ name, value }) => ({ node: name, plug: value })),
);

const locatedNode = located(nodeName);

const fencedNodes = byKind<readonly FencedNode[]>({
  scalar: made(locatedNode, (node) => [{ node }]),
  list: made(list(locatedNode), (nodes) => nodes.map((node) => ({ node }))),
  mapping: plugs,
});

const device: Shape<Omit<FenceDevice, 'name'>> = named(
  'device',
  'A fencing device',
  made(
    mapping(
      {
        kind: optional(choice(kinds), 'A usual kind of device.'),
        agent: optional(
          located(text({ takes: 'the name of a fence agent', pattern: /^[A-Za-z0-9_][A-Za-z0-9_/:-]*$/ })),
          'Any other agent, by its name: `fence_apc_snmp`.',
        ),
        nodes: needed(
          fencedNodes,
          'The node, or the list of nodes, that the device can fence; or each node with what the device calls it: a plug, a virtual machine.',
        ),
        parameters: optional(
          parameters,
          "The agent's parameters, by its own names; a password as a reference.",
        ),
        delay: optional(
          located(time),
          'Wait so long before this device fences. Of two nodes that lose each other, the one that is to stay has it.',
        ),
        monitor: optional(time, 'How often the cluster asks whether the device answers; 60s if not said.'),
      },
      { oneOf: [['kind', 'agent']] },
    ),
    ({ kind, agent, nodes, parameters: given = [], delay, monitor }) => ({
      ...said({ kind, agent, delay, monitor }),
      nodes,
      parameters: given,
    }),
  ),
);

const locatedDevice = located(resourceNameText);

const level: Shape<readonly Located<string>[]> = byKind({
  scalar: made(locatedDevice, (name) => [name]),
  list: list(locatedDevice),
});

const levels: Shape<readonly FenceLevels[]> = made(entries(nodeNamePattern, list(level)), (read) =>
  read.map(({ name, value }) => ({ node: name, levels: value })),
);

const devices: Shape<readonly FenceDevice[]> = made(entries(resourceName, device), (read) =>
  read.map(({ name, value }) => ({ name, ...value })),
);

const settings: Shape<CompanionFencing> = named(
  'fencing',
  'The fencing',
  made(
    mapping({
      devices: needed(devices, 'The devices, by names of your choice.'),
      levels: optional(
        levels,
        'For a node, the devices to try one after the other; those in a list of their own must all succeed.',
      ),
    }),
    ({ devices: given, levels: order = [] }, { at }) => ({
      kind: 'devices',
      at,
      devices: given,
      levels: order,
    }),
  ),
);

/** `none`, or the devices. */
export const fencing: Shape<CompanionFencing> = byKind<CompanionFencing>({
  scalar: made(choice(['none']), (_, { at }) => ({ kind: 'none', at })),
  mapping: settings,
});
