import { describe, expect, it } from 'vitest';
import type { TranslateOptions } from '../../src/translation.ts';
import { codesOf, translateNodes } from '../memory-tree.ts';

const balancer =
  'virtual_server 198.51.100.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\nreal_server 198.51.100.2 80 {\n}\n}\n';
const ofInstance = 'lvs_sync_daemon_interface eth1';

function translated(instance: string, rest: string, options: TranslateOptions = {}) {
  const text = `vrrp_instance V {\ninterface eth0\n${instance}\nvirtual_router_id 5\nvirtual_ipaddress {\n198.51.100.1/24\n}\n}\n${rest}`;
  const translation = translateNodes({ n1: text, n2: text }, options);
  const { plan, diagnostics } = translation;
  if (!plan) throw new Error(`no plan: ${JSON.stringify(diagnostics)}`);
  const fates = plan.fates.filter(({ path, file }) => file === 'n1.conf' && path.includes('lvs_sync_daemon'));
  const steps = plan.manualSteps.filter(({ title }) => title.startsWith('Let IPVS'));
  const checker = plan.files.find(({ path }) => path.endsWith('keepalived-checker.conf'));
  return { fates: fates.map(({ fate }) => fate), steps, checker, codes: codesOf(translation) };
}

describe('the sync daemon of IPVS', () => {
  it('of an instance goes on with the checkers', () => {
    const { fates, steps, checker } = translated(ofInstance, balancer);
    expect(fates).toEqual(['equivalent']);
    expect(steps).toEqual([]);
    expect(checker?.content).toContain('lvs_sync_daemon eth1 id 5\n');
  });

  it('without an instance stands there as it was', () => {
    const global = 'global_defs {\nlvs_sync_daemon eth2 id 7\n}\n';
    expect(translated('', global + balancer).fates).toEqual(['exact']);
    expect(translated(ofInstance, global + balancer).fates).toEqual(['not-needed', 'exact']);
  });

  it.each<[string, string, TranslateOptions]>([
    ['for ldirectord', balancer, { lvs: 'ldirectord' }],
    ['without virtual servers', '', {}],
    ['before Keepalived 2.1.5', balancer, { keepalived: '1.4.5' }],
  ])('is a step by hand %s, with the words of the file', (_, rest, options) => {
    const { fates, steps, codes } = translated(ofInstance, rest, options);
    expect(fates).toEqual(['manual']);
    expect(codes).toContain('KP312');
    expect(steps).toHaveLength(2);
    expect(steps[0]?.instruction).toContain(
      '`ipvsadm --start-daemon master --mcast-interface eth1 --syncid 5` and `ipvsadm --start-daemon backup --mcast-interface eth1 --syncid 5`',
    );
  });

  it('is a step by hand with all its options', () => {
    const global =
      'global_defs {\nlvs_sync_daemon eth1 inst V id 9 maxlen 1000 port 8849 ttl 3 group 224.0.0.99\n}\n';
    const { steps } = translated('', global + balancer, { lvs: 'ldirectord' });
    expect(steps[0]?.instruction).toContain(
      '`ipvsadm --start-daemon backup --mcast-interface eth1 --syncid 9 --sync-maxlen 1000 --mcast-port 8849 --mcast-ttl 3 --mcast-group 224.0.0.99`',
    );
  });
});
