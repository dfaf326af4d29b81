import type { ReaderLine } from '../../grammar/reader/logical-text.ts';
import { compareText } from '../../grammar/source/diagnostic.ts';
import { type BoundDirective, walkBound } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import { dispositionOf } from './dispositions/index.ts';
import type { Fate, FateKind } from './plan.ts';
import { placeOfSpan, type RuleFate } from './rule.ts';

/** One node's reading, as far as fates need it. */
export interface ReadNode {
  readonly configuration: NodeConfiguration;
  readonly readerLines: readonly ReaderLine[];
}

type Settled = Fate & { readonly node: string };

/**
 * Gives every directive of the input exactly one fate. What the daemon ignores or does not know needs no rule; then come
 * the rules' own words; what no rule speaks for has a disposition.
 * Two rules that speak for one directive are a defect of kp2pcm, not of the input: that throws.
 */
export function settleFates(
  nodes: readonly ReadNode[],
  byRule: readonly (RuleFate & { readonly rule: string })[],
): Fate[] {
  const spoken = new Map<BoundDirective, RuleFate & { readonly rule: string }>();
  for (const fate of byRule) {
    const other = spoken.get(fate.directive);
    if (other && (other.rule !== fate.rule || other.fate !== fate.fate)) {
      throw new Error(
        `two fates for ${fate.directive.path}: ${other.rule} says ${other.fate}, ${fate.rule} says ${fate.fate}`,
      );
    }
    if (!other) spoken.set(fate.directive, fate);
  }
  const settled = nodes.flatMap(({ configuration }) =>
    [...walkBound(configuration.directives)].map((bound) => settle(bound, configuration, spoken)),
  );
  return mergeReadings([...settled, ...nodes.flatMap(readerFates)], conditionsThatHold(nodes));
}

function settle(
  bound: BoundDirective,
  { ignored, node }: NodeConfiguration,
  spoken: ReadonlyMap<BoundDirective, RuleFate & { readonly rule: string }>,
): Settled {
  const common = { ...placeOfSpan(bound.directive.span), path: bound.path, node };
  if (bound.verdict?.kind === 'unknown')
    return { ...common, fate: 'unknown', reason: bound.verdict.reason, rule: 'daemon' };
  const reason = ignored.get(bound);
  if (reason !== undefined) return { ...common, fate: 'ignored', reason, rule: 'daemon' };
  const own = spoken.get(bound);
  if (own) {
    const { directive: _, ...words } = own;
    return { ...common, ...words };
  }
  return { ...common, ...dispositionOf(bound.keywords), rule: 'disposition' };
}

const readerReasons: Record<ReaderLine['kind'], { readonly effective: string; readonly idle: string }> = {
  definition: { effective: 'Written out wherever it is used.', idle: 'Not used.' },
  include: {
    effective: 'Read in place.',
    idle: 'The daemon logs that there is nothing to read and goes on.',
  },
  condition: {
    effective: 'The line counts on this node.',
    idle: 'The condition holds on none of the given nodes.',
  },
  sequence: {
    effective: 'Read once for each of its values.',
    idle: 'The daemon reports the line and drops it.',
  },
};

function readerFates({ readerLines, configuration }: ReadNode): Settled[] {
  return readerLines.map(({ kind, label, effective, span }) => ({
    ...placeOfSpan(span),
    path: label,
    node: configuration.node,
    fate: effective ? 'exact' : 'ignored',
    reason: readerReasons[kind][effective ? 'effective' : 'idle'],
    rule: 'reader',
  }));
}

/** Lines with an `@id` that counts on some node: there the line itself has its fate. */
function conditionsThatHold(nodes: readonly ReadNode[]): ReadonlySet<string> {
  const lines = new Set<string>();
  for (const { configuration, readerLines } of nodes) {
    for (const { directive } of walkBound(configuration.directives))
      lines.add(`${directive.span.file}:${directive.span.line}`);
    for (const { kind, span } of readerLines)
      if (kind !== 'condition') lines.add(`${span.file}:${span.line}`);
  }
  return lines;
}

/**
 * One line that several nodes read (a shared file) has one fate: the least faithful of theirs. A directive that a
 * sequence repeats stays one for each of its texts.
 */
function mergeReadings(settled: readonly Settled[], holding: ReadonlySet<string>): Fate[] {
  const merged = new Map<string, Settled>();
  for (const fate of settled) {
    const isCondition = fate.rule === 'reader' && fate.path.startsWith('@');
    if (isCondition && holding.has(`${fate.file}:${fate.line}`)) continue;
    const key = `${fate.file}:${fate.line}:${fate.column}:${fate.path}`;
    const known = merged.get(key);
    if (!known || rank(fate.fate) > rank(known.fate)) merged.set(key, fate);
  }
  return [...merged.values()].sort(byPlace).map(({ node: _, ...fate }) => fate);
}

const faithfulness: readonly FateKind[] = [
  'ignored',
  'not-needed',
  'exact',
  'equivalent',
  'unknown',
  'approximate',
  'manual',
];

function rank(fate: FateKind): number {
  return faithfulness.indexOf(fate);
}

function byPlace(a: Fate, b: Fate): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.path, b.path);
}
