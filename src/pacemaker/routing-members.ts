import { report } from '../../grammar/source/diagnostic.ts';
import { type BoundDirective, childrenNamed, walkBound } from '../keepalived/bound-directive.ts';
import type { VrrpInstance } from '../keepalived/node-configuration.ts';
import { pacemakerFindings } from './findings.ts';
import type { MovingGroup } from './moving-group.ts';
import type { Operation } from './plan.ts';
import { type Contribution, fatesOf, placesOf, type RuleContext } from './rule.ts';

/** An entry of virtual_routes or virtual_rules, of all nodes that have it. */
export interface RoutingEntry<T> {
  readonly first: T;
  readonly from: readonly BoundDirective[];
  /** The nodes that have it. Absent: all nodes of the group have it, or nothing is known of those that lack it. */
  readonly nodes?: readonly string[];
  /** A node comes back to it when somebody deletes it. */
  readonly tracked: boolean;
}

/**
 * The entries of a group, each once, in the order in which they are configured.
 *
 * @param keyOf two entries with the same key are one to the kernel
 */
export function routingEntries<T extends { readonly from: BoundDirective; readonly tracked: boolean }>(
  group: MovingGroup,
  entriesOf: (instance: VrrpInstance) => readonly T[],
  keyOf: (entry: T) => string,
): RoutingEntry<T>[] {
  const configured = new Set<string>();
  const found = new Map<string, { readonly node: string; readonly entry: T }[]>();
  for (const { members } of group.source.instances) {
    // By node, so that names do not hang on the order in which the nodes are given.
    for (const member of [...members].sort((one, other) => (one.node < other.node ? -1 : 1))) {
      configured.add(member.node);
      for (const entry of entriesOf(member.configured)) {
        const known = found.get(keyOf(entry));
        if (known) known.push({ node: member.node, entry });
        else found.set(keyOf(entry), [{ node: member.node, entry }]);
      }
    }
  }
  return [...found.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const nodes = new Set(all.map(({ node }) => node));
    return [
      {
        first: first.entry,
        from: all.map(({ entry }) => entry.from),
        tracked: all.some(({ entry }) => entry.tracked),
        ...(nodes.size < configured.size && { nodes: [...nodes] }),
      },
    ];
  });
}

/**
 * Blocks of instances that hold no address, so that no group can have their entries.
 *
 * @param what the entries in words: `routes`
 */
export function routingWithoutGroup(
  { cluster, groups }: RuleContext,
  keyword: string,
  what: string,
): Required<Pick<Contribution, 'fates' | 'manualSteps' | 'diagnostics'>> {
  const grouped = new Set(groups.map(({ source }) => source));
  const blocks = cluster.groups
    .filter((group) => !grouped.has(group))
    .flatMap(({ instances }) => instances.flatMap(({ members }) => members))
    .flatMap(({ configured }) => childrenNamed(configured.directive, keyword))
    .filter(({ verdict }) => !verdict);
  const [first] = blocks;
  if (!first) return { fates: [], manualSteps: [], diagnostics: [] };
  const reason = `The instance has no group that could have its ${what}, since it holds no address of its own.`;
  const wayOut =
    'Put them into the network configuration of the node that needs them, or give the instance an address.';
  const instruction = `${reason} ${wayOut}`;
  const lines = [...walkBound(blocks)].filter(({ verdict }) => !verdict);
  return {
    fates: fatesOf(lines, 'manual', reason, wayOut),
    manualSteps: [{ title: `Carry over ${keyword}`, instruction, when: 'before', from: placesOf(blocks) }],
    diagnostics: [
      report(pacemakerFindings.byHand, {
        summary: `${first.path} must be carried over by hand`,
        detail: instruction,
        at: first.directive.span,
        help: 'do it before the migration, or decide that it is not needed',
      }),
    ],
  };
}

/**
 * What Keepalived's way with routes and rules asks of Pacemaker. One that the kernel refuses, or that cannot be removed, is
 * no reason to move or to block the addresses. One that is tracked comes back when somebody deletes it; any other is not
 * missed.
 */
export function routingOperations(tracked: boolean): Operation[] {
  return [
    {
      name: 'monitor',
      options: { interval: '10s', timeout: '20s', ...(!tracked && { 'on-fail': 'ignore' }) },
    },
    { name: 'start', options: { timeout: '20s', 'on-fail': 'ignore' } },
    { name: 'stop', options: { timeout: '20s', 'on-fail': 'ignore' } },
  ];
}

/** However often one is deleted, the addresses stay where they are. */
export const routingMeta = { 'migration-threshold': '0' };
