/**
 * A word of a command in a unit file. systemd knows double quotes and C's escapes, and expands `%` and `$` in them
 * (systemd.service(5), "Command lines"). What is not printable ASCII is written as bytes.
 */
export function quoteForSystemd(word: string): string {
  const bytes = [...new TextEncoder().encode(word)];
  return `"${bytes.map(written).join('')}"`;
}

const doubled = new Map([
  ['%', '%%'],
  ['$', '$$'],
  ['"', '\\"'],
  ['\\', '\\\\'],
]);

function written(byte: number): string {
  const character = String.fromCharCode(byte);
  if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
  return doubled.get(character) ?? character;
}
