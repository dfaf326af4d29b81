import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import { mustAdopt } from '../../src/emit/must-adopt.ts';
import { emitReport } from '../../src/emit/report.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { serviceCallOf } from '../../src/pacemaker/service-idioms.ts';
import type { TranslateOptions } from '../../src/translation.ts';
import { withAttributes, withNodes } from '../../src/verify/cib-status.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { codesOf, translateNodes } from '../memory-tree.ts';
import { requireTool } from '../tools.ts';

const start = 'notify_master "/usr/bin/systemctl start squid"';
const stop = 'notify_backup "systemctl stop squid.service"';
const fault = 'notify_fault "service squid stop"';
const end = 'notify_stop "/etc/init.d/squid stop"';

const instance = (number: number, scripts: readonly string[]) =>
  `vrrp_instance VI_${number} {\ninterface eth0\nvirtual_router_id ${number}\nvirtual_ipaddress {\n192.0.2.${number}/24\n}\n${scripts.join('\n')}\n}\n`;

type Scripts = readonly string[];

/** Two nodes; `others` stand on both, in an instance of their own. */
function translated(
  first: Scripts,
  second: Scripts = first,
  others?: Scripts,
  options: TranslateOptions = {},
) {
  const more = others === undefined ? '' : instance(2, others);
  return translateNodes(
    { lb1: instance(1, first) + more, lb2: instance(1, second) + more },
    { manageServices: true, ...options },
  );
}

function planOf(...given: Parameters<typeof translated>): Plan {
  const { plan, diagnostics } = translated(...given);
  if (!plan) throw new Error(`no plan: ${JSON.stringify(diagnostics)}`);
  return plan;
}

const services = ({ resources }: Plan) =>
  resources.flatMap((resource) =>
    resource.kind === 'primitive' && resource.agent.startsWith('systemd:') ? [resource.agent] : [],
  );
const membersOf = ({ resources }: Plan) =>
  resources.flatMap((resource) => (resource.kind === 'group' ? [resource.members] : []));
const fatesOf = ({ fates }: Plan) =>
  fates
    .filter(({ path }) => path.includes('notify'))
    .map(({ path, fate }) => `${path.replace(/.*\//, '')} ${fate}`);

describe('a call that starts or stops one service is recognised', () => {
  it.each([
    [['systemctl', 'start', 'squid'], 'start', 'squid'],
    [['/usr/bin/systemctl', '--no-block', 'restart', 'squid.service'], 'start', 'squid'],
    [['/bin/systemctl', 'stop', 'haproxy@main'], 'stop', 'haproxy@main'],
    [['service', 'squid', 'stop'], 'stop', 'squid'],
    [['/usr/sbin/service', 'squid', 'restart'], 'start', 'squid'],
    [['/etc/init.d/squid', 'start'], 'start', 'squid'],
    [['/bin/sh', '-c', 'exec systemctl stop squid >/dev/null 2>&1'], 'stop', 'squid'],
  ])('%j', (argv, verb, unit) => {
    expect(serviceCallOf(argv)).toEqual({ verb, unit });
  });

  it.each([
    [['systemctl', 'reload', 'squid']],
    [['systemctl', 'start', 'squid', 'named']],
    [['systemctl', 'start']],
    [['systemctl', 'start', 'squid.socket']],
    [['systemctl', '--user', 'start', 'squid']],
    [['systemctl', '-H', 'lb2', 'start', 'squid']],
    [['service', 'start', 'squid']],
    [['service', '--status-all']],
    [['/etc/init.d/squid', 'start', 'now']],
    [['/opt/bin/systemctl', 'start', 'squid']],
    [['sh', '-c', 'systemctl start squid && systemctl start named']],
    [['sh', '-c', 'systemctl start squid; true']],
    [['sh', '-c', 'systemctl start $UNIT']],
    [['/etc/keepalived/master.sh']],
    [[]],
    ...hostileTexts.flatMap((text) => [[['systemctl', 'start', text]], [['service', text, 'start']]]),
  ])('but not %j', (argv) => {
    expect(serviceCallOf(argv)).toBeUndefined();
  });
});

