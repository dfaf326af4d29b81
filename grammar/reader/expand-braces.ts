/** A pattern such as `{a,b}{a,b}…` doubles with each pair: no real one comes near this. */
const bracesLimit = 1024;

/** `a{b,c}d` → `abd`, `acd`. Braces without a partner are literal, as in glibc. */
export function expandBraces(pattern: string): string[] {
  const done: string[] = [];
  const open = [pattern];
  while (open.length > 0 && open.length + done.length <= bracesLimit) {
    const next = open.shift() ?? '';
    const group = firstBraces(next);
    if (!group) done.push(next);
    else open.unshift(...group.alternatives.map((part) => group.before + part + group.after));
  }
  return done;
}

function firstBraces(text: string): { before: string; alternatives: string[]; after: string } | undefined {
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
    if (text[start - 1] === '\\') continue;
    const alternatives: string[] = [];
    let depth = 0;
    let from = start + 1;
    for (let index = start + 1; index < text.length; index++) {
      const character = text[index];
      if (character === '\\') index++;
      else if (character === '{') depth++;
      else if (character === ',' && depth === 0) {
        alternatives.push(text.slice(from, index));
        from = index + 1;
      } else if (character === '}' && depth-- === 0) {
        alternatives.push(text.slice(from, index));
        return { before: text.slice(0, start), alternatives, after: text.slice(index + 1) };
      }
    }
  }
  return undefined;
}
