import { describe, expect, it } from 'vitest';
import { mustAdopt } from '../../src/emit/must-adopt.ts';
import { agentsOf } from '../../src/emit/node-needs.ts';
import { translateNodes } from '../memory-tree.ts';

describe('addresses', () => {
  it('that stand twice on a node are not said to differ between nodes', () => {
    const text = (priority: number) =>
      `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\nvirtual_ipaddress {\n10.0.0.5/24\n10.0.0.5/32 label eth0:x\n}\n}\n`;
    const { plan, diagnostics } = translateNodes({ n1: text(150), n2: text(100) });
    const found = diagnostics.find(({ code }) => code === 'KP212');
    expect(found?.summary).toBe('10.0.0.5 has prefix /24 here and /32 in another line of n1');
    expect(found?.help).toBe('list it once');
    const reasons = plan?.fates
      .filter(({ path }) => path.includes('10.0.0.5/32'))
      .map(({ reason }) => reason);
    expect(reasons).toHaveLength(2);
    for (const reason of reasons ?? [])
      expect(reason).toContain("An earlier line's prefix length and label counts");
  });

  it('on two interfaces, or of two networks, are one resource and a step by hand', () => {
    const block = (name: string, id: number, link: string, addresses: string) =>
      `vrrp_instance ${name} {\ninterface ${link}\nvirtual_router_id ${id}\nvirtual_ipaddress {\n${addresses}\n}\n}\n`;
    const v10 = block(
      'V10',
      10,
      'eth0',
      '10.0.0.9/24\n10.0.0.9/24 dev eth1\n10.0.0.9/24 dev eth1\nfe80::1/64 dev eth0',
    );
    const { plan, diagnostics } = translateNodes({ lb1: v10 + block('V20', 20, 'eth2', 'fe80::1/64') });
    const fates = plan?.fates.filter(({ path }) => /10\.0\.0\.9|fe80/.test(path)) ?? [];
    expect(fates.map(({ line, fate }) => [line, fate])).toEqual([
      [5, 'exact'],
      [6, 'manual'],
      [7, 'manual'],
      [8, 'ignored'],
      [15, 'approximate'],
    ]);
    expect(diagnostics.filter(({ code }) => code === 'KP312')).toHaveLength(1);
    const steps = plan?.manualSteps.map(({ instruction }) => instruction).join('\n');
    expect(steps).toContain('pcs resource create vip-10.0.0.9-eth1');
  });

  it('go to the shipped agent for an option that it sets and IPaddr2 does not, and for no other', () => {
    const entries: Record<string, [agent: 'IPaddr2' | 'address', fate: string, own?: object]> = {
      '10.0.0.1/24 home -nodad mngtmpaddr preferred_lft 60': ['IPaddr2', 'exact'],
      '10.0.0.2/24 scope global noprefixroute': ['IPaddr2', 'exact'],
      '10.0.0.3/24 scope 253': ['address', 'equivalent', { scope: 'link' }],
      '10.0.0.4 peer 10.0.1.4': ['address', 'equivalent', { peer: '10.0.1.4', cidr_netmask: '32' }],
      '10.0.0.5/24 autojoin': ['IPaddr2', 'approximate'],
      '224.0.0.5/32 autojoin': ['address', 'equivalent', { autojoin: 'true' }],
      '10.0.0.6/24 scope link label "a b"': ['address', 'approximate', { iflabel: undefined }],
      'fd00::1/64 -nodad': ['IPaddr2', 'exact'],
      'fd00::2/64 scope link preferred_lft 60': ['IPaddr2', 'approximate'],
      'fd00::3/64 home': ['address', 'equivalent', { home: 'true', nodad: 'true' }],
      'fd00::4/64 mngtmpaddr -nodad': ['address', 'equivalent', { mngtmpaddr: 'true', nodad: undefined }],
      'fd00::5/63 mngtmpaddr': ['IPaddr2', 'approximate'],
      'fd00::6 peer FD00:0::7': ['address', 'equivalent', { peer: 'fd00::7', preferred_lft: '0' }],
      'ff05::8/64 autojoin': ['address', 'equivalent', { autojoin: 'true', nodad: 'true' }],
    };
    const list = Object.keys(entries).join('\n');
    const text = `vrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9/24\n}\nvirtual_ipaddress_excluded {\n${list}\n}\n}\n`;
    const { plan, diagnostics } = translateNodes({ n1: text, n2: text.replace('10.0.1.4', '10.0.1.5') });
    for (const [entry, [agent, fate, own = {}]] of Object.entries(entries)) {
      const line = text.split('\n').indexOf(entry) + 1;
      expect([entry, plan?.fates.find((one) => one.file === 'n1.conf' && one.line === line)?.fate]).toEqual([
        entry,
        fate,
      ]);
      const ip = entry.replace(/[ /].*/, '');
      const found = plan?.resources.find((one) => one.kind === 'primitive' && one.attributes['ip'] === ip);
      if (found?.kind !== 'primitive') throw new Error(entry);
      expect([entry, found.agent.split(':').at(-1)]).toEqual([entry, agent]);
      expect(found.attributes).toMatchObject(
        Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
      );
      for (const [name, value] of Object.entries(own))
        if (value === undefined) expect(found.attributes).not.toHaveProperty(name);
    }
    expect(plan?.files.map(({ path }) => path)).toEqual(['/usr/lib/ocf/resource.d/kp2pcm/address']);
    const refused = diagnostics.filter(({ code }) => code === 'KP364').map(({ summary }) => summary);
    expect(refused).toEqual([
      'no node has 10.0.0.5: the kernel refuses it with autojoin',
      'no node has fd00::5: the kernel refuses it with mngtmpaddr',
    ]);
    // Keepalived's stop would take a peer's route along, and the agent announces with programs that come with IPaddr2.
    const only = translateNodes({
      n1: text.replace('10.0.0.9/24', '10.0.0.8/32 scope link').replace(/_excluded \{[^}]*/, '_excluded {\n'),
    });
    if (!plan || !only.plan) throw new Error('no plan');
    expect([mustAdopt(plan), mustAdopt(only.plan)]).toEqual([true, true]);
    expect(agentsOf(only.plan)).toContain('ocf:heartbeat:IPaddr2');
    const other = plan?.fates.find(({ file, path }) => file === 'n2.conf' && path.includes('10.0.1.5'));
    expect(other?.reason).toContain("The first node's options counts");
  });
});
