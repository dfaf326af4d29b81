import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { withNodes } from '../../src/verify/cib-status.ts';
import { fixtureSubjects, translationOf } from '../laws/subjects.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { StubWorld } from './stub-world.ts';

const ready =
  requireRoot('the scripts refuse to run as anybody else') &&
  ['flock', 'crm_simulate', 'crm_attribute', 'cibadmin'].every(requireTool);

const worlds: StubWorld[] = [];
afterEach(() => {
  for (const world of worlds.splice(0)) world.remove();
});

function planOf(fixture: string): Plan {
  const found = fixtureSubjects.find(({ name }) => name === fixture);
  const plan = found && translationOf(found).plan;
  if (!plan) throw new Error(`no plan of ${fixture}`);
  return plan;
}

/** The step configure, with the real scheduler, in a cluster where one node has all addresses. */
function configure(fixture: string, holder: (plan: Plan) => string, ...options: readonly string[]) {
  const plan = planOf(fixture);
  const world = new StubWorld(plan);
  worlds.push(world);
  world.unstub('crm_simulate', 'crm_attribute');
  world.lay('addresses', world.addressesOn(holder(plan)));
  // What pcs, which is a stub here, would have made of the plan's commands.
  const empty = execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' });
  const made = empty.replace(/<configuration>[\s\S]*<\/configuration>/, () =>
    configurationXml(plan).join('\n'),
  );
  world.lay('live-cib', withNodes(made, new Map(plan.nodes.map(({ name }) => [name, {}]))));
  const { status, output } = world.run('migrate.sh', ['--step', 'configure', '--yes', ...options]);
  const isPushed = world.calls('pcs').some(({ words }) => words[1] === 'cib-push');
  return { status, output, isPushed };
}

const first = ({ nodes }: Plan) => nodes[0]?.name ?? '';
const second = ({ nodes }: Plan) => nodes[1]?.name ?? '';

describe.skipIf(!ready)('the step configure asks the scheduler where the addresses would go', () => {
  it.each(['start/haproxy-pair', 'pairs/active-passive', 'tracking/below-zero'])(
    'and pushes what leaves them where they are: %s',
    (fixture) => {
      const { status, output, isPushed } = configure(fixture, first);
      expect(output).toMatch(/Done\./);
      expect(status).toBe(0);
      expect(isPushed).toBe(true);
    },
  );

  it('and pushes nothing that would move an address from the lower node', () => {
    const { status, output, isPushed } = configure('pairs/active-passive', second);
    expect(output).toMatch(/\* Move .*After the cutover Pacemaker would do the above/s);
    expect(status).toBe(1);
    expect(isPushed).toBe(false);
  });

  it('unless the operator accepts that', () => {
    const { status, output, isPushed } = configure('pairs/active-passive', second, '--accept-moves');
    expect(output).toMatch(/\* Move /);
    expect(status).toBe(0);
    expect(isPushed).toBe(true);
  });

  it('which it would not with nopreempt', () => {
    expect(configure('pairs/nopreempt', second)).toMatchObject({ status: 0, isPushed: true });
  });

  it('and refuses where no node holds an address, since nothing can be foretold then', () => {
    const { status, output, isPushed } = configure('pairs/active-passive', () => 'elsewhere');
    expect(output).toMatch(/no node holds .*cannot be foretold/s);
    expect(status).toBe(1);
    expect(isPushed).toBe(false);
  });
});
