/**
 * The entry of a table under a word that somebody else wrote. A plain `table[word]` would also find what every object
 * has: `constructor`, `__proto__`, `toString`.
 */
export function entryIn<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
