import { describe, expect, it } from 'vitest';
import { instanceWith, understandText } from './understand-text.ts';

const oneAddress = 'virtual_ipaddress {\n10.0.0.5/24\n}';

describe('priority and state', () => {
  it.each([
    ['', 100],
    ['priority 150', 150],
    ['priority 150\npriority 120', 120],
    ['priority 300', 100],
    ['priority 150\npriority 300', 100],
    ['priority 0x64', 100],
    ['state MASTER', 255],
    ['state MASTER\npriority 90', 90],
    ['state BACKUP', 100],
  ])('%j gives %i', (lines, priority) => {
    expect(instanceWith(lines).instance.priority.value).toBe(priority);
  });

  it.each([
    ['state MASTER\nstate BACKUP', 'MASTER', 'vrrp_instance VI_1/state'],
    ['state BACKUP\nstate MASTER', 'MASTER', 'vrrp_instance VI_1/state'],
    ['state master', 'BACKUP', 'vrrp_instance VI_1/state'],
  ])('%j is %s, and one line is ignored', (lines, state, path) => {
    const { instance, ignored } = instanceWith(lines);
    expect(instance.state.value).toBe(state);
    expect(ignored).toEqual([path]);
  });
});

describe('timers', () => {
  it.each([
    ['advert_int 0.3', 1000],
    ['advert_int 1.6', 2000],
    ['version 3\nadvert_int 1.234567', 1230],
    ['version 3\nadvert_int 60', 40_950],
    ['advert_int 1s', 1000],
    ['advert_int 300', 1000],
  ])('%j is %i ms', (lines, milliseconds) => {
    expect(instanceWith(lines).instance.advertIntervalMs.value).toBe(milliseconds);
  });

  it('an IPv6 instance speaks version 3 whatever vrrp_version says', () => {
    const globals = 'global_defs {\nvrrp_version 2\n}';
    expect(instanceWith('virtual_ipaddress {\nfe80::1\n}', globals).instance.version.value).toBe(3);
  });
});

describe('preemption', () => {
  it.each([
    ['nopreempt', false, []],
    ['nopreempt off', false, ['KP116']],
    ['nopreempt\npreempt', true, []],
    ['state MASTER\npriority 90\nnopreempt', true, ['KP109']],
    ['priority 255\nnopreempt', true, ['KP109']],
  ])('%j preempts: %s', (lines, preempts, codes) => {
    const read = instanceWith(lines);
    expect(read.instance.preempts.value).toBe(preempts);
    expect(read.codes).toEqual(codes);
  });

  it('preempt_delay does not count beside nopreempt or state MASTER', () => {
    expect(instanceWith('preempt_delay 5').instance.preemptDelayMs.value).toBe(5000);
    expect(instanceWith('preempt_delay 5\nnopreempt').instance.preemptDelayMs.value).toBe(0);
    expect(instanceWith('preempt_delay 5\nstate MASTER').ignored).toEqual([
      'vrrp_instance VI_1/preempt_delay',
    ]);
  });
});

describe('addresses', () => {
  const addressOf = (entry: string) => instanceWith(`virtual_ipaddress {\n${entry}\n}`);
  it.each([
    ['10.0.0.5', { prefixLength: 32 }],
    ['10.0.0.5/24', { prefixLength: 24 }],
    ['10.0.0.5/255.255.255.0', { prefixLength: 32 }],
    ['10.0.0.5/33', { prefixLength: 32 }],
    ['fe80::1', { prefixLength: 128 }],
    ['fe80::1/64 preferred_lft 10', { prefixLength: 64, preferredLft: '10' }],
    ['10.0.0.5/24 dev eth1 label eth1:1 brd +', { device: 'eth1', label: 'eth1:1', broadcast: '10.0.0.255' }],
    ['10.0.0.5/24 brd -', { broadcast: '10.0.0.0' }],
    ['10.0.0.5/24 broadcast 10.0.0.250 scope link', { broadcast: '10.0.0.250', scope: 'link' }],
    ['10.0.0.5/24 scope global', { prefixLength: 24 }],
    [
      '10.0.0.5/24 peer 10.0.0.9 no_track noprefixroute',
      { prefixLength: 32, noTrack: true, noPrefixRoute: true, unusual: ['peer 10.0.0.9'] },
    ],
  ])('%j', (entry, expected) => {
    const { instance } = addressOf(entry);
    expect(instance.addresses).toHaveLength(1);
    expect(instance.addresses[0]).toMatchObject(expected);
  });

  it.each([
    ['10.0.0.300', 'KP110'],
    ['eth0', 'KP110'],
    ['10.0.0.5 label a-label-of-16-chr', 'KP110'],
    ['fe80::1 brd +', 'KP110'],
  ])('%j is dropped', (entry, code) => {
    const { instance, codes, ignored } = addressOf(entry);
    expect(instance.addresses).toEqual([]);
    expect(codes).toContain(code);
    expect(ignored).toHaveLength(1);
  });

  it('a second address on a line is an unknown option', () => {
    const { instance, codes } = addressOf('10.0.0.5 10.0.0.6');
    expect(instance.addresses.map(({ address }) => address.text)).toEqual(['10.0.0.5']);
    expect(codes).toEqual(['KP116']);
  });

  it('the first address decides the family; the excluded list takes both', () => {
    const lines = 'virtual_ipaddress {\n10.0.0.5\nfe80::1\n}\nvirtual_ipaddress_excluded {\nfe80::2\n}';
    const { instance, codes } = instanceWith(lines);
    expect(instance.addresses.map(({ address }) => address.text)).toEqual(['10.0.0.5', 'fe80::2']);
    expect(codes).toEqual(['KP111']);
  });

  it('repeated blocks add up', () => {
    const { instance } = instanceWith('virtual_ipaddress {\n10.0.0.5\n}\nvirtual_ipaddress {\n10.0.0.6\n}');
    expect(instance.addresses).toHaveLength(2);
  });
});

