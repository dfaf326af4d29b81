import { describe, expect, it } from 'vitest';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { Release } from '../../grammar/source/release.ts';
import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';
import { understand } from '../../src/keepalived/understand.ts';
import { memoryTree } from '../memory-tree.ts';

function understood(text: string, release: Release) {
  const files = memoryTree({ 'keepalived.conf': text });
  const { value } = readNode({ path: 'keepalived.conf', configId: 'lb1', files, release });
  return understand(parse(value.logical).value, 'lb1', 'keepalived.conf', release);
}

const instance = (lines: string) =>
  `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n${lines}\n}\n`;
const script = (lines: string) => `vrrp_script chk {\nscript "/usr/bin/chk"\n${lines}\n}\n`;
const addresses = (count: number) =>
  Array.from({ length: count }, (_, index) => `192.0.2.${index + 1}`).join('\n');

type Look = (configuration: NodeConfiguration) => unknown;
const priority: Look = ({ instances: [one] }) => one?.priority.value;
const held: Look = ({ instances: [one] }) => one?.addresses.map(({ address }) => address.text);
const count: Look = ({ instances: [one] }) => one?.addresses.length;
const argv: Look = ({ scripts: [one] }) => one?.argv;
const interval: Look = ({ scripts: [one] }) => one?.intervalMs;
const tracked: Look = ({ instances: [one] }) =>
  one?.trackScripts.map(({ weight, reverse }) => [weight, reverse]);
const user: Look = ({ scripts: [one] }) => one?.user?.user;
const accepted: Look = () => 'accepted';

/** Each row: who read it so; the release; the text; what to look at and what it must be; the codes of the messages. */
const rows: readonly (readonly [string, Release, string, Look, unknown, string[]])[] = [
  // Keywords.
  [
    'source: up to 1.2.19',
    '1.2.19',
    'virtual_server 192.0.2.1 80 {\nnat_mask 255.0.0.0\n}',
    accepted,
    'accepted',
    [],
  ],
  [
    'source: up to 1.2.19',
    '2.2.7',
    'virtual_server 192.0.2.1 80 {\nnat_mask 255.0.0.0\n}',
    accepted,
    'accepted',
    ['KP150'],
  ],
  ['run: 2.2.7', '2.2.7', instance('auth_hmac {\n}\npriority 9'), priority, 100, ['KP150', 'KP102', 'KP101']],
  ['source: since 2.4.0', '2.4.3', instance('auth_hmac {\n}\npriority 9'), priority, 9, []],
  // Quotes.
  ['run: 1.2.13, 1.2.19', '1.2.19', instance('priority "9"'), priority, 100, ['KP156', 'KP107']],
  ['run: 1.2.24', '1.2.24', instance('priority "9"'), priority, 9, []],
  ['run: 1.2.19', '1.2.19', script('interval 2'), argv, ['/usr/bin/chk'], []],
  // state MASTER without a priority.
  ['run: 1.2.13, 1.2.19', '1.2.19', instance('state MASTER'), priority, 100, []],
  ['run: 1.2.24, 1.3.9, 2.2.7', '1.2.24', instance('state MASTER'), priority, 255, ['KP120']],
  // A missing word.
  ['run: 1.2.19', '1.2.19', instance('priority'), priority, 100, ['KP153']],
  ['run: 1.3.9', '1.3.9', instance('priority'), priority, 100, ['KP104']],
  // Intervals of scripts.
  ['run: 2.2.7', '2.3.1', script('interval 0.5'), interval, 1000, ['KP107']],
  ['run: 2.3.3', '2.3.2', script('interval 0.5'), interval, 500, []],
  ['run: 2.3.3', '2.3.4', script('interval 0'), interval, 1000, ['KP107']],
  ['run: 2.3.3', '2.3.4', script('interval 2s'), interval, 2, ['KP107']],
  // Commands.
  [
    'run: 1.2.19, 1.3.9',
    '1.3.9',
    'vrrp_script c {\nscript "/usr/bin/chk a > b"\n}',
    argv,
    ['/bin/sh', '-c', '/usr/bin/chk a > b'],
    [],
  ],
  [
    'run: 1.2.19, 1.3.9',
    '1.3.9',
    'vrrp_script c {\nscript "/usr/bin/chk -a  b"\n}',
    argv,
    ['/usr/bin/chk', '-a', 'b'],
    [],
  ],
  [
    'source: 2.0.6',
    '2.0.5',
    'vrrp_script c {\nscript "/usr/bin/chk \'a b\'"\n}',
    argv,
    ['/usr/bin/chk', "'a", "b'"],
    [],
  ],
  [
    'run: 2.0.10',
    '2.0.6',
    'vrrp_script c {\nscript "/usr/bin/chk \'a b\'"\n}',
    argv,
    ['/usr/bin/chk', 'a b'],
    [],
  ],
  [
    'run: 2.2.7',
    '2.3.1',
    'vrrp_script c {\nscript "/usr/bin/chk a\\\\\\\\b"\n}',
    argv,
    ['/usr/bin/chk', 'a\\b'],
    [],
  ],
  [
    'run: 2.3.3',
    '2.3.2',
    'vrrp_script c {\nscript "/usr/bin/chk a\\\\\\\\b"\n}',
    argv,
    ['/usr/bin/chk', 'a\\\\b'],
    [],
  ],
  ['run: 2.3.4, 2.4.3', '2.3.4', 'vrrp_script c {\nscript /bin/true\n}', argv, ['/bin/true'], ['KP151']],
  ['run: 2.2.7', '2.2.7', 'vrrp_script c {\nscript /bin/true\n}', argv, ['/bin/true'], []],
  ['source: 1.3.0', '1.2.24', script(''), user, 'root', []],
  ['source: 1.3.0', '1.3.9', script(''), user, undefined, []],
  ['run: 1.4.5', '1.4.5', script('init_fail'), interval, 1000, ['KP152']],
  ['run: 2.0.20', '2.0.20', script('init_fail'), interval, 1000, []],
  // Weights.
  [
    'run: 1.3.9',
    '1.3.9',
    script('') + instance('track_script {\nchk weight 254\n}'),
    tracked,
    [[254, false]],
    [],
  ],
  [
    'run: 2.2.7',
    '2.2.7',
    script('') + instance('track_script {\nchk weight 254\n}'),
    tracked,
    [[253, false]],
    ['KP107'],
  ],
  [
    'source: 2.0.18',
    '2.0.17',
    script('') + instance('track_script {\nchk weight 5 reverse\n}'),
    tracked,
    [[5, false]],
    [],
  ],
  [
    'run: 2.0.19',
    '2.0.19',
    script('') + instance('track_script {\nchk weight 5 reverse\n}'),
    tracked,
    [[5, true]],
    [],
  ],
  // Addresses.
  [
    'run: 2.2.7',
    '2.3.2',
    instance('virtual_ipaddress {\n192.0.2.1\n192.0.2.1\n}'),
    held,
    ['192.0.2.1', '192.0.2.1'],
    [],
  ],
  [
    'run: 2.3.3',
    '2.3.3',
    instance('virtual_ipaddress {\n192.0.2.1\n192.0.2.1\n}'),
    held,
    ['192.0.2.1'],
    ['KP154'],
  ],
  [
    'source: up to 1.2.19',
    '1.2.19',
    instance(`virtual_ipaddress {\n${addresses(25)}\n}`),
    count,
    20,
    ['KP155'],
  ],
  ['run: 2.2.7', '2.2.7', instance(`virtual_ipaddress {\n${addresses(25)}\n}`), count, 25, []],
  [
    'source: 2.2.0',
    '2.1.5',
    instance('virtual_ipaddress {\n192.0.2.1 use_vmac\n}'),
    held,
    ['192.0.2.1'],
    ['KP110'],
  ],
  [
    'run: 2.1.5',
    '2.1.5',
    instance('virtual_ipaddress {\n192.0.2.1 label a-label-of-more-than-15\n}'),
    held,
    ['192.0.2.1'],
    [],
  ],
  // Strict mode and unicast.
  ['source: up to 2.2.4', '2.0.20', strictUnicast(), accepted, 'accepted', ['KP106']],
  ['source: up to 2.2.4', '2.2.4', strictUnicast(), accepted, 'accepted', ['KP106']],
  ['source: from 2.4.0', '2.4.3', strictUnicast(), accepted, 'accepted', ['KP106']],
  ['run: 2.2.7', '2.2.7', strictUnicast(), accepted, 'accepted', []],
  ['source: 2.3.0', '2.3.4', strictUnicast(), accepted, 'accepted', []],
  // A sync group with one member.
  ['run: 1.2.24, 1.3.9', '1.3.9', loneGroup(), ({ syncGroups }) => syncGroups.length, 0, ['KP157']],
  ['run: 1.2.19', '1.2.19', loneGroup(), ({ syncGroups }) => syncGroups.length, 1, []],
  ['run: 2.0.19', '2.0.20', loneGroup(), ({ syncGroups }) => syncGroups.length, 1, []],
];

