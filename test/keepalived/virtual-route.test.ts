import { describe, expect, it } from 'vitest';
import { readRoundTripMs } from '../../src/keepalived/round-trip-time.ts';
import { parseCNumber } from '../../src/keepalived/routing-names.ts';
import { instanceWith } from './understand-text.ts';

const routeWith = (entry: string) => {
  const { instance, ...rest } = instanceWith(`virtual_routes {\n${entry}\n}`);
  return { route: instance.virtualRoutes[0], ...rest };
};

describe('a virtual route', () => {
  it('has an address, a gateway and an interface of their types', () => {
    const { route } = routeWith(
      '198.51.100.0/24 via 192.0.2.1 dev eth1 src 192.0.2.10 table uplink metric 5',
    );
    expect(route).toMatchObject({
      family: 'ipv4',
      type: 'unicast',
      destination: { address: { text: '198.51.100.0' }, prefixLength: 24 },
      gateway: { text: '192.0.2.1' },
      preferredSource: { text: '192.0.2.10' },
      device: 'eth1',
      table: 'uplink',
      metric: 5,
      tracked: true,
    });
  });

  it('to everything has no address', () => {
    expect(routeWith('default dev eth0').route?.destination).toEqual({ family: 'ipv4', prefixLength: 0 });
  });

  it('is said to depend on a name that only the host knows', () => {
    expect(routeWith('default dev eth0 table uplink').codes).toContain('KP140');
    expect(routeWith('default dev eth0 table main').codes).not.toContain('KP140');
  });

  it('is said not to be tracked without an interface, unless that is meant', () => {
    const { route, codes } = routeWith('198.51.100.0/24 via 192.0.2.1');
    expect(route?.tracked).toBe(false);
    expect(codes).toContain('KP141');
    expect(routeWith('198.51.100.0/24 via 192.0.2.1 no_track').codes).not.toContain('KP141');
  });

  it.each([
    'via 192.0.2.1 default',
    '198.51.100.0/24 via 2001:db8::1',
    'nonsense dev eth0',
    '198.51.100.0/24 metric 5x',
    'dev eth0',
  ])('that cannot be used is ignored with a message: %s', (entry) => {
    const { route, codes, ignored } = routeWith(entry);
    expect(route).toBeUndefined();
    expect(codes).toContain('KP110');
    expect(ignored).toEqual([`vrrp_instance VI_1/virtual_routes/${entry}`]);
  });

  it.each(['198.51.100.0/24 via', '198.51.100.0/24 mtu lock', 'to', '198.51.100.0/24 nexthop via inet'])(
    'that ends before a value makes the daemon exit: %s',
    (entry) => expect(routeWith(entry).codes).toContain('KP104'),
  );

  it('loses the word after a family that stands alone, with a message', () => {
    const { route, codes } = routeWith('inet 198.51.100.0/24 198.51.101.0/24 dev eth0');
    expect(route?.destination.address?.text).toBe('198.51.101.0');
    expect(codes).toContain('KP144');
  });

  it('keeps the nexthops before the first that cannot be used, with a message', () => {
    const { route, codes } = routeWith(
      'default nexthop via 192.0.2.1 nexthop weight 0 nexthop via 192.0.2.3',
    );
    expect(route?.nexthops).toMatchObject([{ gateway: { text: '192.0.2.1' } }]);
    expect(codes).toContain('KP143');
  });

  it('of a name that no interface can have makes the daemon exit', () => {
    expect(routeWith('default dev eth0:1').codes).toContain('KP106');
  });
});

describe('a virtual rule', () => {
  const ruleWith = (entry: string) => {
    const { instance, ...rest } = instanceWith(`virtual_rules {\n${entry}\n}`);
    return { rules: instance.virtualRules, ...rest };
  };

  it('has its selectors, its action and the protocol of keepalived', () => {
    expect(ruleWith('from 192.0.2.10 dev eth1 table 100 preference 50').rules).toMatchObject([
      {
        source: { address: { text: '192.0.2.10' }, prefixLength: 32 },
        incomingInterface: 'eth1',
        action: { kind: 'table', table: 100 },
        preference: 50,
        protocol: 18,
      },
    ]);
  });

  it('without a preference is counted out from 16384 downwards, with a message', () => {
    const { rules, codes } = ruleWith('from 192.0.2.10 table 100\nfrom 192.0.2.11 table 100');
    expect(rules.map(({ preference }) => preference)).toEqual([16_384, 16_383]);
    expect(codes.filter((code) => code === 'KP142')).toHaveLength(2);
  });

  it.each([
    'from 192.0.2.10',
    'from 192.0.2.10 table 5 blackhole',
    'goto 5 preference 5',
    'from 192.0.2.10 x table 5',
  ])('that cannot be used is ignored with a message: %s', (entry) => {
    const { rules, codes, ignored } = ruleWith(entry);
    expect(rules).toEqual([]);
    expect(codes).toContain('KP110');
    expect(ignored).toEqual([`vrrp_instance VI_1/virtual_rules/${entry}`]);
  });

  it('that ends before a value makes the daemon exit', () => {
    expect(ruleWith('from 192.0.2.10 table').codes).toContain('KP104');
  });

  it('does without a port that is no range, with a message', () => {
    const { rules, codes } = ruleWith('sport 80 table 100 preference 5');
    expect(rules[0]).not.toHaveProperty('sourcePorts');
    expect(codes).toContain('KP143');
  });
});

describe('a number as C writes it', () => {
  it.each([
    ['100', 100],
    ['0x1F', 31],
    ['010', 8],
    ['-1', 4_294_967_295],
    ['0', 0],
    ['08', undefined],
    ['0x', undefined],
    ['5x', undefined],
    ['', undefined],
  ])('%s is %s', (text, value) => expect(parseCNumber(text)).toBe(value));
});

describe('a round trip time', () => {
  it.each([
    ['300ms', 300],
    ['1.5s', 1500],
    ['2secs', 2000],
    ['8000', 1000],
    ['1ms', 200],
    ['119999.9ms', 120_000],
    ['200s', 120_000],
    ['1000s', undefined],
    ['5m', undefined],
    ['1e3', undefined],
    ['-5s', undefined],
  ])('%s is %s ms', (text, ms) => expect(readRoundTripMs(text, 8)).toBe(ms));
});