describe('scripts', () => {
  const scriptOf = (lines: string) => understandText(`vrrp_script chk {\n${lines}\n}`);
  it.each([
    ['script "/usr/bin/killall -0 haproxy"', ['/usr/bin/killall', '-0', 'haproxy']],
    ['script /bin/true', ['/bin/true']],
    ['script "/bin/sh -c \'exit 0\'"', ['/bin/sh', '-c', 'exit 0']],
    ['script "/x a\\\\ b"', ['/x', 'a b']],
    ['script "</run/up"', ['test', '-r', '/run/up']],
    ['script "/x $HOME | cat"', ['/x', '$HOME', '|', 'cat']],
  ])('%j runs %j', (line, argv) => {
    expect(scriptOf(line).value.scripts[0]?.argv).toEqual(argv);
  });

  it('an unquoted command loses its arguments', () => {
    const { value, codes } = scriptOf('script /usr/bin/killall -0 haproxy');
    expect(value.scripts[0]?.argv).toEqual(['/usr/bin/killall']);
    expect(codes).toContain('KP113');
  });

  it.each([
    ['interval 2', { intervalMs: 2000, timeoutMs: 2000 }],
    ['interval 2\ntimeout 1', { intervalMs: 2000, timeoutMs: 1000 }],
    ['interval 0', { intervalMs: 1000 }],
    ['interval 0.5', { intervalMs: 1000 }],
    ['weight -300', { weight: -300 }],
    ['weight -20 reverse', { weight: -20, reverse: true }],
    ['rise 2\nfall 3', { rise: 2, fall: 3 }],
    ['user nobody nogroup', { user: { user: 'nobody', group: 'nogroup' } }],
  ])('%j', (lines, expected) => {
    expect(scriptOf(`script /bin/true\n${lines}`).value.scripts[0]).toMatchObject(expected);
  });

  it('without a command is removed, and whatever tracks it finds nothing', () => {
    const { value, codes } = understandText(
      'vrrp_script chk {\ninterval 1\n}\nvrrp_instance VI_1 {\ninterface e\nvirtual_router_id 1\ntrack_script {\nchk\n}\n}',
    );
    expect(value.scripts).toEqual([]);
    expect(value.instances[0]?.trackScripts).toEqual([]);
    expect(codes).toEqual(['KP114', 'KP112']);
  });

  it('must be defined before they are tracked', () => {
    const tracking =
      'vrrp_instance VI_1 {\ninterface e\nvirtual_router_id 1\ntrack_script {\nchk weight 5\n}\n}\n';
    const script = 'vrrp_script chk {\nscript /bin/true\nweight -3\n}\n';
    expect(understandText(tracking + script).codes).toEqual(['KP165', 'KP163']);
    expect(understandText(script + tracking).value.instances[0]?.trackScripts).toMatchObject([
      { name: 'chk', weight: 5 },
    ]);
  });
});

describe('track entries', () => {
  const script =
    'vrrp_script chk {\nscript /bin/true\nweight -20 reverse\n}\nvrrp_script other {\nscript /bin/true\n}';
  const trackedBy = (entries: string) => instanceWith(`track_script {\n${entries}\n}`, script);
  it.each([
    ['chk', [{ name: 'chk', weight: -20, reverse: true }]],
    ['chk weight 10', [{ name: 'chk', weight: 10, reverse: true }]],
    ['chk weight 10 noreverse', [{ name: 'chk', weight: 10, reverse: false }]],
    ['chk weight 254', [{ weight: 253 }]],
    ['chk weight 300', [{ weight: -20 }]],
    ['chk other', []],
    ['chk weight', []],
    ['chk reverse', []],
    ['chk weight 1\nchk weight 2', [{ weight: 1 }]],
    ['other\nchk', [{ name: 'other', weight: 0 }, { name: 'chk' }]],
  ])('%j', (entries, expected) => {
    const { instance } = trackedBy(entries);
    expect(instance.trackScripts).toHaveLength(expected.length);
    expect(instance.trackScripts).toMatchObject(expected);
  });

  it('naming the own interface is ignored', () => {
    expect(instanceWith('track_interface {\neth0\neth1 weight -5\n}').instance.trackInterfaces).toMatchObject(
      [{ name: 'eth1', weight: -5 }],
    );
  });
});

