import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import { join } from '../../src/cluster/join.ts';
import { understand } from '../../src/keepalived/understand.ts';
import { memoryTree } from '../memory-tree.ts';

function joinTexts(texts: Record<string, string>, named = true) {
  const files = memoryTree(texts);
  const inputs = Object.keys(texts).map((name) => ({ name, path: name, named }));
  const configurations = inputs.map(({ name, path }) => {
    const { value } = readNode({ path, configId: name, files });
    return understand(parse(value.logical).value, name, path).value;
  });
  const { value, diagnostics } = join(inputs, configurations);
  const groups = value.groups.map(({ name, instances }) => ({
    name,
    instances: instances.map(
      (instance) => `${instance.name}: ${instance.members.map(({ node }) => node).join(' ')}`,
    ),
  }));
  return { cluster: value, groups, codes: diagnostics.map(({ code }) => code), diagnostics };
}

interface InstanceText {
  readonly name?: string;
  readonly id?: number;
  readonly link?: string;
  readonly vip?: string;
  readonly rest?: string;
}

function instance({
  name = 'VI_1',
  id = 51,
  link = 'eth0',
  vip = '10.0.0.5',
  rest = 'priority 100',
}: InstanceText = {}): string {
  return `vrrp_instance ${name} {\ninterface ${link}\nvirtual_router_id ${id}\n${rest}\nvirtual_ipaddress {\n${vip}\n}\n}\n`;
}

describe('instances of different nodes are one', () => {
  it.each([
    ['with equal identifier, interface and name', {}, {}],
    ['under different names', { name: 'A' }, { name: 'B' }],
    ['on interfaces with different names', { link: 'eth0' }, { link: 'ens3' }],
    ['with different identifiers but one address, which is reported', { id: 51 }, { id: 52 }],
  ])('%s', (_, first, second) => {
    const low = { rest: 'priority 90' };
    expect(
      joinTexts({ lb1: instance(first), lb2: instance({ ...second, ...low }) }).cluster.groups,
    ).toHaveLength(1);
  });

  it('not when only the identifier is equal and there are several candidates', () => {
    const two =
      instance({ name: 'A', link: 'eth0', vip: '10.0.0.1' }) +
      instance({ name: 'B', link: 'eth1', vip: '10.0.0.2' });
    const other = instance({ name: 'C', link: 'eth9', vip: '10.0.0.9' });
    expect(joinTexts({ lb1: two, lb2: other }).groups).toHaveLength(3);
  });

  it('each with its own partner when several share an identifier', () => {
    const both =
      instance({ name: 'A', link: 'eth0', vip: '10.0.0.1' }) +
      instance({ name: 'B', link: 'eth1', vip: '10.0.0.2' });
    const { groups } = joinTexts({ lb1: both, lb2: both.replaceAll('100', '90') });
    expect(groups).toEqual([
      { name: 'A', instances: ['A: lb1 lb2'] },
      { name: 'B', instances: ['B: lb1 lb2'] },
    ]);
  });
});

describe('sync groups', () => {
  const two =
    instance({ name: 'A', id: 1, vip: '10.0.0.1' }) + instance({ name: 'B', id: 2, vip: '10.0.0.2' });
  const group = 'vrrp_sync_group G {\ngroup {\nA B\n}\n}\n';
  it('make one group of their members, whether named before or after them', () => {
    const expected = [{ name: 'G', instances: ['A: lb1 lb2', 'B: lb1 lb2'] }];
    expect(joinTexts({ lb1: group + two, lb2: two + group }).groups).toEqual(expected);
  });

  it('that only one node has hold everywhere', () => {
    expect(joinTexts({ lb1: two + group, lb2: two }).groups).toHaveLength(1);
  });

  it('with other members on another node are reported and united', () => {
    const more = two + instance({ name: 'C', id: 3, vip: '10.0.0.3' });
    const wider = 'vrrp_sync_group G {\ngroup {\nA B C\n}\n}\n';
    const { groups, codes } = joinTexts({ lb1: more + group, lb2: more + wider });
    expect(groups).toHaveLength(1);
    expect(codes).toContain('KP211');
  });
});

describe('disagreements', () => {
  const low = { rest: 'priority 90' };
  it.each([
    ['KP203', instance(), instance({ ...low, id: 52 })],
    ['KP204', instance(), instance({ ...low, vip: '10.0.0.5\n10.0.0.6' })],
    ['KP205', instance(), instance()],
    [
      'KP206',
      instance({ rest: 'state MASTER\npriority 100' }),
      instance({ rest: 'state MASTER\npriority 90' }),
    ],
    ['KP207', instance({ rest: 'state MASTER\npriority 80' }), instance(low)],
    ['KP208', instance(), instance({ rest: 'priority 90\nadvert_int 2' })],
    ['KP209', instance() + instance({ name: 'B', id: 9, vip: '10.0.0.9' }), instance(low)],
    [
      'KP210',
      instance({ rest: 'unicast_src_ip 10.0.0.11\nunicast_peer {\n10.0.0.12\n10.0.0.13\n}' }),
      instance({ rest: 'priority 90\nunicast_src_ip 10.0.0.12\nunicast_peer {\n10.0.0.11\n}' }),
    ],
    ['KP212', instance(), instance({ ...low, vip: '10.0.0.5/24' })],
  ])('%s', (code, lb1, lb2) => {
    const { codes, diagnostics } = joinTexts({ lb1, lb2 });
    expect(codes).toEqual([code]);
    expect(diagnostics[0]?.at).toBeDefined();
  });

  it('are none in a pair that agrees', () => {
    expect(joinTexts({ lb1: instance(), lb2: instance(low) }).codes).toEqual([]);
  });
});

describe('one file', () => {
  it('takes its peers from unicast_peer, with their addresses', () => {
    const rest = 'unicast_src_ip 10.0.0.11\nunicast_peer {\n10.0.0.12\n10.0.0.13\n}';
    const { cluster, codes } = joinTexts({ node1: instance({ rest }) }, false);
    expect(cluster.nodes).toEqual([
      { name: 'node1', named: false, addresses: ['10.0.0.11'], file: 'node1' },
      { name: 'node2', named: false, addresses: ['10.0.0.12'] },
      { name: 'node3', named: false, addresses: ['10.0.0.13'] },
    ]);
    expect(codes).toEqual(['KP202']);
  });

  it('assumes one peer when it names none', () => {
    expect(joinTexts({ lb1: instance() }).cluster.nodes.map(({ name }) => name)).toEqual(['lb1', 'node2']);
  });
});

it('nothing to move is an error', () => {
  expect(joinTexts({ lb1: 'global_defs {\n}' }).codes).toEqual(['KP201']);
});
