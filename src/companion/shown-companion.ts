import { secretName } from './parameters.ts';

const maskedSecret = '********';

/** A key and what stands behind it, at the start of a line, of an item or within braces. */
const keyWithValue = /(?<=^|[\s{,-])(["']?)([A-Za-z_][\w.-]*)\1(\s*:(?:\s+|$))/g;

/** What names a secret, misspelt too; more than what is refused, since a frame that shows less does no harm. */
const mayBeSecret = (key: string) =>
  secretName.test(key) || /^(?!.*(?:script|file|path)$).*(?:passw|pwd|secret)/i.test(key);

const reference = /^\{?\s*(?:file|environment)\s*:/;

/**
 * The lines of a companion file as code frames may show them. A secret does not belong there at all; where one stands
 * nonetheless, behind its key or in the deeper lines below, it is masked. It works on lines, so that it does for a text
 * that is no YAML.
 */
export function shownCompanion(text: string): string[] {
  let secretIndent = Number.POSITIVE_INFINITY;
  return text.split(/\r\n?|\n/).map((line) => {
    const indent = line.search(/\S/);
    if (indent > secretIndent) return reference.test(line.trim()) ? line : line.replace(/\S.*/, maskedSecret);
    if (indent >= 0) secretIndent = Number.POSITIVE_INFINITY;
    for (const match of line.matchAll(keyWithValue)) {
      const [whole, , key = ''] = match;
      if (!mayBeSecret(key)) continue;
      const from = match.index + whole.length;
      const value = line.slice(from);
      if (reference.test(value) || (key === 'token' && /^\d/.test(value))) continue;
      secretIndent = Math.max(indent, 0);
      return value.trim() === '' ? line : line.slice(0, from) + maskedSecret;
    }
    return line;
  });
}
