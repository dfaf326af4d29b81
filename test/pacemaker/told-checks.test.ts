import { describe, expect, it } from 'vitest';
import { emitReport } from '../../src/emit/report.ts';
import { translateNodes } from '../memory-tree.ts';

const checks =
  'vrrp_script chk {\nscript "pidof nginx"\n}\nvrrp_script gate {\nscript "ping -c1 192.0.2.1"\nweight -30\n}\nvrrp_track_process dns {\nprocess named\nweight 20\n}\n';
const tracks = 'track_script {\nchk\ngate\n}\ntrack_process {\ndns\n}';

const configuration = (inInstance: string, globals: string) =>
  `global_defs {\n${globals}\n}\n${checks}vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.9/24\n}\n${tracks}\n${inInstance}\n}\n`;

function planOf(inInstance: string, globals = '', manageServices = true) {
  const text = configuration(inInstance, globals);
  const { plan, diagnostics } = translateNodes({ lb1: text, lb2: text }, { manageServices });
  if (!plan) throw new Error('no plan');
  const agents = plan.resources.flatMap((one) => (one.kind === 'primitive' ? [one] : []));
  return { plan, diagnostics, agents };
}

const systemd = ({ agents }: ReturnType<typeof planOf>) =>
  agents.flatMap(({ agent }) => (agent.startsWith('systemd:') ? [agent] : []));

describe('with --manage-services a check of which somebody is told', () => {
  it.each([
    ['a notify script', 'notify_fault /etc/keepalived/fault.sh', ''],
    ['a FIFO', '', 'vrrp_notify_fifo /run/kp'],
  ])('stays a check, and the agent knows its rules: %s', (_, inInstance, globals) => {
    const made = planOf(inInstance, globals);
    expect(systemd(made)).toEqual([]);
    expect(made.plan.colocations).toEqual([]);
    const rules = made.agents.find(({ id }) => id === 'notify-VI_1')?.attributes['rules'];
    expect(rules).toBe(
      'kp_check_chk eq 1 -INFINITY kp_link_eth0 lt 1 -INFINITY kp_process_dns eq 0 20 kp_check_gate lt 1 -30',
    );
    const stays = made.diagnostics.filter(({ code }) => code === 'KP353');
    expect(stays.map(({ summary }) => summary)).toEqual([
      'chk stays a check of nginx',
      'dns stays a check of named',
    ]);
    expect(stays.map(({ detail }) => detail).join('\n')).toMatch(/notify scripts or a FIFO/);
  });

  it('becomes the service where nobody is', () => {
    expect(systemd(planOf(''))).toEqual(['systemd:nginx', 'systemd:named']);
  });

  it('becomes the service where the only scripts have become one themselves', () => {
    const squid = 'notify_master "systemctl start squid"\nnotify_backup "systemctl stop squid"';
    expect(systemd(planOf(squid)).sort()).toEqual(['systemd:named', 'systemd:nginx', 'systemd:squid']);
  });
});

describe('without --manage-services', () => {
  it('the report offers the service only where nobody is told of the check', () => {
    const reportOf = (inInstance: string) => emitReport(planOf(inInstance, '', false).plan).text;
    expect(reportOf('')).toContain('systemd:nginx');
    expect(reportOf('notify_fault /etc/keepalived/fault.sh')).not.toContain('systemd:nginx');
    expect(reportOf('notify_fault /etc/keepalived/fault.sh')).toContain('ocf:pacemaker:ping of');
  });
});
