import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../grammar/ast/nodes.ts';
import { parse } from '../../grammar/parse.ts';
import { createLexer, KeepalivedParser } from '../../grammar/parser.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import { memoryTree } from '../memory-tree.ts';

function parseText(text: string) {
  const files = memoryTree({ 'keepalived.conf': text });
  return parse(readNode({ path: 'keepalived.conf', configId: 'lb1', files }).value.logical);
}

/** The tree as nested lists: a directive is its words, with its block's content if it has one. */
function shape(statements: readonly Statement[]): unknown[] {
  return statements.map((statement) => {
    if (statement.kind === 'stray-close') return '}';
    const inside = statement.block && shape(statement.block.statements);
    if (statement.kind === 'stray-block') return { inside };
    const words = statement.words.map((word) => word.value).join('|');
    return inside ? { [words]: inside } : words;
  });
}

it('lexer and parser pass Chevrotain’s own validations', () => {
  expect(createLexer(false).lexerDefinitionErrors).toEqual([]);
  expect(() => new KeepalivedParser(false)).not.toThrow();
});

describe('structure', () => {
  it.each([
    ['a b "c d" { e\nf { g } }\nh', [{ 'a|b|c d': ['e', { f: ['g'] }] }, 'h']],
    ['a\n\n{ }', [{ a: [] }]],
    ['{ a }', [{ inside: ['a'] }]],
    ['a { { b } }', [{ a: [{ inside: ['b'] }] }]],
    ['a }\nb', ['a', '}', 'b']],
    ['a { b', [{ a: ['b'] }]],
    ['a "" b', ['a||b']],
    ['pa"s s"', ['pa|s s']],
    ["x 'a b'", ["x|'a|b'"]],
    ['state\u00a0BACKUP', ['state\u00a0BACKUP']],
    ['a\tb\fc\vd', ['a|b|c|d']],
    ['naïve 名前', ['naïve|名前']],
  ])('%j', (text, expected) => {
    expect(shape(parseText(text).value.statements)).toEqual(expected);
  });
});

describe('what is wrong with the structure is said once, at its place', () => {
  it.each([
    ['a { b }\n}', 'KP040', 2, 1],
    ['a {\n  b {\n }', 'KP041', 1, 3],
    ['a\n{ { b } }', 'KP042', 2, 3],
    ['a "b\nc', 'KP043', 1, 3],
  ])('%j is %s', (text, code, line, column) => {
    const { diagnostics } = parseText(text);
    expect(diagnostics).toMatchObject([{ code, at: { line, column } }]);
  });

  it('and the rest of the file is still read', () => {
    expect(shape(parseText('a { b }\n}\nc { d }').value.statements)).toEqual([
      { a: ['b'] },
      '}',
      { c: ['d'] },
    ]);
  });
});

it('any text gives a tree and never an exception', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('{', '}', '"', '\\', '\n', '#', '$A', '${A}', '@x ', '~SEQ(I,2) ', '$A=', 'include x\n'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      parseText(pieces.join(''));
    }),
    { numRuns: 1500 },
  );
});

it('layout does not matter: comments, blank lines, CRLF, indentation and brace style change nothing', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_./:-]{0,8}$/);
  const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
  const tree = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small' },
      line,
      fc.record({ head: line, body: fc.array(tie('node'), { maxLength: 3 }) }),
    ),
  })).node;
  const gap = fc.constantFrom('\n', '\r\n', '\n\n', ' # note\n', '\n! note\n\t');
  fc.assert(
    fc.property(
      fc.array(tree, { maxLength: 4 }),
      fc.array(gap, { minLength: 1, maxLength: 5 }),
      (trees, gaps) => {
        let used = 0;
        const print = (node: unknown, eol: () => string): string => {
          if (typeof node === 'string') return node + eol();
          const { head, body } = node as { head: string; body: unknown[] };
          return `${head} {${eol()}${body.map((child) => print(child, eol)).join('')}}${eol()}`;
        };
        const plain = trees.map((node) => print(node, () => '\n')).join('');
        const varied = trees.map((node) => print(node, () => gaps[used++ % gaps.length] ?? '\n')).join('');
        expect(shape(parseText(varied).value.statements)).toEqual(shape(parseText(plain).value.statements));
      },
    ),
    { numRuns: 300 },
  );
});
