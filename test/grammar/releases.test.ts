import { describe, expect, it } from 'vitest';
import { readNode } from '../../grammar/reader/read-node.ts';
import { isAtLeast, optionFor, type Release, releaseNamed, series } from '../../grammar/source/release.ts';
import { memoryTree } from '../memory-tree.ts';

/** The lines that a release makes of a text, and the codes of what there is to say. */
function read(text: string, release: Release): { lines: string[]; codes: string[] } {
  const files = memoryTree({ 'keepalived.conf': text, 'a.conf': 'priority 1', 'b.conf': 'priority 2' });
  const { value, diagnostics } = readNode({ path: 'keepalived.conf', configId: 'lb1', files, release });
  const lines = value.logical.text.split('\n').filter((line) => line !== '');
  return { lines, codes: diagnostics.map(({ code }) => code) };
}

describe('a release', () => {
  it('is named by its series or by itself', () => {
    expect(series.map((name) => releaseNamed(name))).toEqual([
      '1.2.19',
      '1.3.9',
      '1.4.5',
      '2.0.20',
      '2.1.5',
      '2.2.8',
      '2.3.4',
      '2.4.3',
    ]);
    expect(releaseNamed('2.2.7')).toBe('2.2.7');
    for (const text of ['', '2', '2.9', '2.2.', '2.2.x', '2.2.7.1', 'v2.2', ' 2.2'])
      expect(releaseNamed(text), text).toBeUndefined();
  });

  it('is compared number by number', () => {
    expect(isAtLeast('2.0.20', '2.0.9')).toBe(true);
    expect(isAtLeast('2.0.9', '2.0.20')).toBe(false);
    expect(isAtLeast('2.2.7', '2.2.7')).toBe(true);
    expect(isAtLeast('1.4.5', '2.0.0')).toBe(false);
  });

  it('is asked for by its series where that stands for it or a later one', () => {
    expect(optionFor('2.3.3')).toBe('2.3');
    expect(optionFor('1.2.24')).toBe('1.2.24');
  });
});

