/**
 * Twelve hexadecimal digits that stand for a value: the same for the same data in the same order, which the stages
 * guarantee. It tells one plan's scripts from another's; it protects nothing.
 */
export function planIdOf(value: unknown): string {
  const text = JSON.stringify(value);
  // Two multiplicative hashes in one pass (FNV-1a and its twin with another prime): 64 bits, of which 48 are shown.
  let first = 0x811c9dc5;
  let second = 0x01000193;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    first = Math.imul(first ^ code, 0x01000193);
    second = Math.imul(second ^ code, 0x85ebca6b);
  }
  return (hexadecimal(first ^ (second >>> 15)) + hexadecimal(second ^ (first >>> 13))).slice(0, 12);
}

function hexadecimal(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
