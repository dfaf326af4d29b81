import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { emitScripts } from '../../src/emit/scripts.ts';
import { virtualInterfacesOf } from '../../src/keepalived/virtual-interfaces.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { closeNamespace, inNamespace, namespace } from '../daemon-election/namespace.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { RoutingHost } from './routing-host.ts';

const success = 0;
const failed = 1;
const notConfigured = 6;
const notRunning = 7;
const addressAgent = '/usr/lib/ocf/resource.d/heartbeat/IPaddr2';
const isPossible =
  ['ip', 'keepalived'].every(requireTool) && requireRoot('interfaces are made in a network namespace');
const hasAddresses = isPossible && [addressAgent, 'ping', 'crm_resource'].every(requireTool);

const clientMac = '02:00:5e:10:00:99';
const hosts: RoutingHost[] = [];
const clients: ChildProcess[] = [];

async function openHost(): Promise<RoutingHost> {
  const host = await RoutingHost.open();
  hosts.push(host);
  return host;
}

/**
 * Another machine on the segment of eth0, which the host knows: to ask for it the host would send, with this address as the
 * sender's, an ARP request from eth0, and the machine would learn the MAC address of eth0 from that, with Keepalived too.
 */
async function openClient(host: RoutingHost): Promise<ChildProcess> {
  const client = await namespace();
  clients.push(client);
  host.ip([
    `link set far0 address ${clientMac}`,
    `link set far0 netns ${client.pid}`,
    `neighbour add 192.0.2.99 lladdr ${clientMac} dev eth0 nud permanent`,
  ]);
  inNamespace(client, ['link set far0 up', 'address add 192.0.2.99/24 dev far0']);
  return client;
}

afterEach(async () => {
  for (const client of clients.splice(0)) closeNamespace(client);
  for (const host of hosts.splice(0)) await host.close();
});

/** @param addresses lines of the blocks of addresses */
function configurationOf(use: string, addresses: string, state = 'MASTER', priority = 255): string {
  return `vrrp_instance VI_1 {
  state ${state}
  interface eth0
  virtual_router_id 51
  priority ${priority}
  ${use}
  ${addresses}
}
`;
}

const oneAddress = 'virtual_ipaddress {\n192.0.2.10/24\n}';

/** What the plan gives the agent. */
function parametersOf(configuration: string, families = 'ipv4'): Record<string, string> {
  const [made] = virtualInterfacesOf(understandText(configuration).value).values();
  if (made?.mac === undefined) throw new Error('no virtual MAC address is read');
  return { interface: made.name, base: made.base, mac: made.mac, families };
}

/**
 * The interface as ip shows it, and the settings that the kernel has for it and for the one below. Not rp_filter of all
 * others: 2.2.7 gives the value of `all` to each but the last, which then has less than before.
 */
function made(host: RoutingHost, name: string): string[] {
  const link = host.run(['ip', '-o', '-d', 'link', 'show', 'dev', name]).output;
  const settings = host.run([
    'bash',
    '-c',
    `cd /proc/sys/net && grep -s . ipv[46]/conf/${name}/* ipv[46]/conf/eth0/* ipv4/conf/{all,default}/rp_filter`,
  ]).output;
  return [
    link
      .replace(/^\d+: /, '')
      .replace(/\\ +alias .*/, '')
      .trim(),
    ...settings.trimEnd().split('\n'),
  ];
}

const call = (host: RoutingHost, action: string, parameters: Record<string, string>) =>
  host.call('vmac', action, 'vmac-1', parameters);

const address = { ip: '192.0.2.10', cidr_netmask: '24' };

function callAddress(host: RoutingHost, action: string, nic: string) {
  const parameters = Object.entries({ ...address, nic }).map(([key, value]) => [`OCF_RESKEY_${key}`, value]);
  return host.run([addressAgent, action], {
    OCF_ROOT: '/usr/lib/ocf',
    OCF_RESOURCE_INSTANCE: 'vip',
    OCF_RESKEY_CRM_meta_timeout: '20000',
    ...Object.fromEntries(parameters),
  });
}

