import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { closeNamespace, inNamespace, namespace } from '../daemon-election/namespace.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireTool } from '../tools.ts';
import { addresses, closeHosts, isPossible, openHost } from './address-hosts.ts';
import type { RoutingHost } from './routing-host.ts';

const success = 0;
const failed = 1;
const notInstalled = 5;
const notConfigured = 6;
const notRunning = 7;

afterEach(closeHosts);

const call = (host: RoutingHost, action: string, parameters: Readonly<Record<string, string>>) =>
  host.call('address', action, 'vip-1', parameters);

const one = { ip: '198.51.100.10', cidr_netmask: '24', nic: 'eth0', scope: 'link' };

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
    // Dead, it stays listed until the machine's first process has looked at it.
    const runs = () => existsSync(process) && !readFileSync(`${process}/stat`, 'utf8').includes(') Z ');
    expect(runs()).toBe(true);
    call(host, 'stop', parameters);
    await expect.poll(runs).toBe(false);
    expect(existsSync(pidFile)).toBe(false);

    call(host, 'start', { ...parameters, arp_count: '0' });
    call(host, 'monitor', parameters);
    expect(existsSync(pidFile)).toBe(false);
    call(host, 'monitor', { ...parameters, CRM_meta_interval: '10000' });
    expect(existsSync(announcing())).toBe(true);
    call(host, 'stop', parameters);
  });
});
