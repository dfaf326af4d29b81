/** The generated parts of a document by their name. */
export type Blocks = Readonly<Record<string, string>>;

const marked = /^<!-- generated: ([a-z-]+) -->\n[\s\S]*?^<!-- end of generated -->$/gm;

/**
 * Puts generated text between the marks `<!-- generated: NAME -->` and `<!-- end of generated -->` of a document.
 *
 * @throws when a name has no text or a text no place: a document that is only half kept up is worse than none
 */
export function fillMarkedBlocks(document: string, blocks: Blocks): string {
  const unused = new Set(Object.keys(blocks));
  const filled = document.replace(marked, (_all, name: string) => {
    const text = blocks[name];
    if (text === undefined) throw new RangeError(`nothing is generated under the name ${name}`);
    unused.delete(name);
    return `<!-- generated: ${name} -->\n\n${text.trim()}\n\n<!-- end of generated -->`;
  });
  if (unused.size > 0) throw new RangeError(`no place for ${[...unused].join(', ')}`);
  return filled;
}

/** A table in Markdown. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(heads), `|${'---|'.repeat(heads.length)}`, ...rows.map(line)].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
