import { describe, expect, it } from 'vitest';
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
      [15, 'exact'],
    ]);
    expect(diagnostics.filter(({ code }) => code === 'KP312')).toHaveLength(1);
    const steps = plan?.manualSteps.map(({ instruction }) => instruction).join('\n');
    expect(steps).toContain('pcs resource create vip-10.0.0.9-eth1');
  });
});
