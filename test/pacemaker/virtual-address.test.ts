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
});