describe('nesting as the daemon has it', () => {
  it('the block of an unknown keyword closes the instance around it', () => {
    const { value, codes } = understandText(
      `vrrp_instance VI_1 {\ninterface e\nvirtual_router_id 1\nvirtual_ip {\npriority 7\n}\n${oneAddress}\n}`,
    );
    expect(value.instances[0]).toMatchObject({ priority: { value: 7 }, addresses: [] });
    expect(codes).toContain('KP101');
    expect(codes).toContain('KP102');
  });

  it('a block among entries is not said to be of an unknown keyword', () => {
    const { diagnostics } = understandText(
      'vrrp_instance VI_1 {\ntrack_script {\nvirtual_ipaddress {\n192.0.2.1\n}\n}\n}',
    );
    const found = diagnostics.find(({ code }) => code === 'KP102');
    expect(found?.detail).toContain("reads each line as an entry: 'virtual_ipaddress' too");
    expect(found?.help).toContain("before 'virtual_ipaddress'");
    expect(`${found?.summary} ${found?.detail}`).not.toMatch(/unknown|not know/);
  });

  it('a keyword of the top level is known at it, not in it', () => {
    const { diagnostics } = understandText('vrrp_instance VI_1 {\nbfd_instance x\n}');
    expect(diagnostics.find(({ code }) => code === 'KP101')?.help).toBe(
      "the daemon knows 'bfd_instance' at the top level",
    );
  });

  it('at the top level it costs only its own lines', () => {
    const { value, codes } = understandText(
      `nonsense {\na 1\n}\nvrrp_instance VI_1 {\ninterface e\nvirtual_router_id 1\n${oneAddress}\n}`,
    );
    expect(value.instances[0]?.addresses).toHaveLength(1);
    expect(codes).toEqual(['KP101']);
  });

  it('a missing { is reported and the block is read', () => {
    const { value, codes } = understandText('vrrp_instance VI_1\ninterface e\nvirtual_router_id 1\n}');
    expect(value.instances[0]?.interface.value).toBe('e');
    expect(codes).toEqual(['KP103']);
  });

  it.each(['vrrp_instance {\ninterface e\n}', 'vrrp_instance A B {\ninterface e\n}'])(
    '%j is skipped as a whole',
    (text) => {
      const { value, codes } = understandText(text);
      expect(value.instances).toEqual([]);
      expect(codes).toEqual(['KP105']);
      expect([...value.ignored.keys()]).toHaveLength(2);
    },
  );

  it('a second instance of a name is skipped, whatever stands in it', () => {
    const one =
      'vrrp_instance VI_1 {\ninterface e\nvirtual_router_id 1\nvirtual_ipaddress {\n10.0.0.5\n}\n}\n';
    const { value, codes } = understandText(one + one);
    expect(value.instances).toHaveLength(1);
    expect(codes).toEqual(['KP105']);
  });

  it('two keywords on a line are one', () => {
    expect(instanceWith('state MASTER priority 120').instance.priority.value).toBe(255);
  });
});

describe('what the daemon refuses', () => {
  it.each([
    ['vrrp_instance V {\ninterface e\n}', 'vrrp_instance V has no valid virtual_router_id'],
    [
      'vrrp_instance V {\ninterface e\nvirtual_router_id 999\n}',
      'vrrp_instance V has no valid virtual_router_id',
    ],
    ['vrrp_instance V {\nvirtual_router_id 9\n}', 'vrrp_instance V has no interface'],
    ['vrrp_instance V {\ninterface e\nvirtual_router_id 9\npriority\n}', 'priority lacks its value'],
    [
      'vrrp_instance V {\ninterface e\nvirtual_router_id 9\n}\nvrrp_instance W {\ninterface e\nvirtual_router_id 9\n}',
      'vrrp_instance W has the virtual_router_id and interface of V',
    ],
  ])('%j', (text, summary) => {
    expect(understandText(text).summaries).toContain(summary);
  });
});

describe('unknown keywords', () => {
  it.each([
    ['vrrp_instance V {\ninterface e\nvirtual_router_id 9\nvirtual_ipadress {\n}\n}', 'virtual_ipaddress'],
    ['vrrp_instance V {\ninterface e\nvirtual_router_id 9\npriorty 7\n}', 'priority'],
    ['vrrp_scipt x {\n}', 'vrrp_script'],
  ])('%j: did you mean %s', (text, meant) => {
    const { diagnostics } = understandText(text);
    expect(diagnostics.find(({ code }) => code === 'KP101')?.suggestion?.text).toBe(meant);
  });
});
