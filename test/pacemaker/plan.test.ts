import { describe, expect, it } from 'vitest';
import type { Constraint, Fate, Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { codesOf, translateAlone, translateNodes } from '../memory-tree.ts';

interface Parts {
  readonly priority?: number;
  readonly instance?: string;
  readonly before?: string;
  readonly vips?: string;
}

function node({ priority = 100, instance = '', before = '', vips = '10.0.0.5/24' }: Parts): string {
  return `${before}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\n${instance}\nvirtual_ipaddress {\n${vips}\n}\n}\n`;
}

function planOf(texts: Record<string, string>, options = {}): Plan {
  const { plan, diagnostics } = translateNodes(texts, options);
  if (!plan) throw new Error(`no plan: ${JSON.stringify(diagnostics)}`);
  return plan;
}

function pair(parts: Parts = {}, options = {}): Plan {
  return planOf({ lb1: node({ priority: 150, ...parts }), lb2: node({ priority: 100, ...parts }) }, options);
}

/** Constraints in one line each, ids left out. */
function lines(constraints: readonly Constraint[]): string[] {
  return constraints.map((constraint) => {
    const { resource } = constraint;
    if (constraint.kind === 'prefers') return `${resource} prefers ${constraint.node}=${constraint.score}`;
    if (constraint.kind === 'avoids') return `${resource} avoids ${constraint.node}`;
    const where = constraint.node === undefined ? '' : ` on ${constraint.node}`;
    if (constraint.kind === 'score-attribute') return `${resource} by ${constraint.attribute}${where}`;
    return `${resource} ${constraint.score} if ${constraint.attribute} ${constraint.operation} ${constraint.value}${where}`;
  });
}

function primitive(plan: Plan, id: string): Primitive {
  const found = plan.resources.find((resource) => resource.id === id);
  if (found?.kind !== 'primitive') throw new Error(`no primitive ${id}`);
  return found;
}

function groupMeta(plan: Plan): Readonly<Record<string, string>> {
  return plan.resources.find(({ kind }) => kind === 'group')?.meta ?? {};
}

function fateOf(plan: Plan, path: string): Fate {
  const found = plan.fates.filter((fate) => fate.path === path);
  if (!found[0]) throw new Error(`no fate for ${path}`);
  return found[0];
}

describe('addresses', () => {
  it('become IPaddr2 with prefix and interface, in one group of the instance’s name', () => {
    const plan = pair({ vips: '10.0.0.5/24\n10.0.0.6' });
    expect(primitive(plan, 'vip-10.0.0.5')).toMatchObject({
      agent: 'ocf:heartbeat:IPaddr2',
      attributes: { ip: '10.0.0.5', cidr_netmask: '24', nic: 'eth0' },
      operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
    });
    expect(primitive(plan, 'vip-10.0.0.6').attributes['cidr_netmask']).toBe('32');
    expect(plan.resources.find(({ kind }) => kind === 'group')).toMatchObject({
      id: 'VI_1',
      members: ['vip-10.0.0.5', 'vip-10.0.0.6'],
    });
  });

  it.each([
    ['10.0.0.5/24 dev eth1', { nic: 'eth1' }],
    ['10.0.0.5/24 label eth0:web', { iflabel: 'web' }],
    ['10.0.0.5/24 brd +', { broadcast: '10.0.0.255' }],
    ['10.0.0.5/24 noprefixroute', { noprefixroute: 'true' }],
    ['2001:db8::5', { cidr_netmask: '128', preferred_lft: '0' }],
    ['2001:db8::5/64', { cidr_netmask: '64' }],
    ['2001:db8::5/128 preferred_lft forever', { cidr_netmask: '128' }],
  ])('%j', (vips, attributes) => {
    const plan = pair({ vips });
    const [first] = plan.resources.filter(({ kind }) => kind === 'primitive');
    expect((first as Primitive).attributes).toMatchObject(attributes);
    expect('preferred_lft' in (first as Primitive).attributes).toBe('preferred_lft' in attributes);
  });

  it.each(['10.0.0.5/24 label other', '10.0.0.5/24 label twelve-chars'])('%j is approximate', (vips) => {
    const fate = fateOf(pair({ vips }), `vrrp_instance VI_1/virtual_ipaddress/${vips}`);
    expect(fate.fate).toBe('approximate');
  });

  it('without a common interface name leave nic out and watch both', () => {
    const other = node({ priority: 100 }).replace('eth0', 'ens3');
    const plan = planOf({ lb1: node({ priority: 150 }), lb2: other });
    expect(primitive(plan, 'vip-10.0.0.5').attributes).toEqual({ ip: '10.0.0.5', cidr_netmask: '24' });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining([
        'link-eth0-clone avoids lb2',
        'link-ens3-clone avoids lb1',
        'VI_1 -INFINITY if kp_link_eth0 lt 1 on lb1',
      ]),
    );
  });

  it('held by two instances go with the first', () => {
    const twice = `${node({ priority: 150 })}${node({ priority: 150 }).replaceAll('VI_1', 'VI_2').replace('51', '52')}vrrp_instance VI_3 {\ninterface eth0\nvirtual_router_id 53\nvirtual_ipaddress {\n10.0.0.9\n}\n}`;
    const { plan, diagnostics } = translateNodes({ lb1: twice });
    expect(codesOf({ diagnostics })).toContain('KP302');
    expect(plan?.resources.filter(({ id }) => id.startsWith('vip-10.0.0.5'))).toHaveLength(1);
  });
});

