import { completePlan } from '../../src/emit/commands.ts';
import { locationId } from '../../src/pacemaker/location-id.ts';
import {
  type Constraint,
  type Fate,
  fateInWords,
  type Origin,
  type Plan,
  type PlanBody,
  type PlanFile,
  type PlanInstance,
  type PlanNode,
  type Primitive,
  type Resource,
} from '../../src/pacemaker/plan.ts';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { agentPath, agentText } from '../../templates/agents/index.ts';

const place = (file: string, line: number) => ({ file, line, column: 3 });

const origin = (why: string, file = 'lb1.conf', line = 7): Origin => ({
  rule: 'sample',
  fidelity: 'exact',
  why,
  from: [place(file, line)],
});

const fate = (kind: Fate['fate'], path: string, reason: string, line = 4): Fate => ({
  ...place('lb1.conf', line),
  path,
  ...fateInWords(kind, reason, 'Do it by hand, or live without it.'),
  rule: 'sample',
});

const trackFile: PlanFile = {
  path: agentPath('track'),
  mode: '755',
  content: agentText.track,
  why: 'the OCF agent that runs the track scripts',
};

interface SampleAddress {
  readonly ip: string;
  readonly prefix: number;
  readonly extra?: Record<string, string>;
}

interface SampleInstance {
  readonly name: string;
  readonly addresses: readonly SampleAddress[];
  /** Score by node; null for a node that never holds it. */
  readonly scores: Readonly<Record<string, number | null>>;
  readonly stickiness?: number;
  readonly interface?: string;
}

function instanceOf({
  name,
  addresses,
  scores,
  stickiness,
  interface: nic = 'eth0',
}: SampleInstance): PlanInstance {
  const holders = Object.entries(scores).flatMap(([node, score]) =>
    score === null ? [] : [{ node, score }],
  );
  return {
    instances: [name],
    group: name,
    virtualRouterIds: [51],
    addresses: addresses.map(({ ip, prefix }, index) => ({
      resource: `${name}_ip${index + 1}`,
      address: ip,
      prefixLength: prefix,
      family: ip.includes(':') ? 'ipv6' : 'ipv4',
      interfaces: Object.fromEntries(holders.map(({ node }) => [node, nic])),
    })),
    nodes: holders.map(({ node, score }) => ({ node, score, priority: score, state: 'BACKUP' })),
    preempts: (stickiness ?? 0) === 0,
    failoverMs: 3414,
  };
}

function resourcesOf({ name, addresses, stickiness, interface: nic = 'eth0' }: SampleInstance): Resource[] {
  const primitives = addresses.map(
    ({ ip, prefix, extra }, index): Primitive => ({
      kind: 'primitive',
      id: `${name}_ip${index + 1}`,
      agent: 'ocf:heartbeat:IPaddr2',
      attributes: { ip, cidr_netmask: `${prefix}`, nic, ...extra },
      operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
      meta: { 'migration-threshold': '3', 'failure-timeout': '60s' },
      origin: origin(`virtual address ${ip}/${prefix} of ${name}`),
    }),
  );
  return [
    ...primitives,
    {
      kind: 'group',
      id: name,
      members: primitives.map(({ id }) => id),
      meta: { 'resource-stickiness': `${stickiness ?? 0}` },
      origin: origin(`the addresses of ${name} move together`),
    },
  ];
}

function constraintsOf({ name, scores }: SampleInstance): Constraint[] {
  return Object.entries(scores).map(([node, score]): Constraint => {
    const why = score === null ? `${node} has no ${name}` : `priority ${score} on ${node}`;
    const common = { resource: name, node, origin: origin(why, `${node}.conf`, 12) };
    return score === null
      ? { kind: 'avoids', id: locationId(name, node, '-INFINITY'), ...common }
      : { kind: 'prefers', id: locationId(name, node, score), score, ...common };
  });
}

interface Sample {
  readonly nodes: readonly PlanNode[];
  readonly instances: readonly SampleInstance[];
  readonly more?: Partial<Omit<PlanBody, 'sources' | 'nodes' | 'cluster' | 'instances'>>;
  readonly clusterName?: string;
  readonly quorumPolicy?: PlanBody['cluster']['quorumPolicy'];
}

