/** A word with a meaning in an entry, and what must follow it. */
export interface EntryToken {
  readonly token: string;
  readonly aliases?: readonly string[];
  /**
   * How many words follow. `encapsulation`: a type and its attributes; `rest`: everything to the end of the line.
   */
  readonly takes: 0 | 1 | 'encapsulation' | 'rest';
  /** The argument as a manual would write it. */
  readonly argument?: string;
  /** Words that may stand between the token and its argument. */
  readonly prefixes?: readonly string[];
  /** Of an encapsulation: by its type, the names of the pairs that follow; a type without names takes one value. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
  readonly default?: string;
  readonly since?: string;
  readonly meaning: string;
}

/** What one line of an entry block may hold. */
export interface EntryShape {
  /** The whole entry, as a manual would write it. */
  readonly form: string;
  /** The word that must come first; absent where the order is free. */
  readonly first?: string;
  readonly tokens: readonly EntryToken[];
  /** What the daemon does with any other word. */
  readonly unknownWord:
    | 'is ignored'
    | 'drops the entry'
    | 'is the destination'
    | 'is the port'
    | 'is a delay';
  readonly notes?: string;
}

type TokenFacts = Partial<Pick<EntryToken, 'aliases' | 'default' | 'prefixes' | 'since'>>;

/** A token that stands alone. */
export function token(name: string, meaning: string, facts?: TokenFacts): EntryToken {
  return { token: name, takes: 0, meaning, ...facts };
}

/** A token with one word after it. */
export function oneWord(name: string, argument: string, meaning: string, facts?: TokenFacts): EntryToken {
  return { token: name, takes: 1, argument, meaning, ...facts };
}
