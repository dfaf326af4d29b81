/** A stream that text goes to. */
export interface TextSink {
  write(text: string): void;
  readonly isTTY: boolean;
}

/** Everything of the outside world that the command line sees, so that tests can run it in their own process. */
export interface CliIo {
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  readonly stdin: AsyncIterable<Uint8Array> & { readonly isTTY?: boolean };
  /** Absolute path that relative arguments are resolved against. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const exitCodes = {
  done: 0,
  /** `diff` and `--check`: something differs. `--strict`: something is not exact. `verify`: unannounced differences. */
  different: 1,
  wrongUse: 2,
  notTranslatable: 3,
  /** `verify`: a program is not there, or has failed. */
  toolMissing: 4,
  bug: 70,
} as const;