describe.skipIf(!isPossible)('ocf:kp2pcm:vmac beside the daemon', () => {
  it.each([
    ['an IPv4 instance', 'use_vmac', oneAddress, 'ipv4'],
    ['one that sends from below', 'use_vmac\nvmac_xmit_base', oneAddress, 'ipv4'],
    ['a name and five octets', 'use_vmac gateway 02:00:5e:10:00', oneAddress, 'ipv4'],
    ['an IPv6 instance', 'use_vmac', 'virtual_ipaddress {\n2001:db8::10/64\n}', 'ipv6'],
    [
      'both families',
      'use_vmac',
      `${oneAddress}\nvirtual_ipaddress_excluded {\n2001:db8::10/64\n}`,
      'ipv4 ipv6',
    ],
  ])('makes the very interface that Keepalived makes: %s', async (_, use, addresses, families) => {
    const configuration = configurationOf(use, addresses);
    const parameters = parametersOf(configuration, families);
    const name = parameters['interface'] ?? '';
    const prepare = ['sh', '-c', 'echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter'];
    const theirs = await openHost();
    const ours = await openHost();
    for (const host of [theirs, ours]) {
      host.run(prepare);
      // From which Keepalived sends its adverts.
      host.ip(['address add fe80::1/64 dev eth0 nodad']);
    }
    await theirs.startDaemon(configuration);
    expect(call(ours, 'start', parameters)).toMatchObject({ status: success, log: '' });
    expect(made(theirs, name)[0]).toMatch(/macvlan mode private/);
    expect(made(ours, name)).toEqual(made(theirs, name));
    expect(call(ours, 'monitor', parameters).status).toBe(success);
    expect(call(ours, 'stop', parameters).status).toBe(success);
    expect(ours.run(['ip', 'link', 'show', 'dev', name]).status).not.toBe(0);
  });

  it('does not take the interface of a daemon that is BACKUP for running, only that of a master', async () => {
    const host = await openHost();
    const backup = configurationOf('use_vmac', oneAddress, 'BACKUP', 100);
    await host.startDaemon(backup, 'Entering BACKUP STATE');
    expect(call(host, 'monitor', parametersOf(backup)).status).toBe(notRunning);
    await host.logged('Entering MASTER STATE');
    await expect.poll(() => call(host, 'monitor', parametersOf(backup)).status).toBe(success);
  });
});

describe.skipIf(!isPossible)('ocf:kp2pcm:vmac', () => {
  const parameters = { interface: 'vrrp.51', base: 'eth0', mac: '00:00:5E:00:01:33' };

  it('stops, runs and starts whether the interface below is up or not', async () => {
    const host = await openHost();
    expect(call(host, 'start', parameters).status).toBe(success);
    host.ip(['link set eth0 down']);
    expect(call(host, 'monitor', parameters).status).toBe(success);
    expect(call(host, 'stop', parameters).status).toBe(success);
    expect(call(host, 'stop', parameters).status).toBe(success);
    expect(call(host, 'start', parameters).status).toBe(success);
    expect(call(host, 'monitor', parameters).status).toBe(success);
  });

  it('is not running where the interface is down, and sets it up again', async () => {
    const host = await openHost();
    call(host, 'start', parameters);
    host.ip(['link set vrrp.51 down']);
    expect(call(host, 'monitor', parameters).status).toBe(notRunning);
    expect(call(host, 'start', parameters).status).toBe(success);
    expect(call(host, 'monitor', parameters).status).toBe(success);
  });

  it.each([
    ['another MAC address', 'link add link eth0 name vrrp.51 type macvlan mode private'],
    [
      'another interface below',
      'link add link eth1 name vrrp.51 address 00:00:5e:00:01:33 type macvlan mode private',
    ],
  ])('neither starts with nor runs on an interface of that name with %s', async (_, command) => {
    const host = await openHost();
    host.ip([command, 'link set vrrp.51 up', 'address add 192.0.2.10/24 dev vrrp.51']);
    expect(call(host, 'monitor', parameters).status).toBe(notRunning);
    expect(call(host, 'start', parameters)).toMatchObject({
      status: failed,
      log: expect.stringContaining('vrrp.51 is there'),
    });
  });

  it.each([
    [{ mac: '00:00:5e:00:01' }],
    [{ mac: '' }],
    [{ interface: '../all' }],
    [{ interface: 'sixteen-letters1' }],
    [{ base: '' }],
    [{ families: 'ipx' }],
  ])('refuses %j, and does not fail to stop', async (wrong) => {
    const host = await openHost();
    expect(call(host, 'validate-all', { ...parameters, ...wrong }).status).toBe(notConfigured);
    expect(call(host, 'start', { ...parameters, ...wrong }).status).toBe(notConfigured);
    expect(call(host, 'stop', { ...parameters, ...wrong }).status).toBe(success);
  });

  it.skipIf(!requireTool('ocf-tester'))('passes ocf-tester', async () => {
    const host = await openHost();
    const agent = fileURLToPath(new URL('../../templates/agents/vmac', import.meta.url));
    const options = Object.entries(parameters).flatMap(([key, value]) => ['-o', `${key}=${value}`]);
    expect(host.run(['ocf-tester', '-n', 'vmac', ...options, agent]).output).toMatch(/passed all tests/);
  });
});