function planOf({
  nodes,
  instances,
  more = {},
  clusterName = 'keepalived',
  quorumPolicy = 'ignore',
}: Sample): Plan {
  return completePlan({
    sources: nodes.flatMap(({ file }) => file ?? []),
    nodes,
    cluster: {
      name: clusterName,
      tokenMs: 1318,
      failoverMs: 3200,
      quorumPolicy,
      fencing: 'none',
      origins: {
        name: origin('the name of the cluster'),
        token: origin(
          'advert_int 1 gives 3.4 s until a backup takes over; a token of 1318 ms gives about 3.2 s',
        ),
        quorum: origin('two nodes: the survivor must go on, as Keepalived does'),
        fencing: origin('Keepalived has no fencing'),
      },
    },
    instances: instances.map(instanceOf),
    properties: [
      { name: 'stonith-enabled', value: 'false', origin: origin('no fencing device is configured') },
      { name: 'no-quorum-policy', value: quorumPolicy, origin: origin('quorum policy') },
      ...(more.properties ?? []),
    ],
    resources: [...instances.flatMap(resourcesOf), ...(more.resources ?? [])],
    constraints: [...instances.flatMap(constraintsOf), ...(more.constraints ?? [])],
    colocations: more.colocations ?? [],
    orders: more.orders ?? [],
    ...(more.balancers && { balancers: more.balancers }),
    fencingLevels: more.fencingLevels ?? [],
    alerts: more.alerts ?? [],
    files: more.files ?? [],
    manualSteps: more.manualSteps ?? [],
    secrets: [],
    fates: more.fates ?? [
      fate('exact', 'vrrp_instance VI_1/priority', 'the score of the group on this node'),
      fate('not-needed', 'vrrp_instance VI_1/authentication', 'Corosync encrypts', 20),
    ],
  });
}

const named = (name: string, address?: string): PlanNode => ({
  name,
  addresses: address === undefined ? [] : [address],
  file: `${name}.conf`,
});

/** A check as a clone that sets an attribute, and the rules that read it. */
function trackOf(
  id: string,
  attribute: string,
  command: readonly string[],
  group: string,
  score: number | '-INFINITY',
) {
  const why = `the check ${id}`;
  return {
    resources: [
      {
        kind: 'primitive' as const,
        id,
        agent: 'ocf:kp2pcm:track',
        attributes: {
          command: joinArguments(command),
          name: attribute,
          rise: '2',
          fall: '2',
          timeout: '3',
        },
        operations: [
          { name: 'monitor' as const, options: { interval: '2s', timeout: '6s' } },
          { name: 'start' as const, options: { timeout: '6s' } },
        ],
        meta: {},
        origin: origin(why),
      },
      {
        kind: 'clone' as const,
        id: `${id}-clone`,
        of: id,
        meta: { interleave: 'true' },
        origin: origin(why),
      },
    ],
    constraints: [
      {
        kind: 'rule' as const,
        id: `${group}-${id}`,
        resource: group,
        score,
        attribute,
        operation: 'eq' as const,
        value: '1',
        origin: origin(`${why} failed: ${score}`),
      },
    ],
  };
}

const pairCheck = trackOf(
  'chk_haproxy',
  'kp_chk_haproxy',
  ['/usr/bin/killall', '-0', 'haproxy'],
  'VI_1',
  -60,
);
const pairLink: Resource[] = [
  {
    kind: 'primitive',
    id: 'link_eth0',
    agent: 'ocf:heartbeat:ethmonitor',
    attributes: { interface: 'eth0', name: 'kp_if_eth0', link_status_only: 'true' },
    operations: [{ name: 'monitor', options: { interval: '2s', timeout: '60s' } }],
    meta: {},
    origin: origin('Keepalived tracks the interface of an instance'),
  },
  {
    kind: 'clone',
    id: 'link_eth0-clone',
    of: 'link_eth0',
    meta: {},
    origin: origin('on every node, as Keepalived does'),
  },
];

const pair = planOf({
  nodes: [named('lb1', '192.0.2.11'), named('lb2', '192.0.2.12')],
  instances: [
    {
      name: 'VI_1',
      addresses: [
        { ip: '192.0.2.50', prefix: 24 },
        { ip: '192.0.2.51', prefix: 32, extra: { iflabel: '1' } },
      ],
      scores: { lb1: 1150, lb2: 1100 },
    },
  ],
  more: {
    resources: [...pairCheck.resources, ...pairLink],
    constraints: [
      ...pairCheck.constraints,
      {
        kind: 'rule',
        id: 'VI_1-link_eth0',
        resource: 'VI_1',
        score: '-INFINITY',
        attribute: 'kp_if_eth0',
        operation: 'lt',
        value: '1',
        origin: origin('eth0 is down'),
      },
    ],
    files: [trackFile],
    manualSteps: [
      {
        title: 'Move the notify scripts',
        instruction: 'notify_master /etc/keepalived/up.sh is not run any more.',
        when: 'after',
        from: [place('lb1.conf', 31)],
      },
    ],
    fates: [
      fate('exact', 'vrrp_instance VI_1/priority', 'the score of the group on this node'),
      fate('approximate', 'vrrp_instance VI_1/preempt_delay', 'comes back at once', 15),
      fate('manual', 'vrrp_instance VI_1/notify_master', 'the script must be moved by hand', 31),
    ],
  },
});

