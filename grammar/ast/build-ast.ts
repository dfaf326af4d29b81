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
    found.push({ line: firstToken(child).startLine ?? 0, statement: buildDirective(child, logical) });
  }
  for (const child of nodes(node, 'strayBlock')) {
    const block = buildBlock(child, logical);
    found.push({ line: firstToken(child).startLine ?? 0, statement: { kind: 'stray-block', block } });
  }
  for (const child of nodes(node, 'strayClose')) {
    const token = firstToken(child);
    found.push({
      line: token.startLine ?? 0,
      statement: { kind: 'stray-close', span: spanOf(token, logical) },
    });
  }
  return found.sort((a, b) => a.line - b.line).map(({ statement }) => statement);
}

function buildDirective(node: CstNode, logical: LogicalText): Directive {
  const line = nodes(node, 'line')[0];
  const block = nodes(node, 'block')[0];
  if (!line) throw new Error('a directive without a line');
  const words = [...tokens(line, 'Word'), ...tokens(line, 'QuotedWord')]
    .sort((a, b) => a.startOffset - b.startOffset)
    .map((token) => wordOf(token, logical));
  const open = tokens(line, 'OpenQuote')[0];
  // A line that starts with an open quote has no word; the daemon sees an empty keyword there.
  const [first = emptyWord(open, logical), ...rest] = words;
  const last = rest.at(-1) ?? first;
  return {
    kind: 'directive',
    words: [first, ...rest],
    text: lineText(line, logical),
    ...(open && { unterminatedQuote: spanOf(open, logical) }),
    span: first.span.file === last.span.file ? spanBetween(first.span, last.span) : first.span,
    ...(block && { block: buildBlock(block, logical) }),
  };
}

function buildBlock(node: CstNode, logical: LogicalText): Block {
  const close = tokens(node, 'RightBrace')[0];
  const open = tokens(node, 'LeftBrace')[0];
  if (!open) throw new Error('a block without a brace');
  return {
    open: spanOf(open, logical),
    ...(close && { close: spanOf(close, logical) }),
    statements: statementsOf(node, logical),
  };
}

function wordOf(token: IToken, logical: LogicalText): Word {
  const quoted = token.tokenType.name === 'QuotedWord';
  return { value: quoted ? token.image.slice(1, -1) : token.image, quoted, span: spanOf(token, logical) };
}

function emptyWord(open: IToken | undefined, logical: LogicalText): Word {
  if (!open) throw new Error('a line without a word');
  return { value: '', quoted: true, span: spanOf(open, logical) };
}

function spanOf(token: IToken, logical: LogicalText): Span {
  return placeOf(logical, (token.startLine ?? 1) - 1, (token.startColumn ?? 1) - 1, token.image.length);
}

function lineText(line: CstNode, logical: LogicalText): string {
  return logical.lines[(firstToken(line).startLine ?? 1) - 1]?.text ?? '';
}

function nodes(node: CstNode, name: string): CstNode[] {
  return (node.children[name] ?? []) as CstNode[];
}

function tokens(node: CstNode, name: string): IToken[] {
  return (node.children[name] ?? []) as IToken[];
}

/** The first token below a node: rules start with a line or a brace. */
function firstToken(node: CstNode): IToken {
  const line = nodes(node, 'line')[0];
  if (line) return firstToken(line);
  const starts = ['Word', 'QuotedWord', 'OpenQuote', 'LeftBrace', 'RightBrace'].flatMap((name) =>
    tokens(node, name).slice(0, 1),
  );
  const [first, ...others] = starts;
  if (!first) throw new Error('a rule without a token');
  return others.reduce((a, b) => (a.startOffset <= b.startOffset ? a : b), first);
}
