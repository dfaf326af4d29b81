import type { Block, ConfigurationAst, Directive, Statement, Word } from '../../grammar/ast/nodes.ts';
import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { keepalivedFindings } from './findings.ts';

/** Up to 1.2.19 only these keywords put the words between two quotes together again (read in its source). */
const joinsWords =
  /^(?:script|notify\w*|quorum_(?:up|down)|misc_path|path|digest|virtualhost|router_id|notification_email_from|smtp_server|lvs_id|plugin_dir|password|ca|certificate|key)$/;

/**
 * Up to 1.2.19 a double quote is a word by itself (measured with 1.2.13 and 1.2.19): the value of `auth_pass "x"` is `"`.
 * Later releases read the text as it is.
 */
export function wordsOfRelease(ast: ConfigurationAst, release: Release): Outcome<ConfigurationAst> {
  if (isAtLeast(release, '1.2.20')) return { value: ast, diagnostics: [] };
  const diagnostics: Diagnostic[] = [];
  const statements = ast.statements.map((statement) => split(statement, diagnostics));
  return { value: { ...ast, statements }, diagnostics };
}

function split(statement: Statement, diagnostics: Diagnostic[]): Statement {
  if (statement.kind === 'stray-close') return statement;
  if (statement.kind === 'stray-block') return { ...statement, block: inside(statement.block, diagnostics) };
  const directive = splitWords(statement, diagnostics);
  return statement.block ? { ...directive, block: inside(statement.block, diagnostics) } : directive;
}

function inside(block: Block, diagnostics: Diagnostic[]): Block {
  return { ...block, statements: block.statements.map((statement) => split(statement, diagnostics)) };
}

function splitWords(directive: Directive, diagnostics: Diagnostic[]): Directive {
  const [first, ...rest] = directive.words;
  // A quoted } is a brace that counts for nothing; the reader has put the quotes there.
  const quoted = directive.words.find((word) => word.quoted && word.value !== '}');
  if (!quoted || joinsWords.test(first.value)) return directive;
  diagnostics.push(
    report(keepalivedFindings.quotesAreWords, {
      summary: `the quotes of "${quoted.value}" are words by themselves`,
      detail: `Up to 1.2.19 the daemon takes the first " for the value of ${first.value}.`,
      at: quoted.span,
      help: 'remove the quotes',
    }),
  );
  return { ...directive, words: [first, ...rest.flatMap(unquoted)] };
}

function unquoted(word: Word): Word[] {
  if (!word.quoted || word.value === '}') return [word];
  const values = ['"', ...word.value.split(/[ \t]+/).filter((value) => value !== ''), '"'];
  return values.map((value) => ({ ...word, value, quoted: false }));
}