describe('priorities', () => {
  it('are the scores, and nodes outside the instance are forbidden', () => {
    const other = node({ priority: 90 })
      .replaceAll('VI_1', 'VI_2')
      .replace('51', '52')
      .replace('10.0.0.5', '10.0.0.9');
    const plan = planOf({ lb1: node({ priority: 150 }), lb2: node({ priority: 100 }), lb3: other });
    expect(lines(plan.constraints).filter((line) => /prefers|avoids/.test(line))).toEqual([
      'VI_1 prefers lb1=150',
      'VI_1 prefers lb2=100',
      'VI_1 avoids lb3',
      'VI_2 prefers lb3=90',
      'VI_2 avoids lb1',
      'VI_2 avoids lb2',
    ]);
  });

  it('are raised together when negative weights could take a node below zero', () => {
    const before =
      'vrrp_script a {\nscript /bin/a\nweight -60\n}\nvrrp_script b {\nscript /bin/b\nweight -60\n}';
    const plan = pair({ before, instance: 'track_script {\na\nb\n}' });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining(['VI_1 prefers lb1=1150', 'VI_1 prefers lb2=1100']),
    );
    expect(fateOf(plan, 'vrrp_instance VI_1/priority').fate).toBe('equivalent');
  });

  it('stay as they are when the weights leave every node at zero or more', () => {
    const before = 'vrrp_script a {\nscript /bin/a\nweight -100\n}';
    const plan = pair({ before, instance: 'track_script {\na\n}' });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining(['VI_1 prefers lb1=150', 'VI_1 prefers lb2=100']),
    );
  });
});

describe('weights', () => {
  it.each([
    ['weight -60', 'VI_1 -60 if kp_check_chk eq 1'],
    ['weight 20', 'VI_1 20 if kp_check_chk eq 0'],
    ['weight 0', 'VI_1 -INFINITY if kp_check_chk eq 1'],
    ['weight -60 reverse', 'VI_1 60 if kp_check_chk eq 1'],
    ['weight 20 reverse', 'VI_1 -20 if kp_check_chk eq 0'],
    ['weight 0 reverse', 'VI_1 -INFINITY if kp_check_chk eq 0'],
  ])('%s of a script', (weight, expected) => {
    const before = `vrrp_script chk {\nscript "/bin/chk -x 'a b'"\ninterval 2\ntimeout 3\nrise 2\nfall 3\nuser nobody\n${weight}\n}`;
    const plan = pair({ before, instance: 'track_script {\nchk\n}' });
    expect(lines(plan.constraints)).toContain(expected);
    expect(primitive(plan, 'check-chk')).toMatchObject({
      agent: 'ocf:kp2pcm:track',
      attributes: {
        command: "/bin/chk -x 'a b'",
        name: 'kp_check_chk',
        rise: '2',
        fall: '3',
        timeout: '3',
        user: 'nobody',
      },
      operations: [{ name: 'monitor', options: { interval: '2s' } }, { name: 'start' }],
    });
    expect(plan.files.map(({ path }) => path)).toEqual(['/usr/lib/ocf/resource.d/kp2pcm/track']);
  });

  it.each([
    ['eth1', 'VI_1 -INFINITY if kp_link_eth1 lt 1'],
    ['eth1 weight -10', 'VI_1 -10 if kp_link_eth1 lt 1'],
    ['eth1 weight 10', 'VI_1 10 if kp_link_eth1 eq 1'],
  ])('of an interface: %s', (entry, expected) => {
    const plan = pair({ instance: `track_interface {\n${entry}\n}` });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining([expected, 'VI_1 -INFINITY if kp_link_eth0 lt 1']),
    );
  });

  it('on one node only count there only', () => {
    const before = 'vrrp_script chk {\nscript /bin/chk\nweight -5\n}';
    const plan = planOf({
      lb1: node({ priority: 150, before, instance: 'track_script {\nchk\n}' }),
      lb2: node({ priority: 100 }),
    });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining(['VI_1 -5 if kp_check_chk eq 1 on lb1', 'check-chk-clone avoids lb2']),
    );
  });

  it('of a script that differs between nodes share one attribute', () => {
    const script = (path: string) => `vrrp_script chk {\nscript ${path}\nweight -5\n}`;
    const instance = 'track_script {\nchk\n}';
    const plan = planOf({
      lb1: node({ priority: 150, before: script('/bin/a'), instance }),
      lb2: node({ priority: 100, before: script('/bin/b'), instance }),
    });
    expect(primitive(plan, 'check-chk').attributes).toMatchObject({
      command: '/bin/a',
      name: 'kp_check_chk',
    });
    expect(primitive(plan, 'check-chk-lb2').attributes).toMatchObject({
      command: '/bin/b',
      name: 'kp_check_chk',
    });
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining([
        'check-chk-clone avoids lb2',
        'check-chk-lb2-clone avoids lb1',
        'VI_1 -5 if kp_check_chk eq 1',
      ]),
    );
  });

  it('of an address owner do not count', () => {
    const before = 'vrrp_script chk {\nscript /bin/chk\nweight -5\n}';
    const plan = planOf({
      lb1: node({ priority: 255, before, instance: 'track_script {\nchk\n}' }),
      lb2: node({ priority: 100 }),
    });
    expect(lines(plan.constraints).join()).not.toContain('kp_check_chk');
    expect(fateOf(plan, 'vrrp_instance VI_1/track_script/chk').fate).toBe('ignored');
  });

  it('dont_track_primary leaves the own interface alone', () => {
    expect(lines(pair({ instance: 'dont_track_primary' }).constraints).join()).not.toContain('kp_link');
  });
});