/** Pings from the client every 10 ms until it is ended; how many were sent and how many came back. */
function ping(client: ChildProcess) {
  const words = ['-t', `${client.pid}`, '-n', 'ping', '-q', '-i', '0.01', '192.0.2.10'];
  const pinger = spawn('nsenter', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  pinger.stdout.on('data', (text) => {
    output += text;
  });
  return async () => {
    const ended = new Promise((resolve) => pinger.once('close', resolve));
    pinger.kill('SIGINT');
    await ended;
    const [, sent, received] = /(\d+) packets transmitted, (\d+) received/.exec(output) ?? [];
    return { sent: Number(sent), lost: Number(sent) - Number(received) };
  };
}

function neighbour(host: RoutingHost, client: ChildProcess): string {
  const words = ['nsenter', '-t', `${client.pid}`, '-n', 'ip', 'neighbour', 'show', '192.0.2.10'];
  return host.run(words).output;
}

describe.skipIf(!hasAddresses)('the cutover of a virtual MAC address', () => {
  const configuration = configurationOf('use_vmac', oneAddress);
  const parameters = parametersOf(configuration);

  it('loses no packet when the agent adopts what a killed daemon leaves, and keeps the MAC address', async () => {
    const host = await openHost();
    const client = await openClient(host);
    await host.startDaemon(configuration);
    const end = ping(client);
    await expect.poll(() => neighbour(host, client)).toMatch(/00:00:5e:00:01:33/);
    await host.killDaemon();
    expect(call(host, 'monitor', parameters).status).toBe(success);
    expect(callAddress(host, 'monitor', 'vrrp.51').status).toBe(success);
    expect(call(host, 'start', parameters).status).toBe(success);
    expect(callAddress(host, 'start', 'vrrp.51').status).toBe(success);
    expect(call(host, 'monitor', { ...parameters, CRM_meta_interval: '10000' }).status).toBe(success);
    const { sent, lost } = await end();
    expect(sent).toBeGreaterThan(20);
    expect(lost).toBe(0);
    expect(neighbour(host, client)).toMatch(/00:00:5e:00:01:33/);
    // It moves away, in the order of the group, and comes back.
    expect(callAddress(host, 'stop', 'vrrp.51').status).toBe(success);
    expect(call(host, 'monitor', parameters).status).toBe(success);
    expect(call(host, 'stop', parameters).status).toBe(success);
    expect(call(host, 'monitor', parameters).status).toBe(notRunning);
    expect(callAddress(host, 'monitor', 'vrrp.51').status).toBe(notRunning);
    expect(call(host, 'start', parameters).status).toBe(success);
    expect(callAddress(host, 'start', 'vrrp.51').status).toBe(success);
    const again = ping(client);
    await expect.poll(() => neighbour(host, client)).toMatch(/00:00:5e:00:01:33/);
    expect((await again()).lost).toBe(0);
  });

  it('loses no packet when the address leaves it, and the client knows the MAC address of the node then', async () => {
    const host = await openHost();
    const client = await openClient(host);
    await host.startDaemon(configuration);
    const end = ping(client);
    await expect.poll(() => neighbour(host, client)).toMatch(/00:00:5e:00:01:33/);
    await host.killDaemon();
    // crm_resource starts the address with what the cluster knows of it.
    const cib = join(host.folder, 'cib.xml');
    writeFileSync(cib, cibWith({ ...address, nic: 'eth0' }));
    const { status, log } = host.run(
      ['bash', '-euc', `${leavingFunction()}\nnode_leave_virtual_interface vip 192.0.2.10 eth0`],
      { CIB_file: cib },
    );
    expect({ status, log }).toMatchObject({ status: success });
    expect(callAddress(host, 'monitor', 'eth0').status).toBe(success);
    expect(host.run(['ip', 'link', 'show', 'dev', 'vrrp.51']).status).not.toBe(0);
    await expect.poll(() => neighbour(host, client)).not.toMatch(/00:00:5e:00:01:33/);
    const { sent, lost } = await end();
    expect(sent).toBeGreaterThan(50);
    expect(lost).toBe(0);
  });
});

/** As migrate.sh has it. */
function leavingFunction(): string {
  const { plan } = translateTwo(configurationOf('use_vmac', oneAddress));
  const script = emitScripts(plan).find(({ name }) => name === 'migrate.sh')?.text ?? '';
  const [found] = /^node_leave_virtual_interface\(\) \{[\s\S]*?^\}$/m.exec(script) ?? [];
  if (found === undefined) throw new Error('migrate.sh lacks node_leave_virtual_interface');
  return found;
}

function translateTwo(text: string): { readonly plan: Plan } {
  const nodes = ['lb1', 'lb2'].map((name) => ({ name, path: `${name}.conf`, named: true }));
  const files = { read: () => ({ kind: 'text', text, encoding: 'utf-8' }) as const, match: () => [] };
  const { plan } = translate({ nodes, files, options: {} });
  if (!plan) throw new Error('not translated');
  return { plan };
}

function cibWith(parameters: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(parameters).map(
    ([name, value]) => `<nvpair id="vip-${name}" name="${name}" value="${value}"/>`,
  );
  return `<cib crm_feature_set="3.16.2" validate-with="pacemaker-3.0" epoch="1" num_updates="0" admin_epoch="0">
<configuration><crm_config/><nodes/><resources><group id="VI_1">
<primitive id="vip" class="ocf" provider="heartbeat" type="IPaddr2">
<instance_attributes id="vip-parameters">${pairs.join('')}</instance_attributes>
</primitive></group></resources><constraints/></configuration><status/></cib>
`;
}
