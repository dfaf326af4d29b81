import fc from 'fast-check';
import type { Block, ConfigurationAst, Directive, Statement, Word } from '../../grammar/ast/nodes.ts';
import { type EntryToken, entryShapes } from '../../grammar/directives/entries.ts';
import { rootTable } from '../../grammar/directives/index.ts';
import type {
  ArgumentType,
  DirectiveSpec,
  DirectiveTable,
  EntryKind,
} from '../../grammar/directives/spec.ts';
import { lineOfWords, printConfiguration } from '../../grammar/print.ts';
import type { Span } from '../../grammar/source/span.ts';

// Whole configurations out of the directive tables: keywords in their blocks, arguments of their shapes, entries of theirs,
// and now and then a word that nobody expects.

const nowhere: Span = { file: '', line: 1, column: 1, endLine: 1, endColumn: 1 };

export function word(value: string, quoted = false): Word {
  return { value, quoted, span: nowhere };
}

export function directive(words: readonly [Word, ...Word[]], statements?: readonly Statement[]): Directive {
  const must = words.map((given) => ({ ...given, quoted: lineOfWords([given]).startsWith('"') }));
  const [first = words[0], ...rest] = must;
  const block: Block | undefined = statements && { open: nowhere, close: nowhere, statements };
  const text = lineOfWords([first, ...rest]);
  return { kind: 'directive', words: [first, ...rest], text, span: nowhere, ...(block && { block }) };
}

export function configurationOf(statements: readonly Statement[]): ConfigurationAst {
  return { kind: 'configuration', statements };
}

const names = fc.constantFrom('VI_1', 'VI_2', 'VI_WEB', 'chk', 'chk_http', 'G1', 'bfd1');
const interfaces = fc.constantFrom('eth0', 'eth1', 'bond0.12', 'lo', 'eth0:1');
const addresses = fc.oneof(
  { weight: 4, arbitrary: fc.nat(300).map((last) => `192.0.2.${last}`) },
  fc.constantFrom(
    '10.0.0.5/24',
    '2001:db8::7/64',
    'fe80::1',
    '224.0.0.18',
    '::ffff:192.0.2.1',
    '10.1',
    '0/0',
  ),
);
const numbers = fc.oneof(
  { weight: 4, arbitrary: fc.nat(300).map(String) },
  fc.constantFrom('0', '-1', '255', '256', '0x10', '1.5', '.5', '65536', '4294967296', '1e3', '+7', '12abc'),
);
/** What nobody expects; no word of a text holds a quote or a line feed. */
export const hostileWords: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '#',
    '!',
    '{',
    '}',
    'a#b',
    'a!b',
    '\\',
    'a\\',
    '$',
    '$X',
    '${X',
    '@lb1',
    '~SEQ(i,3)',
  ),
  fc.constantFrom(
    'include',
    'include x',
    '\u00a0',
    '\u2028',
    '__proto__',
    'constructor',
    '\ufeff',
    '`id`',
    "'",
  ),
  fc.constantFrom(
    '$(id)',
    '../../x',
    '-',
    '--',
    '%s%n',
    '„VI_1“',
    '<<<<<<<',
    '=',
    ';',
    'a\tb',
    '\u0007',
    '\x1b[2J',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/["\n\r\0]/g, '')),
);
const commands = fc.constantFrom(
  '/bin/true',
  '/usr/bin/killall -0 haproxy',
  "/bin/sh -c 'exit 1'",
  '</etc/x',
  'true',
);

function valuesOf(type: ArgumentType): fc.Arbitrary<string> {
  switch (type) {
    case 'bool':
      return fc.constantFrom('on', 'off', 'true', 'false', 'yes', 'no', 'maybe');
    case 'addr':
      return addresses;
    case 'script':
    case 'path':
      return commands;
    case 'string':
    case 'user':
    case 'list':
    case 'regex':
      return fc.oneof(names, interfaces);
    case 'enum':
    case 'tokens':
      return fc.oneof(
        names,
        addresses,
        fc.constantFrom('MASTER', 'BACKUP', 'PASS', 'AH', 'rr', 'TCP', 'NAT'),
      );
    default:
      return numbers;
  }
}

/** Now and then another word than the one that belongs there. */
function mostly(usual: fc.Arbitrary<string>): fc.Arbitrary<Word> {
  const value = fc.oneof(
    { weight: 30, arbitrary: usual },
    { weight: 1, arbitrary: hostileWords },
    { weight: 1, arbitrary: numbers },
  );
  return fc.tuple(value, fc.nat(9)).map(([text, die]) => word(text, die === 0));
}

function argumentsOf({ keyword, type, args = '', minArgs }: DirectiveSpec): fc.Arbitrary<Word[]> {
  if (type === 'flag') return fc.constant([]);
  if (/interface$/.test(keyword)) return fc.tuple(mostly(interfaces));
  const values = /^<NAME>/.test(args) ? names : valuesOf(type);
  const most = type === 'tokens' || type === 'list' ? 3 : 1;
  const usual = fc.array(mostly(values), {
    minLength: Math.max(minArgs, args.startsWith('<') ? 1 : 0),
    maxLength: most,
  });
  return fc.oneof(
    { weight: 20, arbitrary: usual },
    { weight: 1, arbitrary: fc.array(mostly(values), { maxLength: 4 }) },
  );
}

function entryTokens({ token, takes, argument = '' }: EntryToken): fc.Arbitrary<Word[]> {
  if (takes === 0) return fc.constant([word(token)]);
  const values = /ADDR|DST/.test(argument) ? addresses : /IF/.test(argument) ? interfaces : numbers;
  return mostly(values).map((value) => [word(token), value]);
}

function entriesOf(kind: EntryKind): fc.Arbitrary<Statement> {
  const shape = entryShapes[kind];
  const firsts = { track: names, linkbeat: interfaces, 'interface-delay': interfaces } as const;
  const first = mostly((firsts as Partial<Record<EntryKind, fc.Arbitrary<string>>>)[kind] ?? addresses);
  const options = shape.tokens.map(entryTokens);
  const rest = options.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...options), { maxLength: 3 });
  return fc.tuple(first, rest).map(([head, more]) => directive([head, ...more.flat()]));
}

