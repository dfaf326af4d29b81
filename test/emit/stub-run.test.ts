import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { samplePlans } from './sample-plans.ts';
import { StubWorld } from './stub-world.ts';

const worlds: StubWorld[] = [];

function worldOf(name: string): { readonly world: StubWorld; readonly plan: Plan } {
  const plan = samplePlans[name];
  if (!plan) throw new Error(`no sample plan ${name}`);
  const world = new StubWorld(plan);
  worlds.push(world);
  return { world, plan };
}

/** The pair, with its first address on an interface of Keepalived's. */
function leavingWorld() {
  const sample = samplePlans['pair'];
  if (!sample) throw new Error('no sample plan');
  const instances = sample.instances.map((instance) => ({
    ...instance,
    addresses: instance.addresses.map((address, index) =>
      index === 0 ? { ...address, leaves: 'vmac' as const } : address,
    ),
  }));
  const world = new StubWorld({ ...sample, instances });
  worlds.push(world);
  world.lay('addresses', 'lb1 192.0.2.50 vrrp.51 24\nlb1 192.0.2.51 eth0 32\n');
  return { world };
}

afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

const pcsCalls = (world: StubWorld) => world.calls('pcs').map(({ words }) => ['pcs', ...words]);

const offline = (world: StubWorld) =>
  pcsCalls(world)
    .filter(([, option]) => option === '-f')
    .map(([program, , , ...words]) => [program, ...words]);

const configureOf = (plan: Plan) =>
  plan.commands.filter(({ step }) => step === 'configure').map(({ argv }) => argv);

const online = (plan: Plan) =>
  `<x>${plan.nodes.map(({ name }) => `\n<node name="${name}" id="1" online="true"/>`).join('')}\n</x>`;

const ready =
  requireRoot('the scripts refuse to run as anybody else') &&
  [
    'flock',
    'sha256sum',
    '/usr/lib/ocf/resource.d/heartbeat/IPaddr2',
    '/usr/lib/ocf/resource.d/heartbeat/ethmonitor',
  ].every(requireTool);

