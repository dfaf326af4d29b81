import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

const address = 'virtual_ipaddress {\n192.0.2.10\n}';
const source = 'unicast_src_ip 192.0.2.1';
const unicast = (peer: string) => `${source}\nunicast_peer {\n${peer}\n}\n${address}`;

function codesOf(...blocks: string[]): string[] {
  const named = blocks.map(
    (lines, index) => `vrrp_instance VI_${index} {\nvirtual_router_id 51\n${lines}\n}`,
  );
  return understandText(named.join('\n')).codes.filter((code) => code === 'KP106');
}

describe('what the daemon exits at', () => {
  it.each([
    ['the loopback interface', `interface lo\n${address}`],
    ['an alias', `interface eth0:1\n${address}`],
    ['a name that no interface can have', `interface a-name-that-is-too-long\n${address}`],
    ['unicast without interface and source', `unicast_peer {\n192.0.2.2\n}\n${address}`],
    [
      'version 3 without an address',
      'interface eth0\nversion 3\nvirtual_ipaddress_excluded {\n192.0.2.10\n}',
    ],
    ['strict mode without an address', 'interface eth0\nstrict_mode'],
    ['IPv6 without an address', 'interface eth0\nversion 2\nunicast_src_ip fe80::1'],
  ])('%s', (_, lines) => {
    expect(codesOf(lines)).toEqual(['KP106']);
  });

  it('does not hold a name that is too long against an earlier one', () => {
    expect(codesOf(`interface eth0\ninterface a-name-that-is-too-long\n${address}`)).toEqual([]);
  });

  it('an IPv4 instance of version 2 may be without an address', () => {
    expect(codesOf('interface eth0')).toEqual([]);
  });
});

describe('two instances with one virtual_router_id', () => {
  const one = `interface eth0\n${address}`;
  it.each([
    ['on one interface', one, one, 1],
    ['on two interfaces', one, `interface eth1\n${address}`, 0],
    ['of two families', one, 'interface eth0\nvirtual_ipaddress {\nfe80::1\n}', 0],
    ['in two multicast groups', one, `${one}\nmcast_dst_ip 224.0.1.18`, 0],
    ['in the standard group, said or not', one, `${one}\nmcast_dst_ip 224.0.0.18`, 1],
    ['one of them unicast', one, `interface eth0\n${unicast('192.0.2.2')}`, 0],
    ['with a peer in common', unicast('192.0.2.2\n192.0.2.3'), unicast('192.0.2.3'), 1],
    ['with other peers', unicast('192.0.2.2'), unicast('192.0.2.3'), 0],
    ['from another source', unicast('192.0.2.2'), unicast('192.0.2.2').replace('2.1', '2.11'), 0],
  ])('%s', (_, first, second, conflicts) => {
    expect(codesOf(first, second)).toHaveLength(conflicts);
  });

  it.each([
    ['in nothing', '', '', false],
    ['in state', 'state MASTER\npriority 100', 'state BACKUP\npriority 100', true],
    ['in priority', 'priority 110', 'priority 90', true],
  ])('may be the files of two nodes in one if they differ %s', (_, first, second, isPasted) => {
    const text = [first, second].map(
      (lines, index) => `vrrp_instance VI_${index} {\nvirtual_router_id 51\n${lines}\n${one}\n}`,
    );
    const { diagnostics } = understandText(text.join('\n'));
    const help = diagnostics.find(({ code }) => code === 'KP106')?.help ?? '';
    expect(help).toContain('an identifier of its own');
    expect(help.includes('give each node its own file')).toBe(isPasted);
  });
});
