import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { samplePlans } from './sample-plans.ts';
import { StubWorld } from './stub-world.ts';

const worlds: StubWorld[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

function worldOf(name: string): { readonly world: StubWorld; readonly plan: Plan } {
  const plan = samplePlans[name];
  if (!plan) throw new Error(`no sample plan ${name}`);
  const world = new StubWorld(plan);
  worlds.push(world);
  return { world, plan };
}

/** What crm_mon says when every address runs on one node and all is well. */
function healthy(plan: Plan, node: string): string {
  const members = plan.nodes.map(({ name }) => `<node name="${name}" id="1" online="true"/>`);
  const running = plan.instances
    .flatMap(({ addresses }) => addresses)
    .map(
      ({ resource }) =>
        `<resource id="${resource}" role="Started">\n<node name="${node}" id="1"/>\n</resource>`,
    );
  return ['<x with_quorum="true">', ...members, ...running, '</x>', ''].join('\n');
}

/** A world in which the migration is complete. */
function migrated(name: string): StubWorld {
  const { world, plan } = worldOf(name);
  world.layUnit('inactive', 'disabled');
  world.lay('status', healthy(plan, plan.nodes[0]?.name ?? ''));
  world.lay('nothing-found', '');
  world.lay('stonith-enabled', 'false\n');
  return world;
}

const ready =
  requireRoot('the scripts refuse to run as anybody else') && ['flock', 'sha256sum'].every(requireTool);

describe.skipIf(!ready)('check.sh with stubs for its tools', () => {
  it.each(['pair', 'IPv6', 'single file', 'active/active'])(
    'finds nothing wrong where nothing is: %s',
    (name) => {
      const { status, output } = migrated(name).run('check.sh', []);
      expect(output).not.toMatch(/NOT OK/);
      expect(output).toMatch(/FENCING IS OFF[\s\S]*All is well/);
      expect(status).toBe(0);
    },
  );

  it.each([
    [
      'an address on two nodes',
      'addresses',
      (text: string) => `${text}lb2 192.0.2.50 eth0 24\n`,
      /192\.0\.2\.50 is on more than one node: lb1 lb2/,
    ],
    [
      'an address on no node',
      'addresses',
      (text: string) => text.replace(/.*\n/, ''),
      /192\.0\.2\.50 is on no node/,
    ],
    [
      'another prefix',
      'addresses',
      (text: string) => text.replace('eth0 24', 'eth0 32'),
      /is eth0\/32 on lb1/,
    ],
    [
      'a placeholder',
      'addresses',
      (text: string) => `${text}lb1 192.0.2.50 lo 32\n`,
      /placeholder on lo of lb1/,
    ],
    ['Keepalived that runs', 'unit', (text: string) => text.replace('=inactive', '=active'), /runs on lb1/],
    [
      'Keepalived enabled',
      'unit',
      (text: string) => text.replace('=disabled', '=enabled'),
      /next boot of lb2/,
    ],
    ['a lost quorum', 'status', (text: string) => text.replace('"true"', '"false"'), /no quorum/],
    [
      'a node that is away',
      'status',
      (text: string) => text.replace('lb2', 'lbx'),
      /not all of lb1 lb2 are online/,
    ],
    ['a failed action', 'status', (text: string) => `${text}<failure op_key="x"/>\n`, /actions have failed/],
    ['maintenance mode', 'maintenance-mode', () => 'true\n', /in maintenance mode/],
    ['a move to come', 'simulation', () => ' * Move       VI_1_ip1     ( lb1 -> lb2 )\n', /about to happen/],
  ])('finds %s', (_, file, change, message) => {
    const world = migrated('pair');
    world.lay(file, change(world.read(file) ?? ''));
    const { status, output } = world.run('check.sh', []);
    expect(output).toMatch(message);
    expect(status).toBe(1);
  });

  it('finds constraints that a cutover has left', () => {
    const { world, plan } = worldOf('pair');
    world.layUnit('inactive', 'disabled');
    world.lay('status', healthy(plan, 'lb1'));
    const { status, output } = world.run('check.sh', []);
    expect(output).toMatch(/constraints of the cutover are left/);
    expect(status).toBe(1);
  });

  it('changes nothing without --drill', () => {
    const world = migrated('pair');
    world.run('check.sh', []);
    expect(world.calls('pcs')).toEqual([]);
    expect(world.calls('systemctl').filter(({ words }) => words[0] !== 'show')).toEqual([]);
  });
});

describe.skipIf(!ready)('backup.sh with stubs for its tools', () => {
  it('saves every node with checksums that are right, for root only', () => {
    const { world } = worldOf('pair');
    expect(world.run('backup.sh', []).status).toBe(0);
    const folder = join(world.folder, 'work/backup');
    expect(readdirSync(folder)).toEqual(['SHA256SUMS', 'holders', 'lb1', 'lb2']);
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder });
    expect(world.read('work/backup/lb2/unit')).toMatch(/^UnitFileState=enabled$/m);
    expect(world.read('work/backup/holders')).toBe('VI_1_ip1 lb1 eth0/24\nVI_1_ip2 lb1 eth0/32\n');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
    }
  });

  it('does not renew a backup once the cutover has begun', () => {
    const { world } = worldOf('pair');
    world.run('backup.sh', []);
    world.layUnit('inactive', 'disabled');
    world.lay('work/cutover-begun', '');
    expect(world.run('backup.sh', []).output).toMatch(/from before the cutover: it stays/);
    expect(world.read('work/backup/lb1/unit')).toMatch(/^UnitFileState=enabled$/m);
  });
});
