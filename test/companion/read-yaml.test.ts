import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCompanion } from '../../src/companion/read-companion.ts';
import { maxCharacters, readYaml } from '../../src/companion/read-yaml.ts';
import type { YamlValue } from '../../src/companion/yaml-value.ts';

const read = (text: string) => readYaml(text, 'kp2pcm.yaml');
const found = (text: string) =>
  read(text).diagnostics.map(({ code, at }) => (at ? `${code} ${at.line}:${at.column}` : code));

function plainOf(value: YamlValue | undefined): unknown {
  if (!value) return undefined;
  if (value.kind === 'scalar') return value.text;
  if (value.kind === 'list') return value.items.map(plainOf);
  return Object.fromEntries(value.entries.map(({ key, value: inner }) => [key, plainOf(inner)]));
}

describe('a YAML document', () => {
  it('keeps every scalar as the text that stands there', () => {
    const text = 'a: 4.10\nb: yes\nc: 0x1F\nd: ~\ne:\nf: "5"\ng: 12:30\nh: 010\n';
    expect(plainOf(read(text).value)).toEqual({
      ...{ a: '4.10', b: 'yes', c: '0x1F', d: '~', e: '', f: '5', g: '12:30', h: '010' },
    });
  });

  it.each([
    ['line ends of Windows', 'a: 1\r\nb: [x,\r\n  y]\r\n', { a: '1', b: ['x', 'y'] }],
    ['a byte order mark', '\uFEFFa: 1\n', { a: '1' }],
    ['JSON', '{"a": {"b": [1, true]}}', { a: { b: ['1', 'true'] } }],
    [
      'anchors and aliases',
      'a: &x {b: 1}\nc: *x\nd: [*x]\n',
      { a: { b: '1' }, c: { b: '1' }, d: [{ b: '1' }] },
    ],
    ['an anchor that is given anew', 'a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: '1', b: '1', c: '2', d: '2' }],
    ['a text over several lines', 'a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['a tag that says what is so anyway', 'a: !!str 5\n', { a: '5' }],
    [
      'keys that every object has',
      '__proto__: 1\nconstructor: 2\n',
      Object.fromEntries([
        ['__proto__', '1'],
        ['constructor', '2'],
      ]),
    ],
  ])('with %s is read', (_what, text, value) => {
    expect(found(text)).toEqual([]);
    expect(plainOf(read(text).value)).toEqual(value);
  });

  it.each(['', '\n', '# nothing\n', '---\n'])(
    'without content (%j) has no value, and that is no error',
    (text) => {
      expect(found(text)).toEqual([]);
      expect(readCompanion(text, 'kp2pcm.yaml').value).toEqual({
        ...{ file: 'kp2pcm.yaml', cluster: {}, nodes: [], services: [] },
      });
    },
  );

  it.each([
    ['a tab at the start of a line', 'a:\n\tb: c\n', ['KP431 2:1']],
    ['an open bracket', 'a: [1, 2\nb: c\n', ['KP431 1:4']],
    ['an open quote', 'a: "x\n', ['KP431 1:4']],
    ['a colon in a value', 'a: b: c\n', ['KP431 1:4']],
    ['a value that begins with a sign of YAML', 'a: @x\n', ['KP431 1:4']],
    ['two mistakes on two lines', 'a: @x\nb: `y`\n', ['KP431 1:4', 'KP431 2:4']],
    ['a key twice', 'a: 1\nb: 2\na: 3\n', ['KP435 3:1']],
    ['a key twice in braces', 'a: {b: 1, b: 2}\n', ['KP435 1:11']],
    ['a second document', 'a: 1\n---\nb: 2\n', ['KP436 2:1']],
    ['a tag', 'a: !secret x\n', ['KP436 1:12']],
    ['a merge key', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['KP436 3:3']],
    ['a key that is a list', '? [a]\n: b\n', ['KP436 1:3']],
    ['an alias of nothing', 'a: *x\n', ['KP436 1:4']],
    ['an alias within what it names', 'a: &x [1, *x]\n', ['KP436 1:11']],
    ['nesting without end', '['.repeat(50_000), ['KP436']],
    ['nesting in lines', '- '.repeat(50_000), ['KP436']],
    [
      'nesting by indentation',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}k:`).join('\n'),
      ['KP436'],
    ],
    ['more than a companion file has', `a: ${'x'.repeat(maxCharacters)}`, ['KP430']],
  ])('with %s is refused at its place', (_what, text, codes) => {
    expect(found(text)).toEqual(codes);
  });

  it('with aliases of aliases of aliases is refused in no time', () => {
    const levels = Array.from({ length: 20 }, (_, level) =>
      level === 0 ? 'l0: &l0 [x, x]' : `l${level}: &l${level} [*l${level - 1}, *l${level - 1}]`,
    );
    const start = performance.now();
    expect(found(`${levels.join('\n')}\n`).map((entry) => entry.slice(0, 5))).toEqual(['KP436']);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('of any text gives a value or an error, and no exception', () => {
    const signs = fc.constantFrom(...'ab:-[]{}"\'|>&*!%@#,?\n\n  \t\r\0\\~<');
    const piece = fc.oneof(
      signs,
      fc.constantFrom('a: ', '- ', '\n  ', '&x ', '*x', '<<: ', '---\n', '!!str '),
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (given) => {
        const { value, diagnostics } = readCompanion(given, 'kp2pcm.yaml');
        expect(value === undefined).toBe(diagnostics.length > 0);
        for (const { at } of diagnostics) if (at) expect(at.line).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