const threeNodes = planOf({
  nodes: [named('web-1.example.net'), named('web-2.example.net'), named('db1')],
  quorumPolicy: 'stop',
  instances: [
    {
      name: 'VI_web',
      addresses: [{ ip: '198.51.100.7', prefix: 32 }],
      scores: { 'web-1.example.net': 150, 'web-2.example.net': 100, db1: null },
      stickiness: 10000,
    },
    {
      name: 'VI_db',
      addresses: [{ ip: '198.51.100.8', prefix: 32, extra: { broadcast: '198.51.100.255' } }],
      scores: { 'web-1.example.net': 50, 'web-2.example.net': 60, db1: 200 },
      interface: 'bond0.12',
    },
  ],
});

const ipv6 = planOf({
  nodes: [named('lb1', '2001:db8::11'), named('lb2', '2001:db8::12')],
  instances: [
    {
      name: 'VI_6',
      addresses: [
        { ip: '2001:db8::50', prefix: 128, extra: { preferred_lft: '0' } },
        { ip: 'fe80::50', prefix: 64 },
      ],
      scores: { lb1: 150, lb2: 100 },
    },
  ],
});

const singleFile = planOf({
  nodes: [
    { name: 'node1', addresses: ['192.0.2.11'], file: 'keepalived.conf', variable: 'NODE1' },
    { name: 'node2', addresses: ['192.0.2.12'], variable: 'NODE2' },
  ],
  instances: [
    { name: 'VI_1', addresses: [{ ip: '192.0.2.50', prefix: 32 }], scores: { node1: 150, node2: 100 } },
  ],
  more: {
    constraints: [
      {
        kind: 'rule',
        id: 'VI_1-only-node2',
        resource: 'VI_1',
        score: -20,
        attribute: 'kp_x',
        operation: 'eq',
        value: '1',
        node: 'node2',
        origin: origin('only node2 tracks it'),
      },
    ],
  },
});

const activeActive = planOf({
  nodes: [named('lb1'), named('lb2')],
  instances: [
    { name: 'VI_1', addresses: [{ ip: '192.0.2.50', prefix: 24 }], scores: { lb1: 150, lb2: 100 } },
    {
      name: 'VI_2',
      addresses: [{ ip: '192.0.2.60', prefix: 24 }],
      scores: { lb1: 100, lb2: 150 },
      stickiness: 10000,
    },
  ],
  more: {
    constraints: [
      {
        kind: 'score-attribute',
        id: 'VI_1-drain',
        resource: 'VI_1',
        attribute: 'kp_drain',
        origin: origin('every node tracks the file'),
      },
      {
        kind: 'score-attribute',
        id: 'VI_2-drain',
        resource: 'VI_2',
        attribute: 'kp_drain',
        node: 'lb2',
        origin: origin('only lb2 tracks the file'),
      },
    ],
  },
});

const fenceOf = (node: string): Resource => ({
  kind: 'primitive',
  id: `fence-${node}`,
  agent: 'stonith:fence_ipmilan',
  attributes: {
    ip: '192.0.2.1',
    username: `it's ${node}`,
    password_script: '/etc/kp2pcm/ipmi',
    pcmk_host_list: node,
  },
  operations: [{ name: 'monitor', options: { interval: '60s' } }],
  meta: {},
  origin: origin(`the device that cuts ${node} off`),
});

const serviceOf = (id: string): Resource[] => [
  {
    kind: 'primitive',
    id,
    agent: 'ocf:heartbeat:ethmonitor',
    attributes: { interface: id },
    operations: [{ name: 'monitor', options: { interval: '2s', timeout: '20s', 'on-fail': 'ignore' } }],
    meta: { 'migration-threshold': '1' },
    origin: origin(`the service ${id}`),
  },
  {
    kind: 'clone',
    id: `${id}-clone`,
    of: id,
    meta: { interleave: 'true' },
    origin: origin('on every node'),
  },
];

