/**
 * What somebody takes a configuration to say, value by value: `instance VI_1: priority` → `100`.
 * The daemon's dump and the project's own understanding are both brought into this form, and then compared key by key.
 */
export type Reading = ReadonlyMap<string, string>;

export interface Difference {
  readonly key: string;
  /** `(absent)` when only the daemon has the value. */
  readonly ours: string;
  /** `(absent)` when only we have it. */
  readonly daemon: string;
}

export interface ReadingComparison {
  readonly differences: readonly Difference[];
  /** How many values stood against each other. */
  readonly compared: number;
}

const absent = '(absent)';

/** Every key of either reading, in the order of ours, then of what only the daemon has. */
export function compareReadings(ours: Reading, daemon: Reading): ReadingComparison {
  const keys = [...new Set([...ours.keys(), ...daemon.keys()])];
  const differences = keys.flatMap((key) => {
    const pair = { key, ours: ours.get(key) ?? absent, daemon: daemon.get(key) ?? absent };
    return pair.ours === pair.daemon ? [] : [pair];
  });
  return { differences, compared: keys.length };
}

/**
 * Sets a list: the first words of its entries in order, and for each entry what follows its first word, so that a surplus
 * or missing entry reads as one.
 */
export function setList(reading: Map<string, string>, prefix: string, entries: readonly string[]): void {
  const parts = entries.map((entry) => /^(\S*) ?(.*)$/s.exec(entry) ?? []);
  reading.set(`${prefix}: all`, parts.map(([, name]) => name).join(' '));
  for (const [, name, rest = ''] of parts) {
    let key = `${prefix} ${name}`;
    while (reading.has(key)) key += ' (again)';
    if (rest !== '') reading.set(key, rest);
  }
}

/** Sets a list of whole lines by their place. */
export function setLines(reading: Map<string, string>, prefix: string, lines: readonly string[]): void {
  for (const [index, line] of lines.entries()) reading.set(`${prefix} ${index + 1}`, line);
}

/** A command as both sides print it. */
export function shownCommand(argv: readonly string[]): string {
  return argv.map((word) => `'${word}'`).join(' ');
}
