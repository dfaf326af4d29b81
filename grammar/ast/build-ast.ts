import type { CstNode, IToken } from 'chevrotain';
import { type LogicalText, placeOf } from '../reader/logical-text.ts';
import { type Span, spanBetween } from '../source/span.ts';
import type { Block, ConfigurationAst, Directive, Statement, Word } from './nodes.ts';

/** Makes the AST of the parser's tree. Every token of the text ends up in a node. */
export function buildAst(tree: CstNode, logical: LogicalText): ConfigurationAst {
  return { kind: 'configuration', statements: statementsOf(tree, logical) };
}

/** The statements of a rule come sorted by kind; the line that each starts on gives their order back. */
function statementsOf(node: CstNode, logical: LogicalText): Statement[] {
  const found: { line: number; statement: Statement }[] = [];
  for (const child of nodes(node, 'directive')) {
    found.push({ line: lineOf(tokens(child, 'Word')), statement: buildDirective(child, logical) });
  }
  for (const child of nodes(node, 'block')) {
    const statement: Statement = { kind: 'stray-block', block: buildBlock(child, logical) };
    found.push({ line: lineOf(tokens(child, 'LeftBrace')), statement });
  }
  // A block closes once; only the whole text has right braces of its own.
  if (node.name === 'configuration') {
    for (const token of tokens(node, 'RightBrace')) {
      found.push({ line: lineOf([token]), statement: { kind: 'stray-close', span: spanOf(token, logical) } });
    }
  }
  return found.sort((a, b) => a.line - b.line).map(({ statement }) => statement);
}

function buildDirective(node: CstNode, logical: LogicalText): Directive {
  const all = tokens(node, 'Word');
  const open = all.find(({ image }) => image.startsWith('"') && !isQuoted(image));
  const words = all.filter((token) => token !== open).map((token) => wordOf(token, logical));
  const block = nodes(node, 'block')[0];
  // A line that starts with an open quote has no word; the daemon sees an empty keyword there.
  const [first = emptyWord(open, logical), ...rest] = words;
  const last = rest.at(-1) ?? first;
  return {
    kind: 'directive',
    words: [first, ...rest],
    text: logical.lines[lineOf(all)]?.text ?? '',
    ...(open && { unterminatedQuote: spanOf(open, logical) }),
    span:
      first === last || first.span.file !== last.span.file ? first.span : spanBetween(first.span, last.span),
    ...(block && { block: buildBlock(block, logical) }),
  };
}

function buildBlock(node: CstNode, logical: LogicalText): Block {
  const [open] = tokens(node, 'LeftBrace');
  const [close] = tokens(node, 'RightBrace');
  if (!open) throw new Error('a block without a brace');
  return {
    open: spanOf(open, logical),
    ...(close && { close: spanOf(close, logical) }),
    statements: statementsOf(node, logical),
  };
}

function wordOf(token: IToken, logical: LogicalText): Word {
  const quoted = isQuoted(token.image);
  return { value: quoted ? token.image.slice(1, -1) : token.image, quoted, span: spanOf(token, logical) };
}

function isQuoted(image: string): boolean {
  return image.length > 1 && image.startsWith('"') && image.endsWith('"');
}

function emptyWord(open: IToken | undefined, logical: LogicalText): Word {
  if (!open) throw new Error('a line without a word');
  return { value: '', quoted: true, span: spanOf(open, logical) };
}

function spanOf(token: IToken, logical: LogicalText): Span {
  // A brace's token holds the line feed after it.
  const length = token.image.endsWith('\n') ? 1 : token.image.length;
  return placeOf(logical, lineOf([token]), (token.startColumn ?? 1) - 1, length);
}

/** The logical line, from 0, of the first of some tokens. */
function lineOf([token]: readonly IToken[]): number {
  return (token?.startLine ?? 1) - 1;
}

function nodes(node: CstNode, name: string): CstNode[] {
  return (node.children[name] ?? []) as CstNode[];
}

function tokens(node: CstNode, name: string): IToken[] {
  return (node.children[name] ?? []) as IToken[];
}
