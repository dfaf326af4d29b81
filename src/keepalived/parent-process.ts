import type { ConfigurationAst, Directive, Statement } from '../../grammar/ast/nodes.ts';
import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import { keepalivedFindings } from './findings.ts';
import type { VrrpInstance } from './node-configuration.ts';

/**
 * The daemon's parent starts the VRRP process only if it sees something for it. It does not read blocks that are not its
 * own, but counts their braces: after a } that is missing it sees nothing more, while the VRRP process itself would still
 * find instances, because a block's own keywords tell it where to go on (measured with 2.2.7).
 */
export function parentProblems(ast: ConfigurationAst, instances: readonly VrrpInstance[]): Diagnostic[] {
  const [first] = instances;
  if (!first || parentSees(ast.statements)) return [];
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

function parentSees(statements: readonly Statement[]): boolean {
  return statements.some((statement) => {
    if (statement.kind === 'stray-close') return false;
    const keyword = statement.kind === 'directive' ? statement.words[0].value : '';
    if (startsVrrp.has(keyword)) return true;
    // It ignores the brace of a word that it does not know, and reads on inside.
    const isKnown = lookUp(rootTable, keyword) !== undefined;
    return !isKnown && statement.block !== undefined && parentSees(statement.block.statements);
  });
}

function unclosed(statement: Statement): Directive[] {
  return statement.kind === 'directive' && statement.block && !statement.block.close ? [statement] : [];
}