/** A service on every node that the addresses prefer, one that they need, and a program that is told of it. */
const related = planOf({
  nodes: [named('lb1'), named('lb2')],
  instances: [
    { name: 'VI_1', addresses: [{ ip: '192.0.2.50', prefix: 24 }], scores: { lb1: 150, lb2: 100 } },
  ],
  more: {
    resources: [...['lb1', 'lb2'].map(fenceOf), ...['web', 'db'].flatMap(serviceOf)],
    fencingLevels: [
      ...['lb1', 'lb2'].map((node) => ({
        ...{ id: `fl-${node}-1`, node, level: 1, devices: [`fence-${node}`] },
        origin: origin(`the device of ${node}`),
      })),
      { id: 'fl-lb1-2', node: 'lb1', level: 2, devices: ['fence-lb2', 'fence-lb1'], origin: origin('then') },
    ],
    colocations: [
      { id: 'VI_1-web', resource: 'VI_1', with: 'web-clone', score: 60, origin: origin('weight 60') },
      { id: 'VI_1-db', resource: 'VI_1', with: 'db-clone', score: 'INFINITY', origin: origin('weight 0') },
    ],
    orders: [
      {
        ...{ id: 'db-first', first: 'db-clone', second: 'VI_1', action: 'start' as const },
        ...{ strength: 'Mandatory' as const, symmetrical: true, origin: origin('db binds first') },
      },
      {
        ...{ id: 'web-last', first: 'VI_1', second: 'web-clone', action: 'stop' as const },
        ...{ strength: 'Optional' as const, symmetrical: false, origin: origin('web lets go last') },
      },
    ],
    alerts: [
      {
        id: 'mail',
        path: '/usr/lib/kp2pcm/mail',
        options: { sender: `it's "$(x)" & <y>`, subject: 'a b' },
        recipients: [
          { id: 'mail-1', value: 'ops@example.net' },
          { id: 'mail-2', value: '$(two) & <x>' },
        ],
        origin: origin('mail about moves'),
      },
    ],
    files: [
      { path: '/etc/kp2pcm/lb1.conf', mode: '640', content: 'one\n', why: 'for lb1', node: 'lb1' },
      { path: '/etc/kp2pcm/lb1.conf', mode: '640', content: 'two\n', why: 'for lb2', node: 'lb2' },
    ],
  },
});

/** Everything that a configuration can put into a string, and that a shell would act on. */
export const hostileTexts = [
  `it's "quoted"`,
  '$(touch /tmp/kp2pcm-injected)',
  '`touch /tmp/kp2pcm-injected`',
  'two\nlines; touch /tmp/kp2pcm-injected',
  '-leading --dashes',
  '* ? [a-z] {a,b} ~',
  '\\back\\slash\\',
  '$HOME ${IFS} !history & | < > # ; ()',
  'tab\tand blank ',
  "EOF'\nEOF\n",
  'ünïcödé \u202etxt',
];

const hostileChecks = hostileTexts.map((text, index) =>
  trackOf(`chk_${index}`, `kp_${index}`, ['/bin/true', text, "'"], 'VI_1', -10),
);

const hostile = planOf({
  nodes: [named('lb1'), named('lb2')],
  clusterName: `it's $(a) "cluster"`,
  instances: [
    {
      name: 'VI_1',
      addresses: [{ ip: '192.0.2.50', prefix: 24, extra: { iflabel: '$(x)' } }],
      scores: { lb1: 1150, lb2: 1100 },
    },
  ],
  more: {
    resources: hostileChecks.flatMap(({ resources }) => resources),
    constraints: hostileChecks.flatMap(({ constraints }) => constraints),
    files: [
      trackFile,
      {
        path: "/etc/kp2pcm/it's a $(file)",
        mode: '644',
        content: hostileTexts.join('\n').concat('\n'),
        why: hostileTexts[3] ?? '',
      },
    ],
    manualSteps: hostileTexts.map((text) => ({ title: text, instruction: text, when: 'before', from: [] })),
    fates: hostileTexts.map((text) => fate('manual', `vrrp_script ${text}`, text)),
  },
});

/** Plans as the rules might make them, one for each situation that the scripts treat in its own way. */
export const samplePlans: Readonly<Record<string, Plan>> = {
  pair,
  'three nodes': threeNodes,
  IPv6: ipv6,
  'single file': singleFile,
  'active/active': activeActive,
  related,
  'hostile strings': hostile,
};
