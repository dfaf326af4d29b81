import type { ConfigurationAst, Directive, Statement } from '../../../grammar/ast/nodes.ts';
import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { mistakeFindings } from './findings.ts';

/** What the daemon makes of a password. No message holds any of it. */
export function passwordMistakes(ast: ConfigurationAst): Diagnostic[] {
  return [...passwordLines(ast.statements)].flatMap((line) => {
    const [, password, surplus] = line.words;
    const problem = password && problemOf(password.value, password.quoted, surplus !== undefined);
    if (!problem) return [];
    const details = { ...problem, at: password.span };
    return [report(mistakeFindings.passwordChanged, details)];
  });
}

function* passwordLines(statements: readonly Statement[]): Generator<Directive> {
  for (const statement of statements) {
    if (statement.kind === 'stray-close') continue;
    if (statement.kind === 'directive' && statement.words[0].value === 'auth_pass') yield statement;
    if (statement.block) yield* passwordLines(statement.block.statements);
  }
}

function problemOf(
  password: string,
  quoted: boolean,
  hasSurplus: boolean,
): { summary: string; detail: string; help: string } | undefined {
  if (hasSurplus) {
    return {
      summary: 'what stands behind the blank is not a part of the password',
      detail: 'The daemon takes the first word and ignores the others, without a message.',
      help: 'Pacemaker needs no password; for Keepalived put it in double quotes, on all nodes at once',
    };
  }
  if (!quoted && /^['“”‘’„]|['“”‘’]$/.test(password)) {
    return {
      summary: 'the quotes belong to the password',
      detail: 'The daemon knows only " as a quote, and uses 8 bytes: nodes agree if these are the same.',
      help: 'Pacemaker needs no password; for Keepalived write it without quotes, on all nodes at once',
    };
  }
  if (new TextEncoder().encode(password).length <= 8) return undefined;
  return {
    summary: 'the password is longer than 8 bytes: only the first 8 count',
    detail: 'The daemon cuts it with a message. Another password with the same first 8 bytes matches.',
    help: 'Pacemaker needs no password; for Keepalived give one of at most 8 characters',
  };
}