describe('with --manage-services', () => {
  it.each([
    ['backup', [start, stop]],
    ['backup, fault and the end', [start, stop, fault, end]],
  ])('twins become a member of the group after the addresses: %s', (_, scripts) => {
    const plan = planOf(scripts);
    expect(membersOf(plan)).toEqual([['vip-192.0.2.1', 'squid']]);
    expect(services(plan)).toEqual(['systemd:squid']);
    expect(plan.files).toEqual([]);
    expect(new Set(fatesOf(plan).map((fate) => fate.split(' ')[1]))).toEqual(new Set(['equivalent']));
    expect(plan.manualSteps.map(({ instruction }) => instruction).join()).toContain(
      'systemctl disable squid',
    );
    expect(codesOf(translated(scripts))).toContain('KP327');
  });

  it.each([
    ['the end', [start, end]],
    ['FAULT', [start, fault]],
  ])('what BACKUP does not stop is said to differ: %s', (_, scripts) => {
    const plan = planOf(scripts);
    expect(services(plan)).toEqual(['systemd:squid']);
    expect(fatesOf(plan)).toContain('notify_master approximate');
  });

  it('scripts that do something else go on beside it, as members behind it', () => {
    const plan = planOf([
      start,
      stop,
      'notify_fault "/etc/keepalived/fault.sh"',
      'notify "/etc/keepalived/tell.sh"',
    ]);
    expect(membersOf(plan)).toEqual([['vip-192.0.2.1', 'squid', 'master-VI_1']]);
    const agent = plan.resources.find(({ id }) => id === 'notify-VI_1');
    expect(agent?.kind === 'primitive' && agent.attributes).toMatchObject({
      notify: '/etc/keepalived/tell.sh',
      notify_fault: '/etc/keepalived/fault.sh',
    });
    expect(JSON.stringify(agent)).not.toContain('squid');
  });

  const alone: [string, Scripts[]][] = [
    ['a start without a stop', [[start]]],
    ['a stop without a start', [[stop, fault]]],
    ['another unit', [[start, 'notify_backup "systemctl stop named"']]],
    ['more than the command', [['notify_master "/bin/sh -c \'systemctl start squid && x\'"', stop]]],
    ['twins on one node only', [[start, stop], [start]]],
    ['no script on one node', [[start, stop], []]],
    ['a start at FAULT', [[start, stop, 'notify_fault "systemctl restart squid"']]],
    [
      'two instances',
      [
        [start, stop],
        [start, stop],
        [start, stop],
      ],
    ],
    ['another instance that starts it too', [[start, stop], [start, stop], [start]]],
  ];
  it.each(alone)('scripts go on with %s', (_, [first = [], second, others]) => {
    const plan = planOf(first, second, others);
    expect(services(plan)).toEqual([]);
    expect(plan.resources.some(({ id }) => id === 'notify-VI_1')).toBe(true);
    expect(codesOf(translated(first, second, others))).not.toContain('KP327');
  });

  it('a start that goes on is named once', () => {
    const codes = codesOf(translated([start]));
    expect(codes.filter((code) => code === 'KP328')).toEqual(['KP328']);
  });

  it('a check of the same service stays a check, since a service is one resource', () => {
    const check = 'vrrp_script chk {\nscript "pidof squid"\nweight 2\n}\n';
    const text = check + instance(1, [start, stop, 'track_script {\nchk\n}']);
    const { plan, diagnostics } = translateNodes({ lb1: text, lb2: text }, { manageServices: true });
    if (!plan) throw new Error('no plan');
    expect(services(plan)).toEqual(['systemd:squid']);
    expect(plan.resources.some(({ id }) => id === 'check-chk')).toBe(true);
    expect(codesOf({ diagnostics })).toContain('KP353');
  });

  it('Keepalived is killed at the cutover: its stop would run the script that stops the service', () => {
    expect(mustAdopt(planOf([start, stop, end]))).toBe(true);
    expect(mustAdopt(planOf([]))).toBe(false);
  });
});

