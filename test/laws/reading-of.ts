import type { ConfigurationAst, Statement } from '../../grammar/ast/nodes.ts';
import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import { memoryTree } from '../memory-tree.ts';

/** What is read of a text, and of others that it may include. */
export function astOf(text: string, others: Readonly<Record<string, string>> = {}): ConfigurationAst {
  const files = memoryTree({ ...others, 'lb1.conf': text });
  return parse(readNode({ path: 'lb1.conf', configId: 'lb1', files }).value.logical).value;
}

/** The same without places: nesting, words, lines. Two texts with the same one mean the same to all that comes later. */
export function meaningOf({ statements }: ConfigurationAst): unknown {
  return statements.map(statementMeaning);
}

function statementMeaning(statement: Statement): unknown {
  if (statement.kind === 'stray-close') return statement.kind;
  const block = statement.block && {
    closed: statement.block.close !== undefined,
    statements: statement.block.statements.map(statementMeaning),
  };
  if (statement.kind === 'stray-block') return { kind: statement.kind, block };
  return {
    words: statement.words.map(({ value, quoted }) => (quoted ? `"${value}"` : value)),
    text: statement.text,
    openQuote: statement.unterminatedQuote !== undefined,
    block,
  };
}

export function readMeaning(text: string, others: Readonly<Record<string, string>> = {}): unknown {
  return meaningOf(astOf(text, others));
}
