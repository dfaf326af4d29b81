import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { emitScripts } from '../../src/emit/scripts.ts';
import type { Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { closeNamespace, inNamespace, namespace } from '../daemon-election/namespace.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { RoutingHost } from './routing-host.ts';

const success = 0;
const failed = 1;
const notInstalled = 5;
const notConfigured = 6;
const notRunning = 7;
const theirAgent = '/usr/lib/ocf/resource.d/heartbeat/IPaddr2';
const isPossible =
  ['ip', theirAgent].every(requireTool) && requireRoot('addresses are added in a network namespace');

const hosts: RoutingHost[] = [];

async function openHost(): Promise<RoutingHost> {
  const host = await RoutingHost.open();
  hosts.push(host);
  return host;
}

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

/** Entries with each option, alone and together; of those without effect, and of those that IPaddr2 has too. */
const entries = [
  '192.0.2.10/24',
  '192.0.2.12 peer 192.0.2.112',
  '192.0.2.13 peer 198.51.101.13 scope link',
  '192.0.2.17/24 home -nodad mngtmpaddr',
  '192.0.2.18/24 preferred_lft 3600',
  '192.0.2.19 scope host',
  '192.0.2.20/32 scope 42 noprefixroute',
  '192.0.2.21/32 scope site',
  '192.0.2.22/32 scope nowhere',
  '198.51.100.10/24 scope link',
  '198.51.100.11/24 scope link brd + label eth0:a',
  '203.0.113.50/32 dev eth1 scope 253',
  '224.0.0.99/32 autojoin',
];
const excluded = [
  '2001:db8::12/64 home',
  '2001:db8::13/64 -nodad',
  '2001:db8::14/64 mngtmpaddr -nodad',
  '2001:db8:0::16 peer 2001:DB8:0:0::116',
  '2001:db8::17 peer 2001:db8::117 preferred_lft forever',
  '2001:db8::18/64 preferred_lft 3600 home',
  '2001:db8::19/64 noprefixroute home mngtmpaddr',
  '2001:db8::20 home',
  '2001:db8::21 home preferred_lft forever',
  'ff05::99/128 autojoin',
];
const refused = ['192.0.2.40/24 autojoin', '2001:db8::41/60 mngtmpaddr'];

function configurationOf(virtual: readonly string[], others: readonly string[] = []): string {
  return `vrrp_instance VI_1 {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 255
  virtual_ipaddress {
    ${virtual.join('\n')}
  }
  virtual_ipaddress_excluded {
    ${others.join('\n')}
  }
}
`;
}

function planOf(configuration: string): Plan {
  const { plan } = translateNodes({ lb1: configuration, lb2: configuration.replace('255', '100') });
  if (!plan) throw new Error('not translated');
  return plan;
}

const addressesOf = (plan: Plan): Primitive[] =>
  plan.resources.flatMap((resource) =>
    resource.kind === 'primitive' && /:(?:IPaddr2|address)$/.test(resource.agent) ? [resource] : [],
  );

/** What the agent of the plan answers, by resource. */
function callAll(host: RoutingHost, action: string, resources: readonly Primitive[]) {
  return Object.fromEntries(
    resources.map(({ id, agent, attributes }) => {
      if (agent === 'ocf:kp2pcm:address') return [id, host.call('address', action, id, attributes).status];
      const parameters = Object.entries(attributes).map(([key, value]) => [`OCF_RESKEY_${key}`, value]);
      const { status } = host.run([theirAgent, action], {
        OCF_ROOT: '/usr/lib/ocf',
        OCF_RESOURCE_INSTANCE: id,
        OCF_RESKEY_CRM_meta_timeout: '20000',
        ...Object.fromEntries(parameters),
      });
      return [id, status];
    }),
  );
}

const allAnswer = (resources: readonly Primitive[], status: number) =>
  Object.fromEntries(resources.map(({ id }) => [id, status]));

/** All addresses in the order of the kernel, as ip shows them. A lifetime goes down while it is read. */
function addresses(host: RoutingHost): string[] {
  return host
    .run(['ip', '-d', '-o', 'address', 'show'])
    .output.trimEnd()
    .split('\n')
    .map((line) => line.replace(/^\d+: /, '').replace(' tentative', ''))
    .map((line) => line.replace(/preferred_lft [1-9]\d*sec/, 'preferred_lft some'));
}

const call = (host: RoutingHost, action: string, parameters: Readonly<Record<string, string>>) =>
  host.call('address', action, 'vip-1', parameters);

const one = { ip: '198.51.100.10', cidr_netmask: '24', nic: 'eth0', scope: 'link' };

describe.skipIf(!isPossible || !requireTool('keepalived'))('ocf:kp2pcm:address beside the daemon', () => {
  it('adds what Keepalived adds, of every option, and takes it away again', async () => {
    const configuration = configurationOf(
      [...entries, ...refused.slice(0, 1)],
      [...excluded, ...refused.slice(1)],
    );
    const resources = addressesOf(planOf(configuration));
    const wanted = resources.filter(
      ({ attributes }) => !refused.some((entry) => entry.startsWith(`${attributes['ip']}/`)),
    );
    expect(wanted).toHaveLength(entries.length + excluded.length);
    const theirs = await openHost();
    const ours = await openHost();
    const before = addresses(ours);
    await theirs.startDaemon(configuration);
    expect(callAll(ours, 'monitor', wanted)).toEqual(allAnswer(wanted, notRunning));
    expect(callAll(ours, 'start', wanted)).toEqual(allAnswer(wanted, success));
    const [added, daemons] = [addresses(ours), addresses(theirs)];
    expect(added.length - before.length).toBe(wanted.length);
    expect(added.filter((line) => line.startsWith('eth'))).toEqual(
      daemons.filter((line) => line.startsWith('eth')),
    );
    expect(callAll(ours, 'monitor', wanted)).toEqual(allAnswer(wanted, success));
    expect(callAll(ours, 'start', wanted)).toEqual(allAnswer(wanted, success));
    expect(addresses(ours)).toEqual(added);
    expect(callAll(ours, 'stop', wanted.toReversed())).toEqual(allAnswer(wanted, success));
    expect(addresses(ours)).toEqual(before);
    expect(callAll(ours, 'stop', wanted)).toEqual(allAnswer(wanted, success));
  }, 300_000);

  it('goes on with what a killed daemon leaves', async () => {
    const configuration = configurationOf(entries, excluded);
    const resources = addressesOf(planOf(configuration));
    const host = await openHost();
    await host.startDaemon(configuration);
    const held = addresses(host);
    await host.killDaemon();
    expect(callAll(host, 'monitor', resources)).toEqual(allAnswer(resources, success));
    expect(callAll(host, 'start', resources)).toEqual(allAnswer(resources, success));
    expect(addresses(host)).toEqual(held);
    expect(callAll(host, 'stop', resources)).toEqual(allAnswer(resources, success));
    expect(addresses(host).join('\n')).not.toMatch(/192\.0\.2\.1\d|198\.51\.100|2001:db8::1\d|autojoin/);
  }, 300_000);
});

describe.skipIf(!isPossible)('ocf:kp2pcm:address', () => {
  it.each([
    [one, '198.51.100.10/24'],
    [{ ...one, broadcast: '198.51.100.255' }, '198.51.100.10/24 scope link'],
    [{ ...one, noprefixroute: 'yes' }, '198.51.100.10/24 scope link'],
    [{ ...one, cidr_netmask: '', peer: '192.0.2.9', scope: '' }, '198.51.100.10 peer 192.0.2.8/32'],
    [{ ...one, cidr_netmask: '32', scope: 'host' }, '198.51.100.10 peer 192.0.2.8/32 scope host'],
    [{ ip: '2001:db8::9', cidr_netmask: '64', nic: 'eth0', home: 'true' }, '2001:db8::9/64'],
    [
      { ip: '2001:db8::9', nic: 'eth0', home: '1', preferred_lft: '0' },
      '2001:db8::9/128 home preferred_lft 60',
    ],
    [{ ip: '2001:db8::9', nic: 'eth0', peer: '2001:db8::8' }, '2001:db8::9 peer 2001:db8::7/128'],
  ])('does not take it for running with other options, and adds it anew: %j', async (parameters, other) => {
    const host = await openHost();
    host.ip([`address add ${other} dev eth0${parameters.ip.includes(':') ? ' nodad' : ''}`]);
    expect(call(host, 'monitor', parameters).status).toBe(notRunning);
    expect(call(host, 'start', parameters)).toMatchObject({
      status: success,
      log: expect.stringContaining('with other options'),
    });
    expect(call(host, 'monitor', parameters).status).toBe(success);
    expect(call(host, 'stop', parameters).status).toBe(success);
    expect(addresses(host).join('\n')).not.toMatch(/198\.51\.100|2001:db8::9/);
  });

  it.each([
    ['another interface', 'address add 198.51.100.10/24 dev eth1 scope link'],
    ['another prefix', 'address add 198.51.100.10/25 dev eth0 scope link'],
    ['lo, as a placeholder', 'address add 198.51.100.10/32 dev lo'],
  ])('leaves the same address alone on %s', async (_, command) => {
    const host = await openHost();
    host.ip([command]);
    const before = addresses(host);
    expect(call(host, 'monitor', one).status).toBe(notRunning);
    expect(call(host, 'start', one)).toMatchObject({ status: success, log: '' });
    expect(addresses(host)).toHaveLength(before.length + 1);
    expect(call(host, 'stop', one).status).toBe(success);
    expect(addresses(host)).toEqual(before);
  });

  it('does not take the name of an interface for an option', async () => {
    const host = await openHost();
    host.ip(['link set eth0 down', 'link set eth0 name autojoin', 'link set autojoin up']);
    const parameters = { ...one, nic: 'autojoin' };
    expect(call(host, 'start', parameters)).toMatchObject({ status: success, log: '' });
    expect(call(host, 'monitor', { ...parameters, autojoin: 'true' }).status).toBe(notRunning);
    expect(call(host, 'stop', parameters).status).toBe(success);
  });

  it('still runs when the time is over for which the address is preferred', async () => {
    const host = await openHost();
    const parameters = {
      ip: '2001:db8::9',
      cidr_netmask: '64',
      nic: 'eth0',
      home: 'true',
      preferred_lft: '60',
    };
    expect(call(host, 'start', parameters).status).toBe(success);
    host.ip(['address change 2001:db8::9/64 dev eth0 home preferred_lft 0']);
    expect(addresses(host).join('\n')).toMatch(/2001:db8::9\/64 .*deprecated/);
    expect(call(host, 'monitor', parameters).status).toBe(success);
  });

  it('says what the kernel refuses', async () => {
    const host = await openHost();
    const started = call(host, 'start', { ...one, ip: '192.0.2.10' });
    expect(started).toMatchObject({
      status: failed,
      log: expect.stringContaining('192.0.2.10 cannot be added'),
    });
    expect(call(host, 'start', { ...one, nic: 'none' }).status).toBe(failed);
    expect(call(host, 'monitor', { ...one, nic: 'none' }).status).toBe(notRunning);
    expect(call(host, 'stop', { ...one, nic: 'none' }).status).toBe(success);
  });

  it('does not start where another host has the address and detection is wanted', async () => {
    const host = await openHost();
    host.ip(['address add 2001:db8::9/64 dev far0 nodad']);
    const parameters = { ip: '2001:db8::9', cidr_netmask: '64', nic: 'eth0', home: 'true' };
    const { status, log } = call(host, 'start', parameters);
    expect({ status, log }).toEqual({ status: failed, log: expect.stringContaining('another host has') });
    expect(call(host, 'monitor', parameters).status).toBe(notRunning);
    expect(call(host, 'start', { ...parameters, nodad: 'true' }).status).toBe(success);
  });

  it('says of an ip that is too old which option it does not know', async () => {
    const host = await openHost();
    const bin = join(host.folder, 'bin');
    mkdirSync(bin);
    const old = `#!/bin/sh
case "$*" in 'address help') echo 'IFADDR := PREFIX | ADDR peer PREFIX [ home | nodad ]' >&2; exit 255 ;; esac
exec ${host.run(['sh', '-c', 'command -v ip']).output.trim()} "$@"
`;
    writeFileSync(join(bin, 'ip'), old, { mode: 0o755 });
    const path = { PATH: `${bin}:${process.env['PATH']}` };
    const parameters = { ip: '224.0.0.99', cidr_netmask: '32', nic: 'eth0', autojoin: 'true' };
    for (const action of ['start', 'validate-all']) {
      const { status, log } = host.call('address', action, 'vip-1', parameters, path);
      expect(status).toBe(notInstalled);
      expect(log).toMatch(/ip of this machine does not know autojoin: ip utility/);
    }
    expect(host.call('address', 'monitor', 'vip-1', parameters, path).status).toBe(notRunning);
  });

  it.each([
    [{ ip: '' }],
    [{ ip: '192.0.2.10 dev lo' }],
    [{ nic: '' }],
    [{ nic: '../all' }],
    [{ cidr_netmask: '33' }],
    [{ cidr_netmask: '255.255.255.0' }],
    [{ scope: 'link dev lo' }],
    [{ iflabel: 'eleven-long' }],
    [{ home: 'true' }],
    [{ arp_count: 'many' }],
    [{ preferred_lft: 'soon' }],
    [{ ip: '2001:db8::9', cidr_netmask: '64' }],
  ])('refuses %j, and does not fail to stop', async (wrong) => {
    const host = await openHost();
    const { status, log } = call(host, 'validate-all', { ...one, ...wrong });
    expect({ status, log }).toEqual({
      status: notConfigured,
      log: expect.stringMatching(/^address\(vip-1\): /),
    });
    expect(call(host, 'start', { ...one, ...wrong }).status).toBe(notConfigured);
    expect(call(host, 'stop', { ...one, ...wrong }).status).toBe(success);
  });

  it('makes nothing else of a hostile value', async () => {
    const host = await openHost();
    const before = addresses(host);
    for (const parameter of [
      'ip',
      'cidr_netmask',
      'nic',
      'peer',
      'broadcast',
      'iflabel',
      'scope',
      'arp_count',
    ])
      for (const text of hostileTexts.filter((one) => one !== '')) {
        const { status } = call(host, 'start', { ...one, [parameter]: text });
        // The kernel takes nearly anything for a label.
        if (parameter !== 'iflabel') expect(status).not.toBe(success);
        else if (status === success) expect(addresses(host).join('\n')).toContain(`eth0:${text}\\ `);
        call(host, 'stop', { ...one, [parameter]: text });
      }
    expect(addresses(host)).toEqual(before);
    expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
  }, 60_000);

  it.skipIf(!requireTool('ocf-tester'))('passes ocf-tester', async () => {
    const host = await openHost();
    const agent = fileURLToPath(new URL('../../templates/agents/address', import.meta.url));
    const options = Object.entries(one).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
    expect(host.run(['ocf-tester', '-n', 'address', ...options, agent]).output).toMatch(/passed all tests/);
  });
});

describe.skipIf(!isPossible)('the announcement of ocf:kp2pcm:address', () => {
  const wrongMac = '02:00:5e:10:00:77';

  it.each([
    { ip: '192.0.2.10', cidr_netmask: '32', nic: 'eth0', scope: 'link', arp_count: '2' },
    { ip: '2001:db8::10', cidr_netmask: '64', nic: 'eth0', home: 'true', nodad: 'true', arp_count: '2' },
  ])('tells a neighbour that remembers another host: %j', async (parameters) => {
    const host = await openHost();
    const client = await namespace();
    host.ip([`link set far0 netns ${client.pid}`]);
    inNamespace(client, [
      'link set far0 up',
      'address add 192.0.2.99/24 dev far0',
      'address add 2001:db8::99/64 dev far0 nodad',
      `neighbour add ${parameters.ip} lladdr ${wrongMac} dev far0 nud stale`,
    ]);
    const known = () =>
      host.run(['nsenter', '-t', `${client.pid}`, '-n', 'ip', 'neighbour', 'show', parameters.ip]).output;
    expect(known()).toContain(wrongMac);
    expect(call(host, 'start', parameters).status).toBe(success);
    const [, mac = ''] = /link\/ether (\S+)/.exec(host.run(['ip', 'link', 'show', 'eth0']).output) ?? [];
    await expect.poll(known).toContain(mac);
    closeNamespace(client);
  });

  it('ends when the address is stopped, and comes again at a monitor if that is asked for', async () => {
    const host = await openHost();
    const parameters = { ...one, arp_count: '1000', arp_count_refresh: '1000' };
    const pidFile = join(host.folder, 'state/address-vip-1.pid');
    const announcing = () =>
      existsSync(pidFile) ? `/proc/${readFileSync(pidFile, 'utf8').trim()}` : '/none';
    call(host, 'start', parameters);
    const process = announcing();
    expect(existsSync(process)).toBe(true);
    call(host, 'stop', parameters);
    await expect.poll(() => existsSync(process)).toBe(false);
    expect(existsSync(pidFile)).toBe(false);

    call(host, 'start', { ...parameters, arp_count: '0' });
    call(host, 'monitor', parameters);
    expect(existsSync(pidFile)).toBe(false);
    call(host, 'monitor', { ...parameters, CRM_meta_interval: '10000' });
    expect(existsSync(announcing())).toBe(true);
    call(host, 'stop', parameters);
  });
});

describe.skipIf(!isPossible)('the scripts and an address with a peer', () => {
  const configuration = configurationOf(['192.0.2.12 peer 192.0.2.112'], ['2001:db8::16 peer 2001:db8::116']);

  /** A function of a script, as it has it. */
  function functionOf(name: string, script: string): string {
    const text = emitScripts(planOf(configuration)).find((one) => one.name === script)?.text ?? '';
    const [found] = new RegExp(`^${name}\\(\\) \\{[\\s\\S]*?^\\}$`, 'm').exec(text) ?? [];
    if (found === undefined) throw new Error(`${script} lacks ${name}`);
    return found;
  }

  it('find it with the length of its peer, and take it away', async () => {
    const host = await openHost();
    const resources = addressesOf(planOf(configuration));
    expect(callAll(host, 'start', resources)).toEqual(allAnswer(resources, success));
    const run = (names: readonly string[], command: string) =>
      host.run([
        'bash',
        '-euc',
        [...names.map((name) => functionOf(name, 'rollback.sh')), `${command} 192.0.2.12 2001:db8::16`].join(
          '\n',
        ),
      ]);
    expect(run(['node_find_addresses'], 'node_find_addresses').output).toBe(
      '192.0.2.12 eth0 32\n2001:db8::16 eth0 128\n',
    );
    expect(run(['node_hold', 'node_make_room'], 'node_make_room')).toMatchObject({ status: 0 });
    expect(run(['node_find_addresses'], 'node_find_addresses').output).toBe(
      '192.0.2.12 lo 32\n2001:db8::16 lo 128\n',
    );
    expect(callAll(host, 'monitor', resources)).toEqual(allAnswer(resources, notRunning));
    expect(callAll(host, 'start', resources)).toEqual(allAnswer(resources, success));
  });
});
