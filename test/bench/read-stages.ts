// Reads the file that is named and writes the processor's time of each stage in milliseconds: `reading.mjs` runs it.

import { readFileSync } from 'node:fs';
import { parse } from '../../grammar/parse.ts';
import { createLexer } from '../../grammar/parser.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import { defaultRelease } from '../../grammar/source/release.ts';
import { bind } from '../../src/keepalived/bind.ts';
import { understand } from '../../src/keepalived/understand.ts';

const text = readFileSync(process.argv[2] ?? '', 'utf8');
const files = { read: () => ({ kind: 'text', text, encoding: 'utf-8' }) as const, match: () => [] };
const lexer = createLexer(true);

function timed<T>(work: () => T): [T, number] {
  const before = process.cpuUsage();
  const made = work();
  const { user, system } = process.cpuUsage(before);
  return [made, (user + system) / 1000];
}

const [node, lines] = timed(() => readNode({ path: 'a.conf', configId: 'a', files }));
const [ast, parsing] = timed(() => parse(node.value.logical));
// The parser has a lexer inside: its share is measured once more, by itself.
const [, lexing] = timed(() => lexer.tokenize(node.value.logical.text));
const [, binding] = timed(() => bind(ast.value, defaultRelease));
const [configuration, understanding] = timed(() => understand(ast.value, 'a', 'a.conf'));
const errors = [...node.diagnostics, ...configuration.diagnostics].filter(
  ({ severity }) => severity === 'error',
);
if (errors.length > 0) throw new Error(errors[0]?.summary);
process.stdout.write(
  JSON.stringify({
    lines,
    lexing,
    parsing: parsing - lexing,
    binding,
    understanding: understanding - binding,
  }),
);