describe('preemption', () => {
  it.each([
    ['', '', '0', 0],
    ['nopreempt', 'nopreempt', '10000', 0],
    ['nopreempt', '', '10000', 0],
    ['', 'nopreempt', '0', 0],
  ])('%j on the better node and %j on the other', (first, second, stickiness) => {
    const plan = planOf({
      lb1: node({ priority: 150, instance: first }),
      lb2: node({ priority: 100, instance: second }),
    });
    expect(groupMeta(plan)['resource-stickiness']).toBe(stickiness);
  });

  it('of three nodes with nopreempt on the best only is reported', () => {
    const texts = {
      lb1: node({ priority: 150, instance: 'nopreempt' }),
      lb2: node({ priority: 100 }),
      lb3: node({ priority: 50 }),
    };
    const { plan, diagnostics } = translateNodes(texts);
    expect(codesOf({ diagnostics })).toContain('KP304');
    expect(plan && fateOf(plan, 'vrrp_instance VI_1/nopreempt').fate).toBe('approximate');
  });

  it('stickiness outweighs the weights and stays below INFINITY in large groups', () => {
    const vips = Array.from({ length: 150 }, (_, index) => `10.0.1.${index}`).join('\n');
    const stickiness = Number(groupMeta(pair({ vips, instance: 'nopreempt' }))['resource-stickiness']);
    expect(stickiness * 150).toBeLessThan(1_000_000);
    expect(stickiness * 150).toBeGreaterThan(254);
  });
});

describe('sync groups', () => {
  const second =
    'vrrp_instance VI_2 {\ninterface eth1\nvirtual_router_id 52\npriority 100\nvirtual_ipaddress {\n10.0.9.5\n}\n}\n';
  const group = (rest = '') => `vrrp_sync_group G {\ngroup {\nVI_1\nVI_2\n}\n${rest}\n}\n`;
  const script = 'vrrp_script chk {\nscript /bin/chk\nweight -5\n}\n';
  it('are one group with every hard condition on it', () => {
    const plan = planOf({
      lb1: node({ priority: 150 }) + second + group(),
      lb2: node({ priority: 100 }) + second + group(),
    });
    expect(plan.resources.filter(({ kind }) => kind === 'group')).toMatchObject([
      { id: 'G', members: ['vip-10.0.0.5', 'vip-10.0.9.5'] },
    ]);
    expect(lines(plan.constraints)).toEqual(
      expect.arrayContaining(['G -INFINITY if kp_link_eth0 lt 1', 'G -INFINITY if kp_link_eth1 lt 1']),
    );
  });

  it.each([
    ['of a member is dropped', 'track_script {\nchk\n}', '', false],
    [
      'of a member counts with sync_group_tracking_weight',
      'track_script {\nchk\n}',
      'sync_group_tracking_weight',
      true,
    ],
    ['of the group counts', '', 'track_script {\nchk\n}', true],
  ])('a weight %s', (_, inMember, inGroup, counts) => {
    const text = (priority: number) =>
      script + group(inGroup) + node({ priority, instance: inMember }) + second;
    const plan = planOf({ lb1: text(150), lb2: text(100) });
    expect(lines(plan.constraints).includes('G -5 if kp_check_chk eq 1')).toBe(counts);
  });
});

