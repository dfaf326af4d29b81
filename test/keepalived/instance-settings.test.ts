import { describe, expect, it } from 'vitest';
import { instanceWith, understandText } from './understand-text.ts';

describe('a virtual interface', () => {
  it('has a name and the octets of a MAC address', () => {
    const { instance } = instanceWith('use_vmac virtual51 02:00:5e:01:02');
    expect(instance.virtualInterface).toMatchObject({
      kind: 'vmac',
      name: 'virtual51',
      mac: [2, 0, 0x5e, 1, 2],
      sendsFromBase: false,
    });
  });

  it.each(['01:00:00:00:00:01', '00:00:5e:00:01:09', '02:00', '02:0:0:0:0:0:0', '02:00:00:00:00:1ff'])(
    'does without a MAC address that cannot be one, with a message: %s',
    (mac) => {
      const { instance, codes } = instanceWith(`use_vmac ${mac}`);
      expect(instance.virtualInterface).not.toHaveProperty('mac');
      expect(codes).toContain('KP143');
    },
  );

  it('is an ipvlan with an address and a mode, or never leaves FAULT', () => {
    const { instance, codes } = instanceWith('use_ipvlan 192.0.2.9/24 private');
    expect(instance.virtualInterface).toMatchObject({
      kind: 'ipvlan',
      address: { text: '192.0.2.9/24'.replace('/24', '') },
      prefixLength: 24,
      mode: 'private',
    });
    expect(codes).not.toContain('KP146');
    expect(instanceWith('use_ipvlan').codes).toContain('KP146');
  });

  it.each([
    'vmac_xmit_base',
    'use_vmac\npromote_secondaries',
    'track_src_ip',
    'unicast_ttl 5',
    'vrf red',
    'mcast_dst_ip 224.0.0.19\nunicast_peer {\n192.0.2.2\n}',
    'use_vmac\nunicast_peer {\n192.0.2.2\n}',
  ])('or another setting that others exclude is said to have no effect: %s', (lines) => {
    expect(instanceWith(lines).codes).toContain('KP147');
  });
});

describe('skip_check_adv_addr', () => {
  it('is on whatever boolean it says, with a message', () => {
    const { instance, codes } = instanceWith('skip_check_adv_addr off');
    expect(instance.skipsAddressCheck.value).toBe(true);
    expect(codes).toContain('KP107');
  });
});

describe('a script of global_defs', () => {
  const globals = (lines: string) => understandText(`global_defs {\n${lines}\n}`).value.globals;

  it('runs as its own user, else as the script_user that stands before it', () => {
    expect(globals('startup_script /a own').startupScript?.user).toEqual({ user: 'own' });
    expect(globals('script_user u g\nstartup_script /a').startupScript?.user).toEqual({
      user: 'u',
      group: 'g',
    });
    expect(globals('startup_script /a\nscript_user u').startupScript).not.toHaveProperty('user');
  });

  it('has ten seconds, or what is said', () => {
    expect(globals('shutdown_script "/a b"').shutdownScript).toMatchObject({
      argv: ['/a', 'b'],
      timeoutSeconds: 10,
    });
    expect(globals('shutdown_script_timeout 30\nshutdown_script /a').shutdownScript?.timeoutSeconds).toBe(30);
    expect(globals('shutdown_script_timeout 0\nshutdown_script /a').shutdownScript?.timeoutSeconds).toBe(10);
  });
});

describe('a delay of an interface', () => {
  it('is shortened, with a message, where an instance would take over before it is over', () => {
    const delays = 'interface_up_down_delays {\neth0 1 5\n}';
    const instance = 'vrrp_instance V {\ninterface eth0\nvirtual_router_id 1\n}';
    const { value, codes } = understandText(`${delays}\n${instance}`);
    expect(value.linkDelays).toMatchObject([{ interface: 'eth0', downMs: 1000, upMs: 1996.094 }]);
    expect(codes).toContain('KP143');
  });
});
