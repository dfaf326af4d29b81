import { expect, it } from 'vitest';
import { codesOf, translateNodes } from '../memory-tree.ts';

/** A pair whose nodes share everything but the priority. */
function pairWith({ before = '', instance = '', vips = '10.0.0.5/24' }) {
  const text = (priority: number) =>
    `${before}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\npriority ${priority}\n${instance}\nvirtual_ipaddress {\n${vips}\n}\n}\n`;
  return translateNodes({ lb1: text(150), lb2: text(140) });
}

it('an address on lo stays with the operator: the cutover uses lo itself', () => {
  const { plan } = pairWith({ vips: '10.0.0.5/24\n10.9.9.9/32 dev lo' });
  const path = 'vrrp_instance VI_1/virtual_ipaddress/10.9.9.9/32 dev lo';
  expect(plan?.resources.map(({ id }) => id).filter((id) => /9\.9|lo$/.test(id))).toEqual([]);
  expect(plan?.fates.filter((fate) => fate.path === path).map(({ fate }) => fate)).toEqual([
    'manual',
    'manual',
  ]);
  expect(plan?.manualSteps.map(({ title }) => title)).toContain('Move 10.9.9.9 on lo');
});

it.each([
  ['weight 120', true],
  ['weight -160', true],
  ['weight 100', false],
  ['weight -90', false],
])('a %s that takes both nodes beyond an end of the priorities is said to differ: %s', (weight, said) => {
  const before = `vrrp_script chk {\nscript /bin/chk\n${weight}\n}`;
  const { diagnostics } = pairWith({ before, instance: 'track_script {\nchk\n}' });
  expect(codesOf({ diagnostics }).includes('KP313')).toBe(said);
});
