import { companionSchema } from '../../src/companion/companion-shape.ts';
import { fenceKinds } from '../../src/companion/fence-kinds.ts';
import { type Blocks, markdownTable } from './marked-blocks.ts';
import { type DocumentSchema, schemaFieldBlocks } from './schema-fields.ts';

/** The generated parts of docs/companion.md: its keys, and the kinds of fencing devices. */
export function companionBlocks(): Blocks {
  const rows = Object.entries(fenceKinds).map(([kind, { agent, what, presets, needs }]) => [
    `\`${kind}\``,
    `\`${agent}\``,
    what,
    listOf(needs),
    listOf(Object.entries(presets).map(([name, value]) => `${name}=${value}`)),
  ]);
  const heads = ['Kind', 'Agent', 'For', 'Needs', 'Presets'];
  return {
    ...schemaFieldBlocks(companionSchema() as unknown as DocumentSchema),
    kinds: markdownTable(heads, rows),
  };
}

function listOf(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' ') || '–';
}
