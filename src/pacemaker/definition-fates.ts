import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import type { ObjectCheck } from './checks.ts';
import { pacemakerFindings } from './findings.ts';
import type { FateInWords } from './plan.ts';
import { fatesInWords, fatesOf, type RuleFate } from './rule.ts';

interface Definition {
  readonly name: string;
  readonly directive: BoundDirective;
}

/** What becomes of a block that defines a tracked object, and of its lines by their keywords; a reason alone is equivalent. */
export type DefinitionFate = FateInWords & {
  readonly lines: Readonly<Record<string, string | FateInWords>>;
  /** Of lines that are not named; they have their disposition if absent. */
  readonly rest?: FateInWords;
};

/**
 * The fates of all blocks of one kind, node by node. A block that no group tracks has nothing to influence; one that a check
 * of a real server names is not spoken for.
 *
 * @param check the checker that names such blocks
 * @param fateOf undefined where no group tracks it, `elsewhere` where another rule speaks for it
 */
export function definitionFates<One extends Definition>(
  { configurations }: FailoverCluster,
  of: (configuration: NodeConfiguration) => readonly One[],
  check: 'FILE_CHECK' | 'BFD_CHECK' | undefined,
  fateOf: (definition: One, node: string) => DefinitionFate | 'elsewhere' | undefined,
): RuleFate[] {
  return configurations.flatMap((configuration) => {
    const checked = namesInCheckers(configuration, check);
    return of(configuration).flatMap((definition) => {
      const found = fateOf(definition, configuration.node);
      if (found === 'elsewhere') return [];
      if (!found) return checked.has(definition.name) ? [] : unused(definition);
      return fatesOfDefinition(definition.directive, found);
    });
  });
}

/** The fates of one block and its lines. */
export function fatesOfDefinition(directive: BoundDirective, found: DefinitionFate): RuleFate[] {
  const known = new Map(Object.entries(found.lines));
  const lines = directive.children.flatMap((child) => {
    const line = known.get(child.directive.words[0].value) ?? found.rest;
    if (line === undefined) return [];
    return typeof line === 'string' ? fatesOf([child], 'equivalent', line) : fatesInWords([child], line);
  });
  const { lines: _, rest: __, ...own } = found;
  return [...fatesInWords([directive], own), ...lines];
}

function unused({ directive }: Definition): RuleFate[] {
  const reason = 'No instance with addresses tracks it: there is nothing it could influence.';
  return fatesOf([directive, ...directive.children], 'not-needed', reason);
}

function namesInCheckers(
  { virtualServers }: NodeConfiguration,
  kind: 'FILE_CHECK' | 'BFD_CHECK' | undefined,
): ReadonlySet<string> {
  const checkers = virtualServers.flatMap(({ realServers }) => realServers.flatMap((one) => one.checkers));
  return new Set(
    checkers.flatMap((checker) => {
      if (checker.kind !== kind) return [];
      return checker.kind === 'FILE_CHECK' ? [checker.trackFile] : [checker.bfdInstance];
    }),
  );
}

/** Says of a check that two nodes define it in two ways. */
export function differing(keyword: string, check: ObjectCheck<Definition>): Diagnostic[] {
  const [first, second] = check.variants;
  if (!first || !second) return [];
  return [
    report(pacemakerFindings.checkDiffers, {
      summary: `${keyword} ${check.name} differs between ${first.nodes[0]} and ${second.nodes[0]}`,
      detail: 'Each node keeps its own.',
      at: first.definition.directive.directive.span,
      notes: [{ text: `${second.nodes[0]} has it here`, at: second.definition.directive.directive.span }],
      help: 'if they are meant to be one check, make them the same on all nodes',
    }),
  ];
}
