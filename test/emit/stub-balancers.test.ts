import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { cases, translationInput } from '../fixtures.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { StubWorld } from './stub-world.ts';

const worlds: StubWorld[] = [];

afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

function worldOf(fixture: string): { readonly world: StubWorld; readonly plan: Plan } {
  const found = cases.find(({ name }) => name === fixture);
  const plan = found && translate(translationInput(found)).plan;
  if (!plan) throw new Error(`no plan of ${fixture}`);
  const world = new StubWorld(plan);
  worlds.push(world);
  return { world, plan };
}

/** What systemd was told on a node, in order, without questions. */
const unitCalls = (world: StubWorld, node: string) =>
  world
    .calls('systemctl')
    .filter((call) => call.node === node && !['show', 'is-active'].includes(call.words[0] ?? ''))
    .map(({ words }) => words.join(' '));

const ready =
  requireRoot('the scripts refuse to run as anybody else') && ['flock', 'sha256sum'].every(requireTool);

const checker = 'keepalived-checker.service';

describe.skipIf(!ready)('scripts of nodes that balance, with stubs for their tools', () => {
  it('show in a dry run that Keepalived goes on as a checker once it has stopped, and only where it balances', () => {
    const { world } = worldOf('lvs/kept-checker');
    const { output } = world.run('migrate.sh', ['--dry-run']);
    const lines = output.split('\n').filter((line) => line.startsWith('+'));
    const starts = lines.filter((line) => line.includes('node_start_checker'));
    expect(starts).toEqual([
      `+ on dir1 node_start_checker ${checker}`,
      `+ on dir2 node_start_checker ${checker}`,
    ]);
    const lastStop = lines.findLastIndex((line) =>
      /disable --now keepalived\.service|node_signal SIGKILL|node_stop_but/.test(line),
    );
    expect(lastStop).toBeGreaterThan(0);
    expect(lines.indexOf(starts[0] ?? '')).toBeGreaterThan(lastStop);
  });

  it('put the file of each node on that node, and the unit where it balances', () => {
    const { world, plan } = worldOf('lvs/kept-checker');
    const { output } = world.run('migrate.sh', ['--dry-run', '--step', 'prepare']);
    const installed = output
      .match(/install \S+ on \S+/g)
      ?.filter((line) => line.includes('keepalived-checker'));
    expect(installed).toEqual([
      'install /etc/keepalived/keepalived-checker.conf on dir1',
      'install /etc/keepalived/keepalived-checker.conf on dir2',
      `install /etc/systemd/system/${checker} on dir1`,
      `install /etc/systemd/system/${checker} on dir2`,
    ]);
    // The text arrives unchanged, whatever is in it.
    const [first] = plan.files;
    const script = readFileSync(`${world.folder}/scripts/migrate.sh`, 'utf8');
    expect(first?.content).toContain('$(reboot)/`reboot`?a=b&c=#!{}');
    expect(script).toContain(first?.content);
  });

  it('check that the checkers run and are enabled', () => {
    const { world } = worldOf('lvs/kept-checker');
    world.layUnit('active', 'enabled');
    expect(world.run('check.sh', []).output).toMatch(/ok {6}Keepalived checks the servers on dir2/);
    world.layUnit('active', 'disabled');
    expect(world.run('check.sh', []).output).toMatch(/would not start at the next boot of dir1/);
    world.layUnit('inactive', 'disabled');
    const { output } = world.run('check.sh', []);
    expect(output).toMatch(/NOT OK {2}keepalived-checker\.service does not run on dir1/);
    expect(output).not.toMatch(/checker\.service.* web3/);
  });

  it('take the checkers away before Keepalived comes back, without an end that clears the services', () => {
    const { world } = worldOf('lvs/kept-checker');
    world.run('rollback.sh', ['--yes']);
    const calls = unitCalls(world, 'dir1');
    const gone = calls.indexOf(`stop ${checker}`);
    expect(calls.indexOf(`kill --signal=SIGSTOP ${checker}`)).toBeLessThan(
      calls.indexOf(`kill --signal=SIGKILL ${checker}`),
    );
    expect(calls.indexOf(`kill --signal=SIGKILL ${checker}`)).toBeLessThan(gone);
    expect(gone).toBeGreaterThan(0);
    const started = calls.indexOf('start keepalived.service');
    if (started >= 0) expect(gone).toBeLessThan(started);
    expect(unitCalls(world, 'web3').join()).not.toContain(checker);
  });

  it('end ldirectord before Keepalived comes back, and have no unit for it', () => {
    const { world } = worldOf('lvs/ldirectord');
    const { output } = world.run('rollback.sh', ['--dry-run']);
    expect(output).toMatch(/node_end_ldirectord[\s\S]*start keepalived\.service/);
    expect(readFileSync(`${world.folder}/scripts/migrate.sh`, 'utf8')).not.toContain(checker);
  });
});