describe('the cluster', () => {
  it.each([
    [2, {}, 'ignore'],
    [3, {}, 'stop'],
    [2, { quorum: 'stop' }, 'stop'],
    [3, { quorum: 'freeze' }, 'freeze'],
  ])('of %i nodes with %j has the quorum policy %s', (count, options, policy) => {
    const texts = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`lb${index + 1}`, node({ priority: 150 - index })]),
    );
    const plan = planOf(texts, options);
    expect(plan.cluster.quorumPolicy).toBe(policy);
    expect(plan.properties).toContainEqual(
      expect.objectContaining({ name: 'no-quorum-policy', value: policy }),
    );
  });

  it('has no fencing, and says so', () => {
    const { plan, diagnostics } = translateNodes({ lb1: node({}), lb2: node({ priority: 90 }) });
    expect(plan?.properties).toContainEqual(
      expect.objectContaining({ name: 'stonith-enabled', value: 'false' }),
    );
    expect(codesOf({ diagnostics })).toContain('KP303');
  });

  it.each([
    ['', 1000],
    ['advert_int 2', 2045],
    ['advert_int 5', 6000],
    ['version 3\nadvert_int 0.2', 1000],
  ])('with %j has a token with which failover is not slower', (instance, atLeast) => {
    const plan = pair({ instance });
    expect(plan.cluster.tokenMs).toBeGreaterThanOrEqual(atLeast);
    const before = Math.min(...plan.instances.map(({ failoverMs }) => failoverMs));
    if (plan.cluster.tokenMs > 1000) expect(plan.cluster.tokenMs * 2.2 + 1500).toBeLessThanOrEqual(before);
  });
});

describe('a single file', () => {
  it.each([
    ['state MASTER\npriority 150', ['VI_1 prefers node1=150', 'VI_1 prefers node2=149']],
    ['state BACKUP\npriority 100', ['VI_1 prefers node1=100', 'VI_1 prefers node2=100']],
  ])('with %j places the unknown peer by the state', (instance, expected) => {
    const { plan, diagnostics } = translateAlone(node({ instance }).replace('priority 100\n', ''));
    expect(lines(plan?.constraints ?? []).filter((line) => line.includes('prefers'))).toEqual(expected);
    expect(plan?.nodes.map(({ variable }) => variable)).toEqual(['NODE1', 'NODE2']);
    expect(codesOf({ diagnostics })).toContain('KP202');
  });
});

describe('fates', () => {
  it('of overridden, unknown and unmapped lines tell what the daemon and the migration do', () => {
    const plan = pair({
      instance: 'priority 1\nnonsense 3\ngarp_master_delay 7\nuse_vmac',
    });
    const all = plan.fates.filter(({ file }) => file === 'lb1.conf');
    const fates = Object.fromEntries(all.map(({ path, fate }) => [path, fate]));
    expect(all.filter(({ path }) => path.endsWith('/priority')).map(({ fate }) => fate)).toEqual([
      'ignored',
      'exact',
    ]);
    expect(fates['vrrp_instance VI_1/nonsense']).toBe('unknown');
    expect(fates['vrrp_instance VI_1/use_vmac']).toBe('approximate');
    expect(plan.manualSteps.some(({ instruction }) => instruction.includes('static ARP'))).toBe(true);
  });

  it('of a file that two nodes read are counted once', () => {
    const text = node({}).replace('priority 100', '@lb1 priority 150\n@lb2 priority 100\n@lb3 priority 50');
    const shared = { read: () => ({ kind: 'text', text, encoding: 'utf-8' }) as const, match: () => [] };
    return import('../../src/translate.ts').then(({ translate }) => {
      const nodes = ['lb1', 'lb2'].map((name) => ({ name, path: 'k.conf', named: true }));
      const { plan } = translate({ nodes, files: shared, options: {} });
      const found = plan?.fates
        .filter(({ path }) => /priority|@/.test(path))
        .map(({ path, fate }) => `${path} ${fate}`);
      expect(found).toEqual([
        'vrrp_instance VI_1/priority exact',
        'vrrp_instance VI_1/priority exact',
        '@lb3 ignored',
      ]);
    });
  });
});

it('two instances whose names differ only in signs get different ids', () => {
  const other = (name: string, id: number, vip: string) =>
    node({ vips: vip }).replace('VI_1', `"${name}"`).replace('51', String(id));
  const { plan } = translateNodes({
    lb1: other('a b', 1, '10.0.0.1') + other('a/b', 2, '10.0.0.2') + other('-a-b', 3, '10.0.0.3'),
  });
  expect(plan?.instances.map(({ group }) => group)).toEqual(['a-b', 'a-b-2', 'a-b-3']);
});
