/**
 * A word of an emitted command. A `VariableWord` is a value that the reader of a script may change:
 * the script holds it in a shell variable whose default is `value`.
 */
export type CommandWord = string | VariableWord;

export interface VariableWord {
  /** Name of the shell variable. */
  readonly variable: string;
  /** Its default. */
  readonly value: string;
  /** Literal text after it, in the same word: `=150` in `"$NODE2=150"`. */
  readonly suffix: string;
  /** Literal text before it, in the same word. */
  readonly prefix?: string;
}

/** A command before it is flattened to the plan's argv. */
export interface ScriptCommand {
  readonly step: import('../pacemaker/plan.ts').CommandStep;
  readonly words: readonly CommandWord[];
  readonly why: string;
  readonly from: readonly import('../pacemaker/plan.ts').Place[];
}

/** The words as the program receives them while every variable has its default. */
export function argvOf(words: readonly CommandWord[]): string[] {
  return words.map((word) =>
    typeof word === 'string' ? word : (word.prefix ?? '') + word.value + word.suffix,
  );
}
