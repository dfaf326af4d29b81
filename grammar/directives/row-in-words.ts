import type { EntryToken } from './entries.ts';
import type { DirectiveSpec } from './spec.ts';

/** The keyword with its arguments and braces, as a manual would write it: `vrrp_instance <NAME> { … }`. */
export function shapeInWords({ keyword, args, body }: DirectiveSpec): string {
  return [keyword, args, body === 'nothing' ? undefined : '{ … }']
    .filter((part) => part !== undefined)
    .join(' ');
}

/** What a value must keep to: `1..255`, `at least 1; 0 becomes 1`. Undefined where anything goes. */
export function rangeInWords({ limits, range }: DirectiveSpec): string | undefined {
  const numbers =
    limits && (limits[1] === undefined ? `at least ${limits[0]}` : `${limits[0]}..${limits[1]}`);
  return [numbers, range].filter((part) => part !== undefined).join('; ') || undefined;
}

/** What the daemon does where the keyword stands twice. */
export function repeatInWords({ repeat, body }: DirectiveSpec): string {
  if (repeat === 'adds-up') return body === 'block' ? 'each block counts' : 'all of them count';
  return repeat === 'last-wins'
    ? 'the last one counts'
    : 'the first one counts; the daemon reports the others';
}

/** What the daemon does where no word follows. Undefined where none has to. */
export function missingWordInWords({ args, minArgs }: DirectiveSpec): string | undefined {
  if (minArgs > 0) return 'the daemon exits';
  return args?.startsWith('<') ? 'the daemon reports the line and ignores it' : undefined;
}

/** The releases that know it. */
export function releasesInWords({ since, until }: Pick<DirectiveSpec, 'since' | 'until'>): string {
  const from = since.startsWith('<=')
    ? `${since.slice(2)} or before`
    : since.startsWith('>')
      ? `after ${since.slice(1)}`
      : since;
  return until === undefined ? `since ${from}` : `from ${from} to ${until}`;
}

/** A word of an entry with its other spellings and its argument: `brd|broadcast <ADDR> | + | -`. */
export function tokenShape({ token, aliases = [], prefixes, argument }: EntryToken): string {
  const before = prefixes && `[${prefixes.join('|')}]`;
  return [[token, ...aliases].join('|'), before, argument].filter((part) => part !== undefined).join(' ');
}

/** What such a word means, with its default and its release. */
export function tokenInWords({ meaning, default: standard, since }: EntryToken): string {
  const facts = [standard && `default: ${standard}`, since && `since ${since}`].filter(Boolean);
  return facts.length === 0 ? meaning : `${meaning} (${facts.join('; ')})`;
}
