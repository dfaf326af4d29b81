import type { Lexer } from 'chevrotain';
import { buildAst } from './ast/build-ast.ts';
import type { ConfigurationAst, Statement } from './ast/nodes.ts';
import { createLexer, KeepalivedParser } from './parser.ts';
import { parserFindings } from './reader/findings.ts';
import type { LogicalText } from './reader/logical-text.ts';
import { type Diagnostic, findingsPerStage, type Outcome, report } from './source/diagnostic.ts';

let shared: { readonly lexer: Lexer; readonly parser: KeepalivedParser } | undefined;

/** Parses a logical text. Total: whatever is odd about the braces or quotes becomes a node and a diagnostic. */
export function parse(logical: LogicalText): Outcome<ConfigurationAst> {
  // Built at the first use and kept: construction costs several milliseconds, which --help need not pay.
  shared ??= { lexer: createLexer(true), parser: new KeepalivedParser(true) };
  const { lexer, parser } = shared;
  const { tokens, errors } = lexer.tokenize(logical.text);
  parser.input = tokens;
  const tree = parser.configuration();
  // Every text matches the tokens and every token sequence the grammar: an error here is ours, not the user's.
  const problem = errors[0]?.message ?? parser.errors[0]?.message;
  if (problem !== undefined) throw new Error(`the grammar does not cover this text: ${problem}`);
  const value = buildAst(tree, logical);
  const diagnostics: Diagnostic[] = [];
  inspect(value.statements, diagnostics);
  return { value, diagnostics };
}

function inspect(statements: readonly Statement[], diagnostics: Diagnostic[]): void {
  for (const statement of statements) {
    if (diagnostics.length >= findingsPerStage) return;
    if (statement.kind === 'stray-close') {
      diagnostics.push(
        report(parserFindings.strayClose, {
          summary: 'this } closes nothing',
          detail: 'The daemon ignores it. Usually a block was closed earlier than its author meant.',
          at: statement.span,
          help: 'remove it, or add the { that it belongs to',
        }),
      );
      continue;
    }
    if (statement.kind === 'directive' && statement.unterminatedQuote) {
      diagnostics.push(
        report(parserFindings.unterminatedQuote, {
          summary: 'this quote is not closed on its line',
          detail: 'The daemon keeps the words before it and drops the rest of the line.',
          at: statement.unterminatedQuote,
          help: 'close the quote',
        }),
      );
    }
    if (statement.kind === 'stray-block') {
      diagnostics.push(
        report(parserFindings.strayOpen, {
          summary: 'this { follows no keyword',
          detail: 'The daemon ignores it, and its } then closes the block around it.',
          at: statement.block.open,
          help: 'remove it, or put the keyword before it',
        }),
      );
    }
    if (statement.block && !statement.block.close) {
      diagnostics.push(
        report(parserFindings.unclosedBlock, {
          summary: 'the block that opens here is never closed',
          detail: 'The daemon keeps it as if it ended with the file.',
          at: statement.block.open,
          help: 'add the missing } where the block should end',
        }),
      );
    }
    if (statement.block) inspect(statement.block.statements, diagnostics);
  }
}
