import { entryIn } from '../../grammar/source/table-entry.ts';
import type { EntryWords } from './entry-words.ts';
import { keepalivedFindings } from './findings.ts';
import type { ReadingLog } from './reading-log.ts';

/** A number, or a name that the host's own files must know. */
export type NamedNumber = number | string;

interface NameSpace {
  readonly what: string;
  readonly file: string;
  readonly high: number;
  /** Names that the daemon knows without the file. */
  readonly known: Readonly<Record<string, number>>;
}

/** What the daemon looks up by number or name, as in 2.2.7. */
export const routingNames = {
  table: {
    what: 'table',
    file: '/etc/iproute2/rt_tables',
    high: 4_294_967_295,
    known: { default: 253, main: 254, local: 255 },
  },
  protocol: {
    what: 'protocol',
    file: '/etc/iproute2/rt_protos',
    high: 255,
    known: {
      none: 0,
      redirect: 1,
      kernel: 2,
      boot: 3,
      static: 4,
      gated: 8,
      ra: 9,
      mrt: 10,
      zebra: 11,
      bird: 12,
      babel: 42,
      dnrouted: 13,
      xorp: 14,
      ntk: 15,
      dhcp: 16,
    },
  },
  scope: {
    what: 'scope',
    file: '/etc/iproute2/rt_scopes',
    high: 255,
    known: { global: 0, site: 200, link: 253, host: 254, nowhere: 255 },
  },
  tos: { what: 'tos', file: '/etc/iproute2/rt_dsfield', high: 255, known: {} },
  realm: { what: 'realm', file: '/etc/iproute2/rt_realms', high: 255, known: {} },
  transport: { what: 'ipproto', file: '/etc/protocols', high: 127, known: {} },
  group: { what: 'interface group', file: '/etc/iproute2/group', high: 2_147_483_647, known: {} },
} as const satisfies Record<string, NameSpace>;

/** A number as C writes it: decimal, 0x or octal; a minus sign counts down from 2^32. Undefined for anything else. */
export function parseCNumber(text: string): number | undefined {
  const match = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)$/.exec(text);
  if (!match?.[2]) return undefined;
  const digits = match[2];
  const isOctal = /^0[0-7]+$/.test(digits);
  const value = BigInt(isOctal ? `0o${digits.slice(1)}` : digits);
  return Number(BigInt.asUintN(32, match[1] === '-' ? -value : value));
}

/** The next word, looked up. A name that only the host's files can know stays one, with a message. */
export function takeNamed(words: EntryWords, space: NameSpace, log: ReadingLog): NamedNumber {
  const value = nameOrNumber(words.take(), space);
  if (value === undefined) words.drop(`${space.what} ${words.last.value} is above ${space.high}`);
  // Its lines are a number and one word, up to a #.
  else if (typeof value === 'string' && /[\s#]/.test(value))
    words.drop(`${space.what} ${value} is no name that ${space.file} can hold`);
  else reportNames([value], words, space, log);
  return value ?? 0;
}

/** FROM/TO or TO. Undefined where one of them is too large. */
export function takeRealms(words: EntryWords, log: ReadingLog): readonly NamedNumber[] | undefined {
  const text = words.take();
  const slash = text.indexOf('/');
  const parts = slash < 0 ? [text] : [text.slice(0, slash), text.slice(slash + 1)];
  const values = parts.map((part) => nameOrNumber(part, routingNames.realm));
  const usable = values.filter((value) => value !== undefined);
  if (usable.length < values.length) return undefined;
  reportNames(usable, words, routingNames.realm, log);
  return usable;
}

function nameOrNumber(text: string, space: NameSpace): NamedNumber | undefined {
  const number = parseCNumber(text);
  if (number !== undefined) return number <= space.high ? number : undefined;
  return entryIn(space.known, text) ?? text;
}

function reportNames(
  values: readonly NamedNumber[],
  words: EntryWords,
  space: NameSpace,
  log: ReadingLog,
): void {
  for (const value of values) {
    if (typeof value === 'number' || words.hasFailed) continue;
    log.warn(keepalivedFindings.hostName, {
      summary: `${space.what} ${value} must be a name that the host knows`,
      detail: `The daemon looks it up in ${space.file}. Where it is not there, the daemon ${space === routingNames.transport ? 'ignores the option' : 'drops the entry'}.`,
      at: words.last.span,
      help: `write the number, or see to it that ${space.file} has the name on every node`,
    });
  }
}