/** A text, a release, the logical lines, and the codes; `by` says who read it so. */
const rows: readonly (readonly [by: string, Release, text: string, lines: string[], codes: string[]])[] = [
  // Comments in words.
  ['run: 1.2.13, 1.2.19', '1.2.19', 'auth_pass pa#ss !x', ['auth_pass pa#ss'], []],
  ['run: 1.2.19', '1.2.19', '# all of it\n! too\n a # b', ['a'], []],
  ['run: 2.2.7', '2.2.7', 'a b\0c\nd', ['a b', 'd'], ['KP039']],
  ['source: 2.4.0', '2.4.3', 'a b\0c\nd', ['d'], ['KP039']],
  ['run: 1.2.24', '1.2.24', 'auth_pass pa#ss', ['auth_pass pa'], ['KP056']],
  ['run: 1.3.9', '1.3.9', 'auth_pass pa!ss', ['auth_pass pa'], ['KP056']],
  // A backslash before a comment sign, in a block of a child process.
  [
    'run: 1.2.24, 1.3.9',
    '1.3.9',
    'vrrp_instance V {\nauth_pass pa\\#ss\n}',
    block('auth_pass pa\\'),
    ['KP035'],
  ],
  ['run: 2.0.20', '2.0.20', 'vrrp_instance V {\nauth_pass pa\\#ss\n}', block('auth_pass pa#ss'), []],
  ['run: 2.2.7', '2.2.7', 'vrrp_instance V {\nauth_pass pa\\#ss\n}', block('auth_pass pa'), []],
  [
    'run: 2.2.7',
    '2.2.7',
    'global_defs {\nrouter_id a\\#b\n}',
    ['global_defs', '{', 'router_id a#b', '}'],
    [],
  ],
  // A comment that ends in a backslash.
  ['run: 1.3.9', '1.3.9', 'debug 1 # x \\\n# y \\', ['debug 1'], []],
  ['run: 2.0.19, 2.2.7', '2.2.7', 'debug 1 # x \\\n# y \\', ['debug 1\\', '\\'], []],
  ['run: 2.4.3', '2.4.3', 'debug 1 # x \\\n# y \\', ['debug 1'], []],
  // Braces.
  ['run: 1.4.5', '1.4.5', 'virtual_ipaddress{ a }', ['virtual_ipaddress', '{', 'a', '}'], []],
  [
    'run: 1.2.13, 1.3.9',
    '1.3.9',
    'virtual_ipaddress { a }\nb\n}',
    ['virtual_ipaddress', '{', 'b', '}'],
    ['KP036'],
  ],
  ['run: 1.2.24, 1.3.9', '1.3.9', 'vrrp_instance VI_1{\n}', ['vrrp_instance VI_1{', '{', '}'], ['KP036']],
  ['run: 1.3.9', '1.3.9', 'priority 50 }\n} priority 60', ['priority 50 "}"', '}'], ['KP036']],
  ['run: 1.2.19', '1.2.19', 'vrrp_instance VI_1\n{\n}', ['vrrp_instance VI_1', '{', '}'], []],
  // Forms and their first releases.
  ['source: 1.3.0', '1.2.24', '@lb1 priority 1', ['@lb1 priority 1'], ['KP036']],
  ['source: 1.3.7', '1.3.6', '@^lb2 priority 1', [], ['KP036']],
  ['source: 1.3.7', '1.3.9', '@^lb2 priority 1', ['priority 1'], []],
  ['source: 1.4.0', '1.3.9', '$A=1\npriority $A', ['$A=1', 'priority $A'], ['KP036']],
  ['source: 1.4.0', '1.4.5', '$A=1\npriority $A', ['priority 1'], []],
  ['source: 1.3.8', '1.3.7', 'include {a,b}.conf', [], ['KP011', 'KP036']],
  ['source: 2.0.9', '1.4.5', '~SEQ(A,2) x$A', ['~SEQ(A,2) x$A'], ['KP036']],
  ['source: 2.0.9', '2.0.20', '~SEQ(A,2) x ${A}', ['x 1', 'x 2'], []],
  ['source: 2.1.0', '2.0.20', '~LST(A,b) x', ['~LST(A,b) x'], ['KP036']],
  ['source: 2.1.0', '2.1.5', '~LST(A,b) x ${A}', ['x b'], []],
  ['source: 2.2.0', '2.1.5', 'includer a.conf', ['includer a.conf'], ['KP036']],
  ['source: 2.2.0', '2.2.7', 'includer a.conf', ['priority 1'], []],
  // Standard definitions.
  ['source: 2.1.4', '2.1.5', 'auth_pass "a${_HASH}"', ['auth_pass "a#"'], []],
  ['source: 2.1.4', '2.0.20', 'auth_pass "a${_HASH}"', ['auth_pass "a${_HASH}"'], ['KP022']],
  ['run: 2.4.3', '2.4.3', 'priority "${_ENV P}"', ['priority ""'], ['KP037']],
  ['run: 2.2.7', '2.2.7', 'priority "${_ENV P}"', ['priority "${_ENV P}"'], ['KP022']],
  // What a substitution makes.
  ['run: 2.2.7', '2.2.7', '$A=@lb1 priority 9\n$A', ['priority 9'], []],
  ['run: 2.4.3', '2.4.3', '$A=@lb1 priority 9\n$A', ['@lb1 priority 9'], []],
  // Long lines.
  ['run: 2.2.7, 2.3.4', '2.3.4', `# ${'x'.repeat(1021)}tail`, ['tail'], ['KP031']],
  ['run: 2.4.3', '2.4.3', `a ${'x'.repeat(1020)} tail`, ['tail'], ['KP038']],
  ['run: 2.4.3', '2.4.3', `a ${'x'.repeat(1020)}`, [`a ${'x'.repeat(1020)}`], []],
];

function block(line: string): string[] {
  return ['vrrp_instance V', '{', line, '}'];
}

describe('the line reader', () => {
  it.each(rows)('reads as measured (%s) for %s: %s', (_, release, text, lines, codes) => {
    const seen = read(text, release);
    expect(seen.lines).toEqual(lines);
    expect(seen.codes).toEqual(codes);
  });

  it('says a form that the release does not read only once', () => {
    expect(read('$A=1\n$B=2\n@x y\n', '1.2.19').codes).toEqual(['KP036', 'KP036']);
  });
});
