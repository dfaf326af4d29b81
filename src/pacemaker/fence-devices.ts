import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { FenceDevice, FencedNode } from '../companion/companion.ts';
import { fenceKinds } from '../companion/fence-kinds.ts';
import { attributesOf, originAt } from './companion-elements.ts';
import { fencingFindings } from './fencing-findings.ts';
import type { FencingLevel, ManualStep, PlanSecret, Primitive } from './plan.ts';
import type { RuleContext } from './rule.ts';
import { scoresOf } from './scores.ts';

/** What the fencing devices of the companion file come to. */
export interface BuiltDevices {
  readonly resources: readonly Primitive[];
  readonly fencingLevels: readonly FencingLevel[];
  readonly secrets: readonly PlanSecret[];
  /** Nodes that no device fences. */
  readonly uncovered: readonly string[];
  readonly steps: readonly ManualStep[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Long enough that the other node has been cut off meanwhile; the longer, the later the addresses move. */
const usualDelay = '5s';

export function buildDevices(context: RuleContext, rule: string): BuiltDevices {
  const { companion } = context.options;
  const told = companion?.fencing;
  const devices = told?.kind === 'devices' ? told.devices : [];
  const levels = told?.kind === 'devices' ? told.levels : [];
  const names = context.cluster.nodes.map(({ name }) => name);
  const waiting = devices.length > 0 && names.length === 2 ? delaysOf(devices, context) : new Map();
  const built = devices.map((device) => buildDevice(device, waiting.get(device.name.value), rule));
  const covered = new Set(devices.flatMap(({ nodes }) => nodes.map(({ node }) => node.value)));
  return {
    resources: built.map(({ resource }) => resource),
    secrets: built.flatMap(({ secrets }) => secrets),
    fencingLevels: levels.flatMap(({ node, levels: tried }) =>
      tried.map((level, index) => ({
        id: `fl-${node.value}-${index + 1}`,
        node: node.value,
        level: index + 1,
        devices: level.map(({ value }) => value),
        origin: originAt(rule, 'equivalent', `level ${index + 1} for ${node.value}`, [node.at]),
      })),
    ),
    uncovered: names.filter((name) => !covered.has(name)),
    steps: devices.flatMap((device) => (device.kind === 'sbd' ? [setUpSbd(device)] : [])),
    diagnostics: devices.flatMap(lacking),
  };
}

type Delay = readonly [name: 'pcmk_delay_base' | 'pcmk_delay_max', time: string];

/**
 * Two nodes that lose each other would fence each other at once. The device of the node that is to stay waits; a device
 * that fences both waits for a random time. Nothing is added where the author has said a delay.
 */
function delaysOf(devices: readonly FenceDevice[], { groups }: RuleContext): Map<string, Delay> {
  if (devices.some(({ delay }) => delay !== undefined)) return new Map();
  const [first] = groups;
  const scores = first ? scoresOf(first) : [];
  const best = [...scores].sort((a, b) => b.score - a.score)[0]?.node;
  return new Map(
    devices.flatMap(({ name, nodes }): [string, Delay][] => {
      if (nodes.length > 1) return [[name.value, ['pcmk_delay_max', usualDelay]]];
      return nodes[0]?.node.value === best ? [[name.value, ['pcmk_delay_base', usualDelay]]] : [];
    }),
  );
}

function buildDevice(
  { name, kind, agent, nodes, parameters, delay, monitor = '60s' }: FenceDevice,
  added: Delay | undefined,
  rule: string,
): { readonly resource: Primitive; readonly secrets: readonly PlanSecret[] } {
  const { attributes, secrets } = attributesOf(name.value, parameters);
  const presets = kind === undefined ? {} : fenceKinds[kind].presets;
  const program = kind === undefined ? (agent?.value ?? '') : fenceKinds[kind].agent;
  const waits = delay ? { pcmk_delay_base: delay.value } : added ? { [added[0]]: added[1] } : {};
  const whom = nodes.map(({ node }) => node.value).join(', ');
  const reason = added ? `; waits ${usualDelay}, so that two nodes that lose each other do not both die` : '';
  return {
    resource: {
      kind: 'primitive',
      id: name.value,
      agent: `stonith:${program.replace(/^stonith:/, '')}`,
      attributes: { ...presets, ...attributes, ...hostsOf(nodes), ...waits },
      operations: [{ name: 'monitor', options: { interval: monitor } }],
      meta: {},
      origin: originAt(rule, 'equivalent', `cuts ${whom} off${reason}`, [name.at]),
    },
    secrets,
  };
}

/** Pacemaker's own forms: `lb1 lb2`, or `lb1:3;lb2:4` where the device has other names for the nodes. */
function hostsOf(nodes: readonly FencedNode[]): Record<string, string> {
  if (nodes.every(({ plug }) => plug === undefined))
    return { pcmk_host_list: nodes.map(({ node }) => node.value).join(' ') };
  return { pcmk_host_map: nodes.map(({ node, plug }) => `${node.value}:${plug ?? node.value}`).join(';') };
}

function lacking({ name, kind, parameters }: FenceDevice): Diagnostic[] {
  if (kind === undefined) return [];
  const given = new Set(parameters.map((parameter) => parameter.name));
  const missing = fenceKinds[kind].needs.filter((needed) => !given.has(needed));
  if (missing.length === 0) return [];
  return [
    report(fencingFindings.deviceLacksParameter, {
      summary: `${name.value} has no ${missing.join(', ')}`,
      detail: `${fenceKinds[kind].agent} cannot do without.`,
      at: name.at,
      help: `add ${missing.join(' and ')} to its parameters`,
    }),
  ];
}

function setUpSbd({ name, parameters }: FenceDevice): ManualStep {
  const devices = parameters.find((parameter) => parameter.name === 'devices')?.value;
  const disks = typeof devices === 'string' ? devices : 'DISK';
  return {
    title: `Set up SBD for ${name.value}`,
    instruction: `The device only writes to the disk; the daemon sbd and a watchdog on every node do the rest. On one node: \`pcs stonith sbd device setup device=${disks}\`, then after the step cluster and before the step configure \`pcs stonith sbd enable device=${disks}\`, and \`pcs cluster stop --all && pcs cluster start --all\`. Without it fencing fails, and with it every takeover after a silent death.`,
    when: 'before',
    from: [{ file: name.at.file, line: name.at.line, column: name.at.column }],
  };
}
