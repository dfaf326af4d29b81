import { describe, expect, it } from 'vitest';
import { instanceWith, understandText } from './understand-text.ts';

const instance = (name: string, id: number) =>
  `vrrp_instance ${name} {\ninterface eth0\nvirtual_router_id ${id}\nvirtual_ipaddress {\n192.0.2.${id}\n}\n}`;
const namesIn = (text: string) => understandText(text).value.instances.map(({ name }) => name);

describe('blocks that the VRRP process does not read', () => {
  it('last to their own brace, whatever an unknown block in them does', () => {
    const text = `global_defs {\nunheard_of {\n${instance('INSIDE', 1)}\n}\nvrrp_version 3\n}\n${instance('AFTER', 2)}`;
    expect(namesIn(text)).toEqual(['AFTER']);
    expect(understandText(text).value.globals.vrrpVersion.value).toBe(2);
  });

  it('are no blocks without their brace, so that an instance in the next line counts', () => {
    expect(namesIn(`global_defs\n${instance('A', 1)}\n${instance('B', 2)}`)).toEqual(['A', 'B']);
    expect(namesIn(`global_defs\nrouter_id x\n}\n${instance('A', 1)}`)).toEqual(['A']);
  });

  it('are over where their braces are, even if a block in them lacks its own', () => {
    const server = 'virtual_server 192.0.2.9 80 {\nreal_server 192.0.2.8 80\nweight 3\n}\n';
    expect(namesIn(`${server}${instance('A', 1)}`)).toEqual(['A']);
    expect(namesIn(`${server}quorum 1\n}\n${instance('A', 1)}`)).toEqual(['A']);
  });
});

describe('a block that the daemon means to skip but that has no brace', () => {
  it('goes to the last one of its kind before it', () => {
    const { instances } = understandText(
      `${instance('A', 1)}\n${instance('B', 2)}\nvrrp_instance A\npriority 77\n}\n${instance('C', 3)}`,
    ).value;
    expect(instances.map(({ name, priority }) => [name, priority.value])).toEqual([
      ['A', 100],
      ['B', 77],
      ['C', 100],
    ]);
  });

  it('does not swallow the blocks behind it where there is none before it', () => {
    const text = `vrrp_instance\nvrrp_instance X {\nunheard_of { } }\n${instance('A', 1)}`;
    expect(namesIn(text)).toEqual(['A']);
  });
});

describe('words between a keyword and its brace', () => {
  it.each(['track_script chk', 'virtual_ipaddress 192.0.2.10', 'authentication PASS'])(
    'are no part of the block: %s',
    (head) => {
      const { instance: read, codes } = instanceWith(`${head} {\n}`);
      expect(codes).toContain('KP116');
      expect([...read.trackScripts, ...read.addresses]).toEqual([]);
    },
  );

  it('name a block that takes a name', () => {
    expect(understandText(instance('A', 1)).diagnostics.map(({ code }) => code)).not.toContain('KP116');
  });
});

describe('lines that make the daemon exit', () => {
  it.each([
    [
      'a route whose last option has no value',
      'virtual_routes {\n198.51.100.0/24 via 192.0.2.1 dev\n}',
      'KP104',
    ],
    ['a rule whose last option has no value', 'virtual_rules {\nfrom 192.0.2.1 table\n}', 'KP104'],
    ['a block in track_interface', 'track_interface {\neth1 {\nweight 5\n}\n}', 'KP106'],
    ['an impossible interface', 'track_interface {\neth1,eth2,eth3,eth4\n}', 'KP106'],
    ['a notify script that is missing', 'notify_master', 'KP104'],
  ])('%s', (_, lines, code) => {
    expect(instanceWith(`virtual_ipaddress {\n192.0.2.10\n}\n${lines}`).codes).toContain(code);
  });

  it.each([
    ['an address whose last option has no value', 'virtual_ipaddress_excluded {\n192.0.2.11 dev\n}'],
    ['a route that ends in a value', 'virtual_routes {\n198.51.100.0/24 via 192.0.2.1 dev dev\n}'],
    ['a notify script whose quote is not closed', 'notify_master "/bin/master'],
  ])('are not: %s', (_, lines) => {
    const { codes } = instanceWith(`virtual_ipaddress {\n192.0.2.10\n}\n${lines}`);
    expect(codes).not.toContain('KP104');
    expect(codes).not.toContain('KP106');
  });
});
