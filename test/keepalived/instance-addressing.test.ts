import { describe, expect, it } from 'vitest';
import { instanceWith } from './understand-text.ts';

const ipv4 = 'virtual_ipaddress {\n192.0.2.10\n}';
const ipv6 = 'virtual_ipaddress {\nfe80::10\n}';

function addressesWith(lines: string): string[] {
  return instanceWith(lines).instance.addresses.map(({ address }) => address.text);
}

describe('the family of an instance', () => {
  it.each([
    [`unicast_src_ip 192.0.2.1\n${ipv6}`, 'ipv4', []],
    [`${ipv6}\nunicast_src_ip 192.0.2.1`, 'ipv6', ['fe80::10']],
    [`unicast_peer {\nfe80::2\n}\n${ipv4}`, 'ipv6', []],
    [`mcast_dst_ip ff02::12\n${ipv4}`, 'ipv6', []],
    [`native_ipv6\n${ipv4}`, 'ipv6', []],
    [`${ipv4}\nnative_ipv6`, 'ipv4', ['192.0.2.10']],
    [`virtual_ipaddress_excluded {\nfe80::9\n}\n${ipv4}`, 'ipv4', ['192.0.2.10', 'fe80::9']],
    ['virtual_ipaddress_excluded {\nfe80::9\n}', 'ipv4', ['fe80::9']],
  ])('of %j is %s, as its first line with a family says', (lines, family, addresses) => {
    expect(instanceWith(lines).instance.family).toBe(family);
    expect(addressesWith(lines)).toEqual(addresses);
  });

  it('drops peers of the other family', () => {
    const { instance, codes } = instanceWith(`${ipv4}\nunicast_peer {\nfe80::2\n192.0.2.2\n}`);
    expect(instance.unicastPeers.map(({ address }) => address.text)).toEqual(['192.0.2.2']);
    expect(codes).toContain('KP110');
  });
});

describe('the version of an instance', () => {
  it.each([
    [`version 2\n${ipv6}`, 2],
    [`${ipv6}\nversion 2`, 3],
    [`strict_mode\nversion 2\n${ipv6}`, 3],
    [`version 3\nversion 2\n${ipv4}`, 3],
    [`version 2\nversion 3\n${ipv4}`, 2],
    [`native_ipv6\nversion 2\n${ipv6}`, 3],
    [`version 4\nversion 3\n${ipv4}`, 3],
  ])('of %j is %i: the first that is not refused counts', (lines, version) => {
    expect(instanceWith(lines).instance.version.value).toBe(version);
  });
});

describe('the source of adverts', () => {
  it.each([
    ['unicast_src_ip 192.0.2.1\nmcast_src_ip 192.0.2.2', '192.0.2.2'],
    ['mcast_src_ip 192.0.2.2\nunicast_src_ip 192.0.2.1', '192.0.2.1'],
    ['mcast_src_ip 192.0.2.1/24', '192.0.2.1'],
    ['unicast_src_ip 192.0.2.1\nunicast_src_ip nowhere', undefined],
    ['unicast_src_ip 192.0.2.1\nmcast_src_ip fe80::1', undefined],
    ['use_ipvlan 192.0.2.9/24', '192.0.2.9'],
    ['use_ipvlan 192.0.2.9/24\nunicast_src_ip 192.0.2.1', '192.0.2.1'],
  ])('of %j is %s', (lines, source) => {
    expect(instanceWith(`${lines}\n${ipv4}`).instance.sourceAddress.value?.text).toBe(source);
  });

  it('a peer may have a prefix length or a range after it, which do not count', () => {
    const { instance } = instanceWith(`unicast_peer {\n192.0.2.2/24\n192.0.2.3-9\n192.0.2.300\n}\n${ipv4}`);
    expect(instance.unicastPeers.map(({ address }) => address.text)).toEqual(['192.0.2.2', '192.0.2.3']);
  });
});
