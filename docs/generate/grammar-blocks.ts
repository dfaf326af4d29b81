import type { ISerializedGast } from 'chevrotain';
import type { Statement } from '../../grammar/ast/nodes.ts';
import { parse } from '../../grammar/parse.ts';
import { createLexer, KeepalivedParser } from '../../grammar/parser.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { Span } from '../../grammar/source/span.ts';
import type { Blocks } from './marked-blocks.ts';

/** The generated parts of grammar/README.md: the stages on one small text, and the grammar itself. */
export function grammarBlocks(text: string, line: string): Blocks {
  const { value, diagnostics } = read(text);
  const { tokens } = createLexer(false).tokenize(value.logical.text);
  const ast = parse(value.logical).value;
  const used = value.readerLines.map(
    ({ kind, label, effective, span }) =>
      `${placeInWords(span)}  ${kind} ${label}${effective ? '' : ', which does not hold'}`,
  );
  const said = diagnostics.map(({ severity, code, summary, at }) => {
    const place = at ? `${placeInWords(at)}  ` : '';
    return `${place}${severity}[${code}]: ${summary}`;
  });
  return {
    line: fenced(line),
    'line-logical': fenced(read(line).value.logical.text),
    input: fenced(text),
    logical: fenced(value.logical.text),
    'reader-lines': fenced([...used, ...said].join('\n')),
    tokens: fenced(
      lines(tokens.map(({ tokenType, image }) => ({ name: tokenType.name, ends: image.endsWith('\n') }))),
    ),
    ast: fenced(ast.statements.flatMap((statement) => statementLines(statement, '')).join('\n')),
    ebnf: fenced(new KeepalivedParser(false).getSerializedGastProductions().map(ruleInWords).join('\n')),
  };
}

function read(text: string) {
  const files = {
    read: () => ({ kind: 'text', text, encoding: 'utf-8' }) as const,
    match: () => [],
  };
  return readNode({ path: 'lb1.conf', configId: 'lb1', files });
}

function fenced(text: string): string {
  return `\`\`\`\n${text.trimEnd()}\n\`\`\``;
}

/** The names of tokens, a line for each line of the logical text. */
function lines(tokens: readonly { readonly name: string; readonly ends: boolean }[]): string {
  return tokens.map(({ name, ends }) => `${name}${ends ? '\n' : ' '}`).join('');
}

function placeInWords({ line, column, endColumn }: Span): string {
  return `${line}:${column}-${endColumn - 1}`;
}

function statementLines(statement: Statement, indent: string): string[] {
  if (statement.kind !== 'directive') return [`${indent}${statement.kind}`];
  const words = statement.words.map(({ value, quoted, span }) => {
    return `${quoted ? JSON.stringify(value) : value}@${placeInWords(span)}`;
  });
  const inside = (statement.block?.statements ?? []).flatMap((child) => statementLines(child, `${indent}  `));
  return [`${indent}directive ${words.join(' ')}`, ...inside];
}

/** A production of the parser as a line of EBNF. */
function ruleInWords(rule: ISerializedGast & { readonly name?: string }): string {
  return `${rule.name} = ${sequence(partsOf(rule))} ;`;
}

function partsOf({ definition }: ISerializedGast): readonly ISerializedGast[] {
  return definition ?? [];
}

function sequence(parts: readonly ISerializedGast[]): string {
  return parts.map(partInWords).join(' ');
}

function partInWords(part: ISerializedGast & { readonly name?: string }): string {
  switch (part.type) {
    case 'NonTerminal':
    case 'Terminal':
      return part.name ?? '';
    case 'Option':
      return `[ ${sequence(partsOf(part))} ]`;
    case 'Repetition':
      return `{ ${sequence(partsOf(part))} }`;
    case 'RepetitionMandatory':
      return `${sequence(partsOf(part))} { ${sequence(partsOf(part))} }`;
    case 'Alternation':
      return `( ${partsOf(part).map(partInWords).join(' | ')} )`;
    case 'Alternative':
      return sequence(partsOf(part));
    default:
      throw new RangeError(`no EBNF for ${part.type}`);
  }
}