describe('without --manage-services', () => {
  const reportOf = (...[first, second, others]: Parameters<typeof translated>) =>
    emitReport(planOf(first, second, others, { manageServices: false })).text;

  it('the scripts run as before, and the report offers the service', () => {
    expect(services(planOf([start, stop], [start, stop], undefined, { manageServices: false }))).toEqual([]);
    expect(reportOf([start, stop])).toContain('notify-VI_1: systemd:squid in the group VI_1');
    expect(reportOf([start, stop], [fault, start])).toContain('systemd:squid');
  });

  it('what would not be done is not offered', () => {
    expect(reportOf([start])).not.toContain('--manage-services');
    expect(reportOf([start, stop], [start])).not.toContain('--manage-services');
    expect(reportOf([start, stop], [start, stop], [start, stop])).not.toContain('--manage-services');
  });
});

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-notified-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A pair of nodes in the real scheduler; each step begins where the last has led. */
class Simulation {
  private readonly file = join(folder, 'cib.xml');

  constructor(plan: Plan) {
    const empty = execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' });
    const made = empty.replace(/<configuration>[\s\S]*<\/configuration>/, () =>
      configurationXml(plan).join('\n'),
    );
    const up = { kp_link_eth0: '1' };
    writeFileSync(this.file, withNodes(made, new Map(plan.nodes.map(({ name }) => [name, up]))));
  }

  /** What is done with resources, in its order: `squid stop on lb1`. */
  play(...options: readonly string[]): string[] {
    const words = ['--xml-file', this.file, '--save-output', this.file, '--simulate', ...options];
    const said = execFileSync('crm_simulate', words, { encoding: 'utf8' });
    return [...said.matchAll(/\* Resource action: (\S+) +((?:start|stop) on \w+)/g)]
      .map(([, id, what]) => `${id} ${what}`)
      .filter((line) => !line.startsWith('link-'));
  }

  where(id: string): string | undefined {
    const shown = execFileSync('crm_simulate', ['--xml-file', this.file], { encoding: 'utf8' });
    return new RegExp(`\\* ${id}\\t.*:\\t+ *Started (\\w+)`).exec(shown)?.[1];
  }

  /** The link of a node goes, so that the group may not stay. */
  cut(node: string): void {
    const text = readFileSync(this.file, 'utf8');
    writeFileSync(this.file, withAttributes(text, node, { kp_link_eth0: '0' }));
  }
}

describe.skipIf(!['cibadmin', 'crm_simulate'].every(requireTool))('Pacemaker’s scheduler', () => {
  const running = () => {
    const simulation = new Simulation(planOf([start, stop]));
    simulation.play();
    return simulation;
  };
  const failed = (times: number) =>
    Array.from({ length: times }, () => ['--op-inject', 'squid_monitor_10000@lb1=7']).flat();

  it('starts the service after the address, and stops it before', () => {
    const simulation = new Simulation(planOf([start, stop]));
    expect(simulation.play()).toEqual(['vip-192.0.2.1 start on lb1', 'squid start on lb1']);
    simulation.cut('lb1');
    expect(simulation.play()).toEqual([
      'squid stop on lb1',
      'vip-192.0.2.1 stop on lb1',
      'vip-192.0.2.1 start on lb2',
      'squid start on lb2',
    ]);
  });

  it('starts it again in its place when it fails, and leaves the address alone', () => {
    expect(running().play(...failed(1))).toEqual(['squid stop on lb1', 'squid start on lb1']);
  });

  it('moves the group after three failures', () => {
    expect(running().play(...failed(3))).toContain('vip-192.0.2.1 start on lb2');
  });

  it('moves the address although the service cannot be stopped', () => {
    const simulation = running();
    simulation.cut('lb1');
    simulation.play('--op-fail', 'squid_stop_0@lb1=1');
    expect(simulation.play()).toEqual([
      'vip-192.0.2.1 stop on lb1',
      'vip-192.0.2.1 start on lb2',
      'squid start on lb2',
    ]);
    expect(simulation.where('vip-192.0.2.1')).toBe('lb2');
  });

  it('holds the address where the service cannot be started on any node', () => {
    const simulation = new Simulation(planOf([start, stop]));
    const never = ['lb1', 'lb2'].flatMap((node) => ['--op-fail', `squid_start_0@${node}=1`]);
    for (let round = 0; round < 3; round++) simulation.play(...never);
    expect(simulation.where('vip-192.0.2.1')).toBeDefined();
    expect(simulation.where('squid')).toBeUndefined();
  });
});
