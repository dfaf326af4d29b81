/**
 * A text as a double-quoted YAML scalar: every value that reaches a YAML file goes through here. What YAML 1.1 or 1.2
 * take for a line's end, or do not let stand in a file, is escaped, and a character beyond the first 65,536 by its own
 * number: readers do not put surrogates together.
 */
export function quoteYaml(text: string): string {
  return `"${text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, escaped)}"`;
}

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** The same for a file that Ansible reads: it would evaluate an expression of Jinja in the text. */
export function quoteForAnsible(text: string): string {
  const quoted = quoteYaml(text);
  return /\{[{%#]/.test(text) ? `!unsafe ${quoted}` : quoted;
}