function strictUnicast(): string {
  return instance('strict_mode\nunicast_peer {\n192.0.2.9\n}\nvirtual_ipaddress {\n192.0.2.1\n}');
}

function loneGroup(): string {
  return `vrrp_sync_group G {\ngroup {\nVI_1\n}\n}\n${instance('')}`;
}

/** What is said of these small texts whatever the release: no address, no real server, no script security, a lone member. */
const ofAnyRelease = new Set(['KP115', 'KP130', 'KP165', 'KP168']);

describe('a node', () => {
  it.each(rows)('is understood as measured (%s) for %s: %s', (_, release, text, look, value, codes) => {
    const { value: configuration, diagnostics } = understood(text, release);
    expect(look(configuration)).toEqual(value);
    const told = diagnostics.map(({ code }) => code).filter((code) => !ofAnyRelease.has(code));
    expect(told).toEqual(codes);
  });

  it('is told with which release a keyword would be read', () => {
    const newer = understood(instance('auth_hmac'), '2.2.7').diagnostics[0];
    expect(newer?.summary).toBe(
      "keepalived 2.2.7 does not know 'auth_hmac' in vrrp_instance: it is known since 2.4.0",
    );
    expect(newer?.help).toBe('read with --keepalived 2.4 if the host runs such a release');
    const older = understood('global_defs {\nplugin_dir /x\n}', '2.2.7').diagnostics[0];
    expect(older?.help).toBe(
      'delete the line, or read with --keepalived 1.2 if the host runs such a release',
    );
    const future = understood('global_defs {\nset_supplementary_groups\n}', '2.4.3').diagnostics[0];
    expect(future?.help).toBe('delete the line');
  });
});
