import type { Release } from '../source/release.ts';

/** The shape of a directive's argument, which decides how its value is read. */
export type ArgumentType =
  | 'flag'
  | 'bool'
  | 'uint'
  | 'int'
  | 'uint seconds'
  | 'uint microseconds'
  | 'uint bytes'
  | 'uints'
  | 'timer seconds'
  | 'milliseconds'
  | 'hex'
  | 'bits'
  | 'mask'
  | 'enum'
  | 'enum or uint'
  | 'string'
  | 'addr'
  | 'path'
  | 'script'
  | 'user'
  | 'regex'
  | 'list'
  | 'tokens'
  | 'none';

/**
 * What follows a keyword's line. `block`: keywords in braces. `entries`: one entry a line in braces.
 * `words`: words in braces, line breaks do not matter. `nothing`: no braces.
 */
export type Body = 'block' | 'entries' | 'words' | 'nothing';

/** The shapes of entries in braces; `entries.ts` tells what each may hold. */
export type EntryKind =
  | 'address'
  | 'route'
  | 'rule'
  | 'track'
  | 'unicast-peer'
  | 'virtual-server-group'
  | 'linkbeat'
  | 'interface-delay';

/** What a repeat does: the last wins (the daemon's habit), the first wins with a message, or they add up. */
export type Repeat = 'last-wins' | 'first-wins' | 'adds-up';

export type Limits = readonly [low: number, high?: number];

/** One keyword of keepalived.conf in one block. The tables of these are what the whole program knows of the language. */
export interface DirectiveSpec {
  readonly keyword: string;
  readonly body: Body;
  readonly type: ArgumentType;
  /** The arguments as a manual would write them: `<UINT>`, `[BOOL]`. */
  readonly args?: string;
  /**
   * At least this many words must follow, or the daemon exits. Where `args` begins with `<` and this is 0, the daemon
   * reports that the word is missing, ignores the line and runs (measured with 2.2.7).
   */
  readonly minArgs: number;
  readonly default?: string;
  /** The least and, where there is one, the greatest number that the daemon takes, in the unit of `type`. */
  readonly limits?: Limits;
  /** What else its value must keep to, in words. */
  readonly range?: string;
  readonly repeat: Repeat;
  /** First release that knows it; `<=1.2.1` is the oldest looked at, `>2.4.3` is not yet released. */
  readonly since: string;
  /** Last release that knows it; absent where the newest one does. */
  readonly until?: Release;
  readonly deprecated?: true;
  /** The keyword it is another spelling of. */
  readonly aliasOf?: string;
  readonly notes?: string;
  readonly meaning: string;
  /** The keywords of its block, when `body` is `block`. */
  readonly children?: DirectiveTable;
  /** The shape of its lines, when `body` is `entries`. */
  readonly entry?: EntryKind;
}

export type DirectiveTable = readonly DirectiveSpec[];
