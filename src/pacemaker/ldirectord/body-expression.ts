import type { CheckedUrl } from '../../keepalived/checker-configuration.ts';
import type { Losses } from './losses.ts';

/** Options of PCRE2 that Perl spells within an expression. */
const letters: Readonly<Record<string, string>> = {
  caseless: 'i',
  multiline: 'm',
  dotall: 's',
  extended: 'x',
};

/** What the body must match, for Perl; empty: anything. */
export function bodyExpression({ regex, directive }: CheckedUrl, losses: Losses): string {
  if (!regex) return '';
  if (!/^[^"#\t\r\n]*$/.test(regex.pattern)) {
    losses.line(directive, 'regex', 'the file of ldirectord cannot hold this expression');
    return '';
  }
  const known = regex.options.filter((option) => Object.hasOwn(letters, option));
  if (known.length < regex.options.length)
    losses.line(directive, 'regex_options', 'Perl has no such option of an expression');
  if (regex.minOffset > 0) losses.line(directive, 'regex_min_offset', 'ldirectord looks at the whole page');
  if (regex.maxOffset !== undefined)
    losses.line(directive, 'regex_max_offset', 'ldirectord looks at the whole page');
  const flags = known.map((option) => letters[option]).join('');
  const pattern = flags === '' ? regex.pattern : `(?${flags})${regex.pattern}`;
  return regex.noMatch ? `\\A(?![\\s\\S]*(?:${pattern}))` : pattern;
}
