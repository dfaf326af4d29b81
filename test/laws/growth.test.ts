import { beforeAll, describe, expect, it } from 'vitest';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { Coverage } from '../fuzz/coverage.ts';
import { codesOf, translateAlone } from '../memory-tree.ts';

const times = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const instance = (inside: string, index = 0, addresses = `10.${index >> 8}.${index & 255}.1/8\n`) =>
  `vrrp_instance V${index} {
interface eth${index >> 7}
virtual_router_id ${(index & 127) + 1}
virtual_ipaddress {
${addresses}}
${inside}}
`;

/** Texts of so many parts, each of them heavy in its own way. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  'closing braces': (count) => '}\n'.repeat(count),
  'empty blocks': (count) => '{\n}\n'.repeat(count),
  'braces in one line': (count) => `${'{}'.repeat(count)}\n`,
  'unknown keywords': (count) => times(count + 300, (index) => `unknown${index} x\n`),
  'unknown blocks': (count) => times(count + 300, (index) => `unknown${index} {\na\n}\n`),
  comments: (count) => '# comment\n'.repeat(count),
  definitions: (count) =>
    times(count, (index) => `$D${index}=${index}\n`) +
    instance(times(count, (index) => `priority $D${index}\n`)),
  'rounds of ~SEQ': (count) => `~SEQ(i, 1, ${count}) router_id $i\n`,
  'missing includes': (count) => times(count, (index) => `include x${index}\n`),
  'a long line': (count) => `x ${'a '.repeat(20 * count)}\n`,
  'one long word': (count) => `x ${'a'.repeat(40 * count)}\n`,
  'addresses of one instance': (count) =>
    instance(
      '',
      0,
      times(count, (index) => `10.${index >> 8}.${index & 255}.1/8\n`),
    ),
  'tracked scripts of one instance': (count) =>
    times(count, (index) => `vrrp_script c${index} {\nscript "/bin/true"\n}\n`) +
    instance(`track_script {\n${times(count, (index) => `c${index}\n`)}}\n`),
  'tracked interfaces of one instance': (count) =>
    instance(`track_interface {\n${times(count, (index) => `e${index}\n`)}}\n`),
  'scripts of one name': (count) => times(count, () => 'vrrp_script c {\nscript "/bin/true"\n}\n'),
  instances: (count) => times(count, (index) => instance('', index)),
  'instances with scripts of their own': (count) =>
    times(count, (index) => `vrrp_script c${index} {\nscript "/bin/true"\n}\n`) +
    times(count, (index) => instance(`track_script {\nc${index}\n}\n`, index)),
  'instances of one sync group': (count) =>
    times(count, (index) => instance('', index)) +
    `vrrp_sync_group G {\ngroup {\n${times(count, (index) => `V${index}\n`)}}\n}\n`,
  'sync groups': (count) =>
    times(count, (index) => instance('', index)) +
    times(count, (index) => `vrrp_sync_group G${index} {\ngroup {\nV${index}\n}\n}\n`),
  passwords: (count) =>
    times(count, (index) => instance(`authentication {\nauth_type PASS\nauth_pass pw${index}xx\n}\n`, index)),
  'virtual servers': (count) =>
    times(count, (index) => `virtual_server 10.3.${index >> 8}.${index & 255} 80 {\nlb_algo rr\n}\n`) +
    instance(''),
};

describe('an expansion without end', () => {
  it.each([
    ['a definition that doubles itself', '$A=x $B\n$B=$A $A\n$A\n', 'KP020'],
    ['a sequence within a sequence', '~SEQ(i, 1, 900000) ~SEQ(j, 1, 900000) a\n', 'KP032'],
    [
      'definitions that double the one before',
      `$A0=xxxxxxxx\n${times(40, (index) => `$A${index + 1}=\${A${index}}\${A${index}}\n`)}$A40\n`,
      'KP020',
    ],
  ])('ends in an error: %s', (_what, text, code) => {
    expect(codesOf(translateAlone(text))).toContain(code);
  });
});

describe('the work of a translation', () => {
  let coverage: Coverage;
  beforeAll(() => {
    coverage = new Coverage();
  });

  /** How many blocks of code run for a text: the same on every machine, however busy it is. */
  function workFor(text: string): number {
    coverage.work();
    const { plan } = translateAlone(text);
    if (plan) emitArtefacts(plan);
    return coverage.work();
  }

  it.each(Object.entries(texts))('grows no faster than the text: %s', (_what, make) => {
    const [small, large] = [workFor(make(300)), workFor(make(1200))];
    expect(small).toBeGreaterThan(0);
    expect(large / small).toBeLessThan(5.5);
  });
});
