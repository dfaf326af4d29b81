import type { Block, ConfigurationAst, Directive, Statement, Word } from '../../grammar/ast/nodes.ts';
import type { Span } from '../../grammar/source/span.ts';

/** What stands in place of a password from here on: no later stage has one to give away. */
export const maskedSecret = '********';

/** The keyword, with the misspellings that people make. */
const secretKeyword = /^(?:auth[_-]?pass\w*|\w*passw(?:or)?d\w*)$/i;

/** A configuration without its passwords, and the passwords. */
export interface Masked {
  readonly ast: ConfigurationAst;
  readonly secrets: readonly string[];
  /** Each secret word by its place, so that nodes can be compared. */
  readonly passwords: ReadonlyMap<string, string>;
}

export function placeKey({ file, line, column }: Span): string {
  return `${file}:${line}:${column}`;
}

/**
 * Masks every word behind auth_pass and behind the keys of auth_hmac, wherever in the text they stand: where braces are
 * missing the daemon reads them as entries of a list, or as surplus words.
 */
export function maskSecrets(ast: ConfigurationAst): Masked {
  const secrets = new Map<string, string>();
  const statements = ast.statements.map((statement) => maskStatement(statement, undefined, secrets));
  return { ast: { ...ast, statements }, secrets: [...new Set(secrets.values())], passwords: secrets };
}

/** `block` is the keyword of the block around it. */
function maskStatement(
  statement: Statement,
  block: string | undefined,
  secrets: Map<string, string>,
): Statement {
  if (statement.kind === 'stray-close') return statement;
  if (statement.kind === 'stray-block')
    return { ...statement, block: maskBlock(statement.block, block, secrets) };
  const masked = maskDirective(statement, block, secrets);
  if (!masked.block) return masked;
  // Braces in a password break it up: `auth_pass a{b}c`.
  const last = statement.words.at(-1)?.value ?? '';
  const inside = isSecretBlock(block) || secretKeyword.test(last) ? last : statement.words[0].value;
  return { ...masked, block: maskBlock(masked.block, inside, secrets) };
}

function maskBlock(block: Block, keyword: string | undefined, secrets: Map<string, string>): Block {
  return {
    ...block,
    statements: block.statements.map((statement) => maskStatement(statement, keyword, secrets)),
  };
}

const isSecretBlock = (keyword: string | undefined) => keyword !== undefined && secretKeyword.test(keyword);

function maskDirective(
  directive: Directive,
  block: string | undefined,
  secrets: Map<string, string>,
): Directive {
  const { words } = directive;
  const keyword = words.findIndex(
    ({ value, quoted }, index) =>
      !quoted && (secretKeyword.test(value) || (index === 0 && value === 'key' && block === 'auth_hmac')),
  );
  const from = isSecretBlock(block) ? 0 : keyword < 0 ? words.length : keyword + 1;
  if (from >= words.length) return directive;
  const [first, ...rest] = words.map((word, index) => (index < from ? word : mask(word, secrets)));
  if (!first) return directive;
  return { ...directive, words: [first, ...rest], text: textOf([first, ...rest]) };
}

function mask(word: Word, secrets: Map<string, string>): Word {
  secrets.set(placeKey(word.span), word.value);
  return { ...word, value: maskedSecret };
}

function textOf(words: readonly Word[]): string {
  return words.map(({ value, quoted }) => (quoted ? `"${value}"` : value)).join(' ');
}
