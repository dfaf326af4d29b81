import { describe, expect, it } from 'vitest';
import { translateNodes } from '../memory-tree.ts';

describe('nopreempt', () => {
  it.each([
    [150, 100, /Pacemaker moves it/],
    [100, 150, /neither does Pacemaker/],
  ])('of one instance of a sync group names the instances, not nodes (%i and %i)', (other, its, example) => {
    const instance = (name: string, id: number, priority: number, line: string) =>
      `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id ${id}\npriority ${priority}\n${line}\nvirtual_ipaddress {\n10.0.0.${id}/24\n}\n}\n`;
    const text = (less: number) =>
      `vrrp_sync_group G1 {\ngroup {\nVI_A\nVI_B\n}\n}\n${instance('VI_A', 5, its - less, 'nopreempt')}${instance('VI_B', 6, other - less, '')}`;
    const { diagnostics, plan } = translateNodes({ n1: text(0), n2: text(20) });
    const found = diagnostics.find(({ code }) => code === 'KP304');
    expect(found?.summary).toBe('of G1, VI_A has nopreempt, and VI_B has not');
    expect(found?.detail).toMatch(example);
    const reason = plan?.fates.find(({ path }) => path === 'vrrp_instance VI_A/nopreempt')?.reason;
    expect(reason).toMatch(example);
    expect(`${found?.detail}${reason}`).not.toContain('node without nopreempt');
  });
});
