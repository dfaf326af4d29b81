import { afterEach, describe, expect, it } from 'vitest';
import { emitScripts } from '../../src/emit/scripts.ts';
import type { Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';
import { addresses, closeHosts, isPossible, openHost, theirAgent } from './address-hosts.ts';
import type { RoutingHost } from './routing-host.ts';

const success = 0;
const notRunning = 7;

afterEach(closeHosts);

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
