import type { ArgumentType, DirectiveSpec, DirectiveTable, EntryKind } from './spec.ts';

/** What a row says beside its keyword, its first release and its meaning, where it is not the usual. */
type Facts = Partial<
  Pick<
    DirectiveSpec,
    | 'args'
    | 'minArgs'
    | 'default'
    | 'range'
    | 'repeat'
    | 'until'
    | 'deprecated'
    | 'aliasOf'
    | 'notes'
    | 'type'
  >
>;

/** A keyword that stands alone and is off unless it is there. */
export function flag(keyword: string, since: string, meaning: string, facts?: Facts): DirectiveSpec {
  return {
    keyword,
    body: 'nothing',
    type: 'flag',
    minArgs: 0,
    default: 'off',
    repeat: 'last-wins',
    since,
    meaning,
    ...facts,
  };
}

/** A keyword with an optional boolean; alone it means true. */
export function bool(keyword: string, since: string, meaning: string, facts?: Facts): DirectiveSpec {
  return {
    keyword,
    body: 'nothing',
    type: 'bool',
    args: '[BOOL]',
    minArgs: 0,
    default: 'false',
    repeat: 'last-wins',
    since,
    meaning,
    ...facts,
  };
}

/** A keyword with words after it. One of them is needed unless `args` begins with a square bracket. */
export function value(
  keyword: string,
  args: string,
  type: ArgumentType,
  since: string,
  meaning: string,
  facts?: Facts,
): DirectiveSpec {
  const minArgs = args.startsWith('[') ? 0 : 1;
  return { keyword, body: 'nothing', type, args, minArgs, repeat: 'last-wins', since, meaning, ...facts };
}

/** A keyword with a command, its user and its group; the daemon reports and ignores a second one. */
export function script(keyword: string, since: string, meaning: string, facts?: Facts): DirectiveSpec {
  const usual: Facts = { default: 'none', repeat: 'first-wins' };
  return value(keyword, '<SCRIPT> [USER [GROUP]]', 'script', since, meaning, { ...usual, ...facts });
}

/** A keyword with keywords in braces. Blocks of one name add up. */
export function block(
  keyword: string,
  children: DirectiveTable,
  since: string,
  meaning: string,
  facts?: Facts,
): DirectiveSpec {
  return { keyword, body: 'block', ...blockHead(facts), since, meaning, children, ...facts };
}

/** A keyword with one entry a line in braces. Blocks of one name add up. */
export function entries(
  keyword: string,
  entry: EntryKind,
  since: string,
  meaning: string,
  facts?: Facts,
): DirectiveSpec {
  return { keyword, body: 'entries', ...blockHead(facts), since, meaning, entry, ...facts };
}

/** A keyword with words in braces, where line breaks do not matter. */
export function wordList(keyword: string, since: string, meaning: string, facts?: Facts): DirectiveSpec {
  return { keyword, body: 'words', ...blockHead(facts), since, meaning, ...facts };
}

function blockHead(facts: Facts | undefined): Pick<DirectiveSpec, 'type' | 'minArgs' | 'repeat'> {
  return facts?.args === undefined
    ? { type: 'none', minArgs: 0, repeat: 'adds-up' }
    : { type: 'string', minArgs: 1, repeat: 'adds-up' };
}
