import fc from 'fast-check';

/** A small cluster as its administrator thinks of it. */
export interface SmallCluster {
  readonly nodes: readonly string[];
  readonly checks: readonly SmallCheck[];
  readonly instances: readonly SmallInstance[];
  /** Names of the instances that are tied together; none if there is one or none. */
  readonly syncGroup: readonly string[];
  /** Weights of its members count. */
  readonly countsWeights: boolean;
}

export interface SmallCheck {
  readonly kind: 'script' | 'process' | 'file' | 'bfd';
  readonly name: string;
  readonly weight: number;
  readonly reverse: boolean;
}

export interface SmallInstance {
  readonly name: string;
  readonly addresses: number;
  /** For each node of the cluster: what it configures, or nothing if it takes no part. */
  readonly members: readonly (SmallMember | undefined)[];
}

export interface SmallMember {
  readonly priority: number;
  readonly nopreempt: boolean;
  /** Names of what it tracks. */
  readonly tracks: readonly string[];
}

const checkNames = ['chk_a', 'chk_b', 'chk_c', 'chk_d'];

interface Range {
  readonly min: number;
  readonly max: number;
}

interface Ranges {
  readonly priority: Range;
  readonly weight: Range;
}

const member = ({ priority }: Ranges) =>
  fc.record({
    priority: fc.integer(priority),
    nopreempt: fc.boolean(),
    tracks: fc.subarray(checkNames),
  });

const cluster = (size: number, ranges: Ranges): fc.Arbitrary<SmallCluster> =>
  fc
    .record({
      checks: fc.tuple(...checkNames.map((name) => check(name, ranges))),
      instances: fc.array(instance(size, ranges), { minLength: 1, maxLength: 4 }),
      tied: fc.boolean(),
      countsWeights: fc.boolean(),
    })
    .map(({ checks, instances, tied, countsWeights }) => {
      const named = instances.map((made, index) => ({ ...made, name: `VI_${index + 1}` }));
      return {
        nodes: Array.from({ length: size }, (_, index) => `n${index + 1}`),
        checks,
        instances: named,
        syncGroup: tied && named.length > 1 ? named.map(({ name }) => name) : [],
        countsWeights,
      };
    });

const check = (name: string, { weight }: Ranges): fc.Arbitrary<SmallCheck> =>
  fc.record({
    kind: fc.oneof(
      { arbitrary: fc.constant('script' as const), weight: 3 },
      { arbitrary: fc.constantFrom('process' as const, 'file' as const, 'bfd' as const), weight: 2 },
    ),
    name: fc.constant(name),
    weight: fc.oneof({ arbitrary: fc.constant(0), weight: 1 }, { arbitrary: fc.integer(weight), weight: 4 }),
    reverse: fc.boolean(),
  });

/** The first node always takes part, the others may stand outside. */
const instance = (size: number, ranges: Ranges) =>
  fc.record({
    name: fc.constant(''),
    addresses: fc.integer({ min: 1, max: 3 }),
    members: fc.tuple(
      member(ranges),
      ...Array.from({ length: size - 1 }, () => fc.option(member(ranges), { nil: undefined, freq: 4 })),
    ),
  });

const clustersWith = (ranges: Ranges) =>
  fc.integer({ min: 2, max: 5 }).chain((size) => cluster(size, ranges));

/** With every priority and weight that the daemon takes. */
export const smallClusters = clustersWith({
  priority: { min: 1, max: 254 },
  weight: { min: -253, max: 253 },
});

/** Whatever fails, no priority leaves 1 to 254, where the daemon would cut it off and Pacemaker would not. */
export const moderateClusters = clustersWith({
  priority: { min: 90, max: 160 },
  weight: { min: -29, max: 29 },
});

/** The keepalived.conf of each node. */
export function textsOf(small: SmallCluster): Record<string, string> {
  return Object.fromEntries(small.nodes.map((node, index) => [node, textOf(small, index)]));
}

/** The block that defines a check, and the one that an instance lists it in. */
const blocks: Readonly<Record<SmallCheck['kind'], readonly [definition: string, list: string]>> = {
  script: ['vrrp_script', 'track_script'],
  process: ['vrrp_track_process', 'track_process'],
  file: ['track_file', 'track_file'],
  bfd: ['bfd_instance', 'track_bfd'],
};

/** What the definition needs besides its weight. */
const objects: Readonly<Record<SmallCheck['kind'], (name: string, place: number) => string>> = {
  script: (name) => `script "/usr/local/bin/${name}"`,
  process: (name) => `process ${name}`,
  file: (name) => `file /var/lib/${name}`,
  bfd: (_, place) => `neighbor_ip 192.0.2.${place + 1}`,
};

function textOf(small: SmallCluster, node: number): string {
  const { checks, instances, syncGroup, countsWeights } = small;
  const defined = checks.map(({ kind, name, weight, reverse }, place) => {
    const object = objects[kind](name, place);
    return `${blocks[kind][0]} ${name} {\n  ${object}\n  weight ${weight}${reverse ? ' reverse' : ''}\n}\n`;
  });
  const configured = instances.flatMap(({ name, addresses, members }, index) => {
    const own = members[node];
    return own ? [instanceText(name, index, addresses, own, checks)] : [];
  });
  const weights = countsWeights ? '  sync_group_tracking_weight\n' : '';
  const members = `  group {\n    ${syncGroup.join('\n    ')}\n  }\n`;
  const group = syncGroup.length > 0 ? `vrrp_sync_group G {\n${members}${weights}}\n` : '';
  return [...defined, group, ...configured].join('');
}

function instanceText(
  name: string,
  index: number,
  addresses: number,
  { priority, nopreempt, tracks }: SmallMember,
  checks: readonly SmallCheck[],
) {
  const list = Array.from({ length: addresses }, (_, number) => `    10.0.${index}.${number + 1}/24\n`).join(
    '',
  );
  const tracked = Object.entries(blocks).map(([kind, [, block]]) => {
    const own = checks.filter((check) => check.kind === kind && tracks.includes(check.name));
    return own.length > 0 ? `  ${block} {\n    ${own.map((check) => check.name).join('\n    ')}\n  }\n` : '';
  });
  const stays = nopreempt ? '  nopreempt\n' : '';
  return `vrrp_instance ${name} {\n  interface eth0\n  virtual_router_id ${index + 1}\n  priority ${priority}\n${stays}  virtual_ipaddress {\n${list}  }\n${tracked.join('')}}\n`;
}
