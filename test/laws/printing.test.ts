import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BraceStyle, printConfiguration } from '../../grammar/print.ts';
import { configurationOf, configurations, directive, printed, word } from './configurations.ts';
import { edited, edits } from './edits.ts';
import { astOf, meaningOf, readMeaning } from './reading-of.ts';
import { fixtureSubjects } from './subjects.ts';

const braceStyles: readonly BraceStyle[] = ['same line', 'glued', 'own line', 'one line'];
const styles = fc.record({
  indent: fc.constantFrom('', ' ', '    ', '\t', ' \t '),
  braces: fc.constantFrom(...braceStyles),
  runsOn: fc.boolean(),
});

/** Each text that the fixtures have. */
const texts = fixtureSubjects.flatMap(({ input }) =>
  input.nodes.flatMap(({ path }) => {
    const content = input.files.read(path);
    return content.kind === 'text' ? [content.text] : [];
  }),
);

describe('what the printer prints', () => {
  it('is read back as the same configuration, in every style', () => {
    fc.assert(
      fc.property(configurations, styles, (ast, style) => {
        expect(readMeaning(printConfiguration(ast, style))).toEqual(meaningOf(ast));
      }),
      { numRuns: 1500 },
    );
  });

  it('is read back as what was read of a text with whatever mistakes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...texts), edits, styles, (text, list, style) => {
        const ast = astOf(edited(text, list));
        const again = printed(ast, style);
        if (again !== undefined) expect(readMeaning(again)).toEqual(meaningOf(ast));
      }),
      { numRuns: 1500 },
    );
  });

  it('has quotes only where a word had them or needs them', () => {
    const ast = configurationOf([
      directive([word('auth_pass'), word('a#b!')]),
      directive([word('router_id'), word('lb1', true), word('lb2')]),
      directive([word('include'), word('')]),
      directive([word('notify'), word('/bin/x y')]),
    ]);
    expect(printConfiguration(ast)).toBe(
      'auth_pass "a#b!"\nrouter_id "lb1" lb2\n"include" ""\nnotify "/bin/x y"\n',
    );
  });

  it('has the braces where the style says', () => {
    const entry = directive([word('10.0.0.1')]);
    const list = directive([word('virtual_ipaddress')], [entry]);
    const ast = configurationOf([directive([word('vrrp_instance'), word('V')], [list, entry])]);
    const inStyle = (braces: BraceStyle, runsOn = false) =>
      printConfiguration(ast, { braces, runsOn, indent: ' ' });
    expect(inStyle('same line')).toBe(
      'vrrp_instance V {\n virtual_ipaddress {\n  10.0.0.1\n }\n 10.0.0.1\n}\n',
    );
    expect(inStyle('glued')).toBe('vrrp_instance V{\n virtual_ipaddress{\n  10.0.0.1\n }\n 10.0.0.1\n}\n');
    expect(inStyle('own line')).toBe(
      'vrrp_instance V\n{\n virtual_ipaddress\n {\n  10.0.0.1\n }\n 10.0.0.1\n}\n',
    );
    expect(inStyle('one line')).toBe('vrrp_instance V {\n virtual_ipaddress { 10.0.0.1 }\n 10.0.0.1\n}\n');
    expect(inStyle('same line', true)).toBe(
      'vrrp_instance V {\n virtual_ipaddress {\n  10.0.0.1\n } 10.0.0.1\n}\n',
    );
  });
});
