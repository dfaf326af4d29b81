import { describe, expect, it } from 'vitest';
import { instanceWith, understandText } from './understand-text.ts';

function scriptWith(lines: string) {
  return understandText(`vrrp_script chk {\nscript "/bin/check"\n${lines}\n}`).value.scripts[0];
}

describe('numbers with rubbish behind them', () => {
  it.each([
    ['rise 2x', 'rise', 2],
    ['rise 5\nrise x', 'rise', 1],
    ['fall -3', 'fall', 1],
    ['weight 0x10', 'weight', 0],
    ['weight -300x', 'weight', -300],
    ['weight ""', 'weight', 0],
    ['interval 2s', 'intervalMs', 2000],
    ['interval soon', 'intervalMs', 1000],
    ['interval 4\ninterval 5000', 'intervalMs', 4000],
    ['timeout 2s', 'timeoutMs', 2000],
    ['interval 3\ntimeout -1', 'timeoutMs', 3000],
  ] as const)('in a vrrp_script %j makes %s %i: the digits before it count', (lines, field, value) => {
    expect(scriptWith(lines)?.[field]).toBe(value);
  });

  it('spoil an identifier and a priority, whose readers are strict', () => {
    expect(instanceWith('priority 150\npriority 200x').instance.priority.value).toBe(100);
    expect(instanceWith('virtual_router_id 52x').instance.virtualRouterId.value).toBe(51);
  });

  it('count in down_timer_adverts, of the instance and of global_defs', () => {
    expect(instanceWith('down_timer_adverts 7x').instance.downTimerAdverts.value).toBe(7);
    const globals = 'global_defs {\nvrrp_down_timer_adverts 4x\n}';
    expect(instanceWith('', globals).instance.downTimerAdverts.value).toBe(4);
  });

  it('count in the weight of a track entry; one out of range leaves the definition’s', () => {
    const script = 'vrrp_script chk {\nscript "/bin/check"\nweight -300\n}';
    const weightOf = (entry: string) =>
      instanceWith(`track_script {\n${entry}\n}`, script).instance.trackScripts[0];
    expect(weightOf('chk weight 5x')?.weight).toBe(5);
    expect(weightOf('chk weight 254')?.weight).toBe(253);
    expect(weightOf('chk weight 255 reverse')).toMatchObject({ weight: -300, reverse: true });
  });
});

describe('seconds', () => {
  it.each([
    ['advert_int 1s', 1000],
    ['advert_int 20000s', 1000],
    ['version 3\nadvert_int 20000s', 20],
    ['version 3\nadvert_int .015', 20],
    ['version 3\nadvert_int 0', 1000],
  ])('%j: the point moves six places before the rubbish is cut off: %i ms', (lines, milliseconds) => {
    expect(instanceWith(lines).instance.advertIntervalMs.value).toBe(milliseconds);
  });
});

describe('addresses', () => {
  const addressOf = (entry: string) => instanceWith(`virtual_ipaddress {\n${entry}\n}`).instance.addresses[0];

  it.each([
    ['192.0.2.9/24x', { prefixLength: 24 }],
    ['192.0.2.9/24.5', { prefixLength: 24 }],
    ['192.0.2.9/8.0.0.0', { prefixLength: 8 }],
    ['192.0.2.9/-1', { prefixLength: 32 }],
    ['192.0.2.9 scope 253', { scope: 'link' }],
    ['192.0.2.9 scope 0xfe', { scope: 'host' }],
    ['192.0.2.9/24 peer 192.0.2.1', { prefixLength: 32, unusual: ['peer 192.0.2.1'] }],
    ['192.0.2.9/24 peer 192.0.2.1/24', { prefixLength: 24, unusual: [] }],
    ['192.0.2.9/24 peer fe80::1', { prefixLength: 24, unusual: [] }],
    ['192.0.2.9 peer 192.0.2.1 peer 192.0.2.2', { unusual: ['peer 192.0.2.1'] }],
    ['192.0.2.9/24 brd + brd 192.0.2.99', { broadcast: '192.0.2.255' }],
    ['192.0.2.9 track_group eth1', { prefixLength: 32 }],
    ['fe80::9/64 preferred_lft soon', { preferredLft: '0' }],
    ['fe80::9/64 preferred_lft 10x', { preferredLft: '10' }],
  ])('%s has %j', (entry, expected) => {
    expect(addressOf(entry)).toMatchObject(expected);
  });

  it.each([
    ['192.0.2.9 peer 192.0.2.1 brd +', 'broadcast'],
    ['192.0.2.9 scope nothing', 'scope'],
    ['192.0.2.9 scope 300', 'scope'],
  ])('%s has no %s', (entry, field) => {
    expect(addressOf(entry)).toBeDefined();
    expect(addressOf(entry)).not.toHaveProperty(field);
  });

  it.each([
    ['192.0.2.9 dev'],
    ['192.0.2.9 dev eth0 dev eth1'],
    ['192.0.2.9 brd nowhere'],
    ['192.0.2.9 scope'],
    ['192.0.2.023'],
  ])('%s is dropped', (entry) => {
    expect(addressOf(entry)).toBeUndefined();
  });
});