const statementsOfTable = new Map<DirectiveTable, fc.Arbitrary<Statement>>();

function statementsIn(table: DirectiveTable): fc.Arbitrary<Statement> {
  const known = statementsOfTable.get(table);
  if (known) return known;
  const rows = table.map((spec) => ({ weight: weights[spec.keyword] ?? 1, arbitrary: statementOf(spec) }));
  const stranger = fc
    .tuple(hostileWords, fc.array(mostly(names), { maxLength: 2 }))
    .map(([keyword, rest]) => directive([word(keyword), ...rest]));
  const made = fc.oneof(...rows, { weight: 1, arbitrary: stranger });
  statementsOfTable.set(table, made);
  return made;
}

/** What real files are made of. */
const weights: Readonly<Record<string, number>> = {
  vrrp_instance: 60,
  vrrp_script: 20,
  vrrp_sync_group: 10,
  global_defs: 5,
  virtual_ipaddress: 15,
  track_script: 10,
  track_interface: 5,
  authentication: 5,
  state: 5,
  priority: 5,
  nopreempt: 5,
};

/** Without these an instance or a script is none. */
const usualInside: Readonly<Record<string, readonly string[]>> = {
  vrrp_instance: ['interface', 'virtual_router_id', 'priority', 'virtual_ipaddress'],
  vrrp_script: ['script', 'interval'],
  vrrp_sync_group: ['group'],
  authentication: ['auth_type', 'auth_pass'],
};

function statementOf(spec: DirectiveSpec): fc.Arbitrary<Statement> {
  const head = argumentsOf(spec);
  const make = (inside: fc.Arbitrary<Statement[]>) =>
    fc.tuple(head, inside).map(([rest, statements]) => directive([word(spec.keyword), ...rest], statements));
  if (spec.body === 'nothing') return head.map((rest) => directive([word(spec.keyword), ...rest]));
  if (spec.body === 'words')
    return make(
      fc.array(
        mostly(names).map((name) => directive([name])),
        { maxLength: 4 },
      ),
    );
  if (spec.entry) return make(fc.array(entriesOf(spec.entry), { maxLength: 4 }));
  const table = spec.children ?? [];
  const usual = (usualInside[spec.keyword] ?? []).flatMap((keyword) =>
    table.filter((row) => row.keyword === keyword).map((row) => fc.option(statementOf(row), { freq: 30 })),
  );
  const more = table.length === 0 ? fc.constant([]) : fc.array(statementsIn(table), { maxLength: 5 });
  return make(
    fc
      .tuple(fc.tuple(...usual), more)
      .map(([first, rest]) => [...first.flatMap((given) => (given ? [given] : [])), ...rest]),
  );
}

/** Configurations of one node, of those that a text can say. */
export const configurations: fc.Arbitrary<ConfigurationAst> = fc
  .array(statementsIn(rootTable), { maxLength: 6 })
  .map(configurationOf)
  .filter((ast) => printed(ast) !== undefined);

/** The text of a configuration, or undefined where none says it, as after a backslash that hides a quote. */
export function printed(...parameters: Parameters<typeof printConfiguration>): string | undefined {
  try {
    return printConfiguration(...parameters);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
