import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

/** Words that every object of the language answers to: a table asked without care finds something under each. */
const words = ['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty'];

/** Places where a word of the author is looked up in a table. */
const places: Readonly<Record<string, (word: string) => string>> = {
  definition: (word) => `interface $${word}`,
  'definition in braces': (word) => `interface \${${word}}`,
  keyword: (word) => `${word} 1`,
  'option of an address': (word) => `virtual_ipaddress {\n192.0.2.1 ${word} 1\n}`,
  'option of a route': (word) => `virtual_routes {\n192.0.2.0/24 via 192.0.2.1 ${word} 1\n}`,
  'option of a nexthop': (word) => `virtual_routes {\n192.0.2.0/24 nexthop via 192.0.2.1 ${word} 1\n}`,
  'preference of a route': (word) => `virtual_routes {\n2001:db8::/64 via 2001:db8::1 pref ${word}\n}`,
  encapsulation: (word) => `virtual_routes {\n192.0.2.0/24 encap ip ${word} 1 dev eth0\n}`,
  'type of an encapsulation': (word) => `virtual_routes {\n192.0.2.0/24 encap ${word} 1 dev eth0\n}`,
  'option of a rule': (word) => `virtual_rules {\nfrom 192.0.2.7 ${word} 1 table 5\n}`,
  'table of a rule': (word) => `virtual_rules {\nfrom 192.0.2.7 table ${word}\n}`,
  scheduler: (word) => `}\nvirtual_server 192.0.2.1 80 {\nlb_algo ${word}\nmh-port`,
};

const readings = Object.entries(places).flatMap(([place, text]) =>
  words.map((word): [string, string, string] => [place, word, text(word)]),
);

describe('a word that objects of the language answer to', () => {
  it.each(readings)('is as any other word: as %s, %s', (_place, word, text) => {
    const other = 'xyz_1';
    const read = understandText(`vrrp_instance VI_1 {\n${text}\n}\n`);
    const asAny = understandText(`vrrp_instance VI_1 {\n${text.replaceAll(word, other)}\n}\n`);
    expect(codesOf(read)).toEqual(codesOf(asAny));
  });
});

function codesOf({ diagnostics }: ReturnType<typeof understandText>): string[] {
  return diagnostics.map(({ code, at }) => `${code} ${at?.line}`);
}