describe.skipIf(!ready)('migrate.sh with stubs for its tools', () => {
  it.each(Object.keys(samplePlans))(
    'hands pcs exactly the words of the plan in the step configure: %s',
    (name) => {
      const { world, plan } = worldOf(name);
      const { status, output } = world.run('migrate.sh', ['--step', 'configure', '--yes']);
      expect(output).toMatch(/Done\./);
      expect(status).toBe(0);
      const [maintenance, ...planned] = offline(world);
      expect(maintenance).toEqual(['pcs', 'property', 'set', 'maintenance-mode=true']);
      expect(planned).toEqual(configureOf(plan));
      const live = pcsCalls(world).filter(([, option]) => option !== '-f');
      expect(live.map((words) => words.slice(1, 3).join(' '))).toEqual([
        ...['cluster cib', 'cluster cib', 'cluster cib', 'cluster cib-push'],
      ]);
      expect(live.at(-1)?.at(-1)).toBe('--config');
      expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
    },
  );

  it('puts in the names that an operator has written at its head', () => {
    const { world } = worldOf('single file');
    world.edit('migrate.sh', /^NODE2=.*$/m, "NODE2='lb2.example.net'");
    world.run('migrate.sh', ['--step', 'configure', '--yes']);
    expect(offline(world)).toContainEqual([
      'pcs',
      'constraint',
      'location',
      'VI_1',
      'prefers',
      'node1=150',
      'lb2.example.net=100',
    ]);
  });

  it('calls the fencing property by its new name where Pacemaker has renamed it', () => {
    const { world } = worldOf('pair');
    world.run('migrate.sh', ['--step', 'configure', '--yes'], { STUB_PACEMAKER: '3.0.2' });
    expect(offline(world)).toContainEqual(['pcs', 'property', 'set', 'fencing-enabled=false']);
  });

  it('pushes a configuration once: run again, it leaves the cluster alone', () => {
    const { world, plan } = worldOf('pair');
    world.run('migrate.sh', ['--step', 'configure', '--yes']);
    world.lay('cib', plan.resources.map(({ id }) => `<primitive id="${id}"/>\n`).join(''));
    const before = pcsCalls(world).length;
    const { status, output } = world.run('migrate.sh', ['--step', 'configure', '--yes']);
    expect(output).toMatch(/in the cluster already/);
    expect(status).toBe(0);
    expect(
      pcsCalls(world)
        .slice(before)
        .map((words) => words[2]),
    ).toEqual(['cib']);
  });

  it('leaves the properties of a cluster with other resources alone, and stops at resources of the same name', () => {
    const { world, plan } = worldOf('pair');
    world.lay('cib', '<primitive id="database"/>\n');
    expect(world.run('migrate.sh', ['--step', 'configure', '--yes']).output).toMatch(/its properties stay/);
    const set = offline(world).filter(([, word]) => word === 'property');
    expect(set).toEqual([['pcs', 'property', 'set', 'maintenance-mode=true']]);
    const other = worldOf('pair').world;
    other.lay('cib', `<primitive id="${plan.resources[0]?.id}"/>\n`);
    const { status, output } = other.run('migrate.sh', ['--step', 'configure', '--yes']);
    expect(status).toBe(1);
    expect(output).toMatch(/some of the resources/);
    expect(offline(other)).toEqual([]);
  });

  it('pushes nothing when the cluster would move what runs', () => {
    const { world } = worldOf('pair');
    world.lay('simulation', ' * Move       database     ( lb1 -> lb2 )\n');
    const { status, output } = world.run('migrate.sh', ['--step', 'configure', '--yes']);
    expect(status).toBe(1);
    expect(output).toMatch(/Move {7}database/);
    expect(pcsCalls(world).filter((words) => words[2] === 'cib-push')).toEqual([]);
  });

  it('hands pcs the words of the plan in the step cluster, and the password on standard input only', () => {
    const { world, plan } = worldOf('pair');
    world.lay('password', 's3cr3t word\n');
    world.lay('status', online(plan));
    const options = ['--step', 'cluster', '--yes', '--password-file', `${world.folder}/password`];
    const { status, output } = world.run('migrate.sh', options);
    expect(status).toBe(0);
    const planned = plan.commands.filter(({ step }) => step === 'cluster').map(({ argv }) => argv);
    expect(pcsCalls(world).filter((words) => words[1] !== 'status' && words[2] !== 'destroy')).toEqual(
      planned,
    );
    expect(world.read('authorized')).toBe('s3cr3t word\n');
    for (const text of [output, world.read('work/migrate.log'), world.read('calls')])
      expect(text).not.toContain('s3cr3t');
  });

  it('stops when pcs says Authorized and has stored nothing', () => {
    const { world } = worldOf('pair');
    world.lay('password', 'x\n');
    world.lay('stores-nothing', '');
    const { status, output } = world.run('migrate.sh', [
      ...['--step', 'cluster', '--yes', '--password-file', `${world.folder}/password`],
    ]);
    expect(status).toBe(1);
    expect(output).toMatch(/has not stored/);
    expect(pcsCalls(world).filter((words) => words[2] === 'setup')).toEqual([]);
  });

  it.each(['migrate.sh', 'backup.sh', 'rollback.sh'])(
    'runs nothing and changes nothing with --dry-run: %s',
    (script) => {
      for (const name of Object.keys(samplePlans)) {
        const { world } = worldOf(name);
        const { status, output } = world.run(script, ['--dry-run']);
        expect(status).toBe(0);
        expect(output).toMatch(/^\+ /m);
        expect(world.calls()).toEqual([]);
        expect(world.read('work/lock')).toBeUndefined();
      }
    },
  );

  it('shows with --dry-run every command of the plan as a shell would read it', () => {
    const { world } = worldOf('pair');
    const { output } = world.run('migrate.sh', ['--dry-run']);
    expect(output).toMatch(
      /^\+ pcs cluster setup keepalived lb1 addr=192\.0\.2\.11 .* token=1318 token_coefficient=0$/m,
    );
    expect(output).toMatch(
      /^\+ pcs -f \S+ resource create chk_haproxy ocf:kp2pcm:track 'command=.*haproxy' /m,
    );
  });

  it('begins no cutover without the rollback.sh of the same plan', () => {
    const { world } = worldOf('pair');
    world.lay('maintenance-mode', 'true\n');
    const cutover = (...more: string[]) => world.run('migrate.sh', ['--step', 'cutover', '--yes', ...more]);
    world.lay('other-rollback.sh', 'PLAN_ID=000000000000\n');
    expect(cutover('--rollback', `${world.folder}/other-rollback.sh`).output).toMatch(/of another plan/);
    expect(cutover('--rollback', `${world.folder}/none.sh`).output).toMatch(/There is no .*none\.sh/);
    expect(world.calls('systemctl').filter(({ words }) => words[0] === 'disable')).toEqual([]);
    expect(cutover().output).not.toMatch(/rollback\.sh\. Name it/);
  });

  it('goes no further than preflight when asked for it, and finds a pair that is ready to be ready', () => {
    const { world } = worldOf('pair');
    const { status, output } = world.run('migrate.sh', ['--step', 'preflight']);
    expect(output).toMatch(/VI_1: lb1 holds its addresses/);
    expect(status).toBe(0);
    expect(new Set(world.calls('pcs').map(({ words }) => words.join(' ')))).toEqual(new Set(['--version']));
  });

  it.each([
    ['a name that does not resolve', 'hosts', '192.0.2.1 lb1\n', /The name lb2 does not resolve/],
    ['an address that nobody holds', 'addresses', 'lb1 192.0.2.50 eth0 24\n', /no node holds 192\.0\.2\.51/],
    [
      'an address on two nodes',
      'addresses',
      'lb1 192.0.2.50 eth0 24\nlb2 192.0.2.50 eth0 24\nlb1 192.0.2.51 eth0 32\n',
      /192\.0\.2\.50 is on more than one node: lb1 lb2/,
    ],
    [
      'a group in two pieces',
      'addresses',
      'lb1 192.0.2.50 eth0 24\nlb2 192.0.2.51 eth0 32\n',
      /its addresses are on different nodes/,
    ],
    [
      'another prefix than the plan has',
      'addresses',
      'lb1 192.0.2.50 eth0 32\nlb1 192.0.2.51 eth0 32\n',
      /192\.0\.2\.50 is eth0\/32 on lb1, the plan says eth0\/24/,
    ],
    [
      'the interface of use_vmac',
      'addresses',
      'lb1 192.0.2.50 vrrp.51 24\nlb1 192.0.2.51 vrrp.51 32\n',
      /192\.0\.2\.50 is vrrp\.51\/24 on lb1/,
    ],
  ])('stops before anything is changed at %s', (_, file, text, message) => {
    const { world } = worldOf('pair');
    world.lay(file, text);
    const { status, output } = world.run('migrate.sh', ['--yes']);
    expect(status).toBe(1);
    expect(output).toMatch(message);
    expect(output).toMatch(/Stopped in the step preflight[\s\S]*Nothing has been changed/);
    expect(world.read('work/backup/SHA256SUMS')).toBeUndefined();
  });

  it('stops at an address that leaves its virtual MAC address, says why, and goes on when that is accepted', () => {
    const { world } = leavingWorld();
    const refused = world.run('migrate.sh', ['--step', 'preflight']);
    expect(refused.status).toBe(1);
    expect(refused.output).toMatch(
      /192\.0\.2\.50 is on vrrp\.51 of lb1 and has the MAC address of eth0 after/,
    );
    expect(refused.output).toMatch(/--accept-new-mac\. Or keep the virtual MAC address/);
    const accepted = world.run('migrate.sh', ['--step', 'preflight', '--accept-new-mac']);
    expect(accepted.output).toMatch(/is on vrrp\.51 of lb1 and has .*\(--accept-new-mac\)/);
    expect(accepted.status).toBe(0);
    world.lay('addresses', 'lb1 192.0.2.50 vrrp.51 32\nlb1 192.0.2.51 eth0 32\n');
    const otherPrefix = world.run('migrate.sh', ['--step', 'preflight', '--accept-new-mac']);
    expect(otherPrefix.output).toMatch(/is vrrp\.51\/32 on lb1, the plan says eth0\/24/);
  });

  it('lets an address leave its virtual MAC address after Keepalived is dead and before Pacemaker manages it', () => {
    const { world } = leavingWorld();
    world.lay('maintenance-mode', 'true\n');
    const options = ['--step', 'cutover', '--yes', '--accept-new-mac'];
    const placeholder = world.run('migrate.sh', [...options, '--cutover', 'placeholder', '--no-rollback']);
    expect(placeholder.output).toMatch(/--cutover adopt/);
    const { output } = world.run('migrate.sh', ['--step', 'cutover', '--dry-run']);
    const at = (text: string) => output.indexOf(text);
    expect(at('node_signal SIGKILL')).toBeGreaterThan(0);
    expect(at('node_leave_virtual_interface VI_1_ip1 192.0.2.50 eth0')).toBeGreaterThan(
      at('node_signal SIGKILL'),
    );
    expect(at('crm_resource --refresh --resource VI_1')).toBeGreaterThan(at('node_leave_virtual_interface'));
    expect(at('maintenance-mode=false')).toBeGreaterThan(at('crm_resource --refresh --resource VI_1'));
  });

  it('refuses a step that does not exist, and an option that it does not know', () => {
    const { world } = worldOf('pair');
    expect(world.run('migrate.sh', ['--step', 'cutovr']).status).toBe(2);
    expect(world.run('migrate.sh', ['--frobnicate']).status).toBe(2);
    expect(world.run('migrate.sh', ['--step']).status).toBe(2);
    expect(world.calls()).toEqual([]);
  });
});
