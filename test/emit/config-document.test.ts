import { SocketAddress } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConfigDocument, configDocument } from '../../src/emit/config-document.ts';
import { formatIpAddress, parseIpAddress } from '../../src/keepalived/ip-address.ts';
import { understandText } from '../keepalived/understand-text.ts';

function nodeOf(text: string): ConfigDocument['nodes'][number] {
  const { value, diagnostics } = understandText(text);
  const [node] = configDocument([{ configuration: value, diagnostics }]).nodes;
  if (!node) throw new Error('no node');
  return node;
}

const instance = (name: string, lines: string) =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id 51\n${lines}\n}\n`;

describe('what is understood of an address', () => {
  it('has its device resolved and its text in one form', () => {
    const [held] = nodeOf(
      instance(
        'V',
        'virtual_ipaddress {\n192.0.2.1/24 brd + label eth0:1\n192.0.2.2 dev eth9 scope link\n}\nvirtual_ipaddress_excluded {\n2001:DB8:0:0:0:0:0:0A/64\n}',
      ),
    ).instances;
    expect(held?.addresses).toMatchObject([
      {
        address: '192.0.2.1',
        prefixLength: 24,
        device: 'eth0',
        label: 'eth0:1',
        broadcast: '192.0.2.255',
        scope: 'global',
        excluded: false,
      },
      {
        address: '192.0.2.2',
        prefixLength: 32,
        device: 'eth9',
        label: null,
        broadcast: null,
        scope: 'link',
        excluded: false,
      },
      {
        address: '2001:db8::a',
        prefixLength: 64,
        device: 'eth0',
        label: null,
        broadcast: null,
        scope: 'global',
        excluded: true,
      },
    ]);
  });

  it('has no device where a unicast instance has no interface', () => {
    const text =
      'vrrp_instance V {\nvirtual_router_id 5\nunicast_src_ip 192.0.2.8\nunicast_peer {\n192.0.2.9\n}\nvirtual_ipaddress {\n192.0.2.1\n}\n}';
    const [held] = nodeOf(text).instances;
    expect(held).toMatchObject({ interface: null, sourceAddress: '192.0.2.8', unicastPeers: ['192.0.2.9'] });
    expect(held?.addresses[0]?.device).toBeNull();
  });

  it('is spelt as the C library spells it', () => {
    const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
        // Node leaves the rest to the C library, which has a third form for addresses that begin with 96 zeros.
        fc.pre(groups.slice(0, 6).some((part) => part !== 0));
        const text = groups.map((part) => part.toString(16)).join(':');
        const address = parseIpAddress(text);
        const spelt = new SocketAddress({ address: text, family: 'ipv6' }).address;
        expect(address && formatIpAddress(address.family, address.value)).toBe(spelt);
      }),
    );
    const mapped = parseIpAddress('0:0:0:0:0:FFFF:C000:201');
    expect(mapped && formatIpAddress('ipv6', mapped.value)).toBe('::ffff:192.0.2.1');
  });
});

describe('what is understood of an instance', () => {
  it('is what the daemon uses, not what is written', () => {
    const [held] = nodeOf(
      instance('V', 'state MASTER\npriority 999\nadvert_int 1.4\nnopreempt\npreempt_delay 9'),
    ).instances;
    expect(held).toMatchObject({ priority: 100, advertIntervalMs: 1000, preempt: true, preemptDelayMs: 0 });
  });

  it('lacks the weights that an address owner and a member of a sync group lose', () => {
    const script = 'vrrp_script S {\nscript /bin/true\nweight -9\n}\n';
    const tracks = 'track_script {\nS\n}\ntrack_interface {\neth7 weight 5\n}';
    const owner = nodeOf(script + instance('V', `priority 255\n${tracks}`)).instances[0];
    expect(owner).toMatchObject({ trackScripts: [], trackInterfaces: [] });
    const group = 'vrrp_sync_group G {\ngroup {\nV\n}\n}\n';
    const member = nodeOf(group + script + instance('V', tracks)).instances[0];
    // The daemon says that it ignores the weight of the interface, and does not: test/daemon-election plays it.
    expect(member).toMatchObject({
      syncGroup: 'G',
      trackScripts: [],
      trackInterfaces: [{ name: 'eth7', weight: 5, reverse: false }],
    });
    const file = 'track_file F {\nfile /run/f\nweight -2\n}\n';
    const process = 'vrrp_track_process P {\nprocess p\nweight 3\n}\n';
    const others = 'track_file {\nF\n}\ntrack_process {\nP\n}';
    expect(nodeOf(file + process + group + instance('V', others)).instances[0]).toMatchObject({
      trackFiles: [],
      trackProcesses: [{ name: 'P', weight: 3, reverse: false }],
    });
    expect(nodeOf(file + instance('V', others.slice(0, 16))).instances[0]).toMatchObject({
      trackFiles: [{ name: 'F', weight: -2, reverse: false }],
    });
    const alone = nodeOf(script + instance('V', tracks)).instances[0];
    expect(alone).toMatchObject({
      syncGroup: null,
      trackScripts: [{ name: 'S', weight: -9, reverse: false }],
      trackInterfaces: [{ name: 'eth7', weight: 5, reverse: false }],
    });
  });
});

it('a script has its words, its times and its user', () => {
  const text =
    'global_defs {\nscript_user nobody\n}\nvrrp_script S {\nscript "/bin/a \'b c\'"\ninterval 3\nfall 2\n}\nvrrp_script T {\nscript /bin/t\ntimeout 9\nuser x y\n}';
  expect(nodeOf(text).scripts).toMatchObject([
    {
      name: 'S',
      argv: ['/bin/a', 'b c'],
      intervalMs: 3000,
      timeoutMs: 3000,
      rise: 1,
      fall: 2,
      weight: 0,
      user: 'nobody',
      group: null,
    },
    { name: 'T', argv: ['/bin/t'], intervalMs: 1000, timeoutMs: 9000, user: 'x', group: 'y' },
  ]);
});
