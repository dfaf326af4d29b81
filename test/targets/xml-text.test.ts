import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentXml, isXmlText, quoteXml, quoteXmlWord } from '../../src/emit/xml-text.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireTool } from '../tools.ts';

const nasty = fc
  .array(fc.constantFrom(...'\'"\\$`<>&;#-!]]>\u0085\u2028 \t\n\r-a'), { maxLength: 12 })
  .map((characters) => characters.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), nasty, fc.constantFrom(...hostileTexts));
const writable = anyText.filter(isXmlText);

/** What xmllint reads. */
function valueIn(document: string, path: string): string {
  const options = { input: document, encoding: 'utf8' as const, stdio: 'pipe' as const };
  // It ends its output with a line feed of its own.
  return execFileSync('xmllint', ['--xpath', `string(${path})`, '-'], options).replace(/\n$/, '');
}

describe.skipIf(!requireTool('xmllint'))('xmllint', () => {
  it.each([quoteXml, quoteXmlWord])('reads every value as it was: %o', (quote) => {
    fc.assert(
      fc.property(writable, (text) => {
        expect(valueIn(`<a b=${quote(text)}/>`, '/a/@b')).toBe(text);
      }),
      { numRuns: 150 },
    );
  });

  it('takes every comment, and what follows it is no part of it', () => {
    fc.assert(
      fc.property(writable, (text) => {
        expect(valueIn(`<a>${commentXml(text)}<b c="after"/></a>`, '/a/b/@c')).toBe('after');
      }),
      { numRuns: 150 },
    );
  });

  it('refuses what is refused here', () => {
    for (const text of ['\0', '\u0001', '\u001b', '\ufffe', '\ud800']) {
      expect(() => quoteXml(text)).toThrow(/control/);
      expect(() => valueIn(`<a b="&#${text.codePointAt(0)};"/>`, '/a/@b')).toThrow();
    }
  });
});
