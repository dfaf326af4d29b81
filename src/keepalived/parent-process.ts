import type { ConfigurationAst, Directive, Statement } from '../../grammar/ast/nodes.ts';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Release } from '../../grammar/source/release.ts';
import { keepalivedFindings } from './findings.ts';
import type { VrrpInstance } from './node-configuration.ts';

/**
 * The daemon's parent starts the VRRP process only if it sees something for it. It does not read blocks that are not its
 * own, but counts their braces: after a } that is missing it sees nothing more, while the VRRP process itself would still
 * find instances, because a block's own keywords tell it where to go on (measured with 2.2.7).
 */
export function parentProblems(
  ast: ConfigurationAst,
  instances: readonly VrrpInstance[],
  release: Release,
): Diagnostic[] {
  const [first] = instances;
  if (!first || parentSees(ast.statements, release)) return [];
  const open = ast.statements.flatMap((statement) => unclosed(statement));
  return [
    report(keepalivedFindings.vrrpNotStarted, {
      summary: `vrrp_instance ${first.name} lies inside another block, by its braces`,
      detail: 'The daemon does not start its VRRP process: no instance of this file runs.',
      at: first.directive.directive.span,
      notes: open.map(({ span }) => ({ text: 'this block is not closed', at: span })),
      help: 'add the missing } before it',
    }),
  ];
}

/** Whatever makes the parent start the VRRP process. */
const startsVrrp = new Set(['vrrp_instance', 'static_ipaddress', 'static_routes', 'static_rules']);

/** Goes through the lines as the parent does, which reads global_defs and nothing else that has a block. */
function parentSees(statements: readonly Statement[], release: Release): boolean {
  let table = rootTable;
  let skipped = 0;
  let awaited: 'skipped' | 'list' | undefined;
  for (const line of linesOf(statements)) {
    const entered = awaited;
    awaited = undefined;
    if (skipped > 0) skipped += line === '{' ? 1 : line === '}' ? -1 : 0;
    else if (entered !== undefined && (line === '{' || entered === 'list')) skipped = 1;
    else if (line === '}') table = rootTable;
    else if (line !== '{') {
      const spec = lookUp(table, line, release);
      if (table === rootTable && startsVrrp.has(line)) return true;
      if (table === rootTable && line === 'global_defs') table = spec?.children ?? rootTable;
      else if (spec && spec.body !== 'nothing') awaited = table === rootTable ? 'skipped' : 'list';
    }
  }
  return false;
}

/** The keywords and braces of a text, one for each of its lines. */
function* linesOf(statements: readonly Statement[]): Generator<string> {
  for (const statement of statements) {
    if (statement.kind === 'stray-close') yield '}';
    if (statement.kind === 'directive') yield statement.words[0].value;
    if (statement.kind === 'stray-close' || !statement.block) continue;
    yield '{';
    yield* linesOf(statement.block.statements);
    if (statement.block.close) yield '}';
  }
}

function unclosed(statement: Statement): Directive[] {
  return statement.kind === 'directive' && statement.block && !statement.block.close ? [statement] : [];
}
