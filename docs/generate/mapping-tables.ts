import { lookUp, rootTable } from '../../grammar/directives/index.ts';
import type { DirectiveSpec, DirectiveTable } from '../../grammar/directives/spec.ts';
import { dispositionOf } from '../../src/pacemaker/dispositions/index.ts';
import { type FateKind, fateKinds, type Origin, type Plan } from '../../src/pacemaker/plan.ts';
import { rules } from '../../src/pacemaker/rules/index.ts';
import { type Blocks, markdownTable } from './marked-blocks.ts';

/** What the rules have done somewhere in the fixtures. */
interface Seen {
  /** `vrrp_instance/priority` by the name of a rule. */
  readonly directives: Map<string, Set<string>>;
  readonly elements: Map<string, Set<string>>;
  /** Fates by directive, where a rule has spoken. */
  readonly fates: Map<string, Map<string, Set<FateKind>>>;
}

/**
 * The tables of docs/mapping.md. What the rules say of themselves and the tables of keywords come from the sources; which
 * keywords a rule speaks for, with which fates, is what it has done in the given plans.
 */
export function mappingBlocks(plans: readonly Plan[]): Blocks {
  const seen: Seen = { directives: new Map(), elements: new Map(), fates: new Map() };
  for (const plan of plans) noteRules(plan, seen);
  return { rules: rulesTable(seen), directives: directiveSections(seen) };
}

function noteRules({ fates, cluster, properties, resources, constraints, alerts }: Plan, seen: Seen): void {
  for (const { path, rule, fate } of fates) {
    const keywords = keywordsOf(path);
    if (!keywords || !rules.some(({ name }) => name === rule)) continue;
    const directive = keywords.join('/');
    note(seen.directives, rule, directive);
    const byRule = seen.fates.get(directive) ?? new Map<string, Set<FateKind>>();
    seen.fates.set(directive, byRule);
    note(byRule, rule, fate);
  }
  const add = ({ rule }: Origin, element: string) => note(seen.elements, rule, element);
  add(cluster.origins.name, 'cluster name');
  add(cluster.origins.token, 'totem token');
  for (const { name, origin } of properties) add(origin, `property \`${name}\``);
  for (const resource of resources) {
    add(resource.origin, resource.kind === 'primitive' ? `\`${resource.agent}\`` : resource.kind);
  }
  for (const { origin } of alerts) add(origin, 'alert');
  for (const { kind, origin } of constraints) add(origin, constraintNames[kind]);
}

const constraintNames = {
  prefers: 'location score',
  avoids: 'location ban',
  rule: 'location rule',
  'score-attribute': 'location rule',
} as const;

function note<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  map.set(key, (map.get(key) ?? new Set()).add(value));
}

/** The keywords of a fate's path; undefined where a name with a slash in it makes that a guess. */
function keywordsOf(path: string): string[] | undefined {
  const keywords: string[] = [];
  let table: DirectiveTable | undefined = rootTable;
  for (const part of path.split('/')) {
    if (!table) return undefined;
    const spec: DirectiveSpec | undefined = lookUp(table, part.split(' ')[0] ?? '');
    if (!spec) return undefined;
    keywords.push(spec.keyword);
    // What follows is an entry, which goes the way of its list.
    if (spec.body !== 'block') return keywords;
    table = spec.children;
  }
  return keywords;
}

function rulesTable({ directives, elements }: Seen): string {
  const rows = rules.map(({ name, sentence }) => [
    `\`${name}\``,
    sentence,
    [...(elements.get(name) ?? [])].sort().join(', ') || 'nothing of its own',
    [...(directives.get(name) ?? [])]
      .sort()
      .map((directive) => `\`${directive.split('/').at(-1)}\``)
      .filter((word, index, all) => all.indexOf(word) === index)
      .join(' ') || 'no single directive',
  ]);
  return markdownTable(['Rule', 'Sentence', 'Makes', 'Speaks for'], rows);
}

interface Row {
  readonly directive: string;
  readonly fate: string;
  readonly text: string;
}

/** One table for each block of the language, in the order of the language's own tables. */
function directiveSections(seen: Seen): string {
  const top = rootTable.flatMap((spec) => rowsOf([spec.keyword], spec, seen).slice(0, 1));
  const blocks = rootTable.flatMap((spec) => {
    const rows = rowsOf([spec.keyword], spec, seen).slice(1);
    return rows.length > 0 ? [section(`${spec.keyword} { }`, rows)] : [];
  });
  return [section('Outside all blocks', top), ...blocks].join('\n\n');
}

/** Keywords that share a reason share a row, where the first of them stands. */
function section(title: string, rows: readonly Row[]): string {
  const shared = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.fate} ${row.text}`;
    shared.set(key, [...(shared.get(key) ?? []), row]);
  }
  const cells = [...shared.values()].map((same) => [
    same.map(({ directive }) => directive).join(' '),
    same[0]?.fate ?? '',
    same[0]?.text ?? '',
  ]);
  return `### ${title}\n\n${markdownTable(['Directives', 'Fate', 'Why'], cells)}`;
}

/** A directive and what stands in it; a block that goes one way as a whole is one row. */
function rowsOf(path: readonly string[], spec: DirectiveSpec, seen: Seen): Row[] {
  const own = rowOf(path, spec, seen);
  const inside = (spec.children ?? []).flatMap((child) => rowsOf([...path, child.keyword], child, seen));
  const asOne = inside.length > 0 && inside.every(({ fate, text }) => fate === own.fate && text === own.text);
  if (!asOne) return [own, ...inside];
  return [{ ...own, directive: `${own.directive} and all in it` }];
}

function rowOf(path: readonly string[], { aliasOf }: DirectiveSpec, seen: Seen): Row {
  const shown = path.length > 2 ? path.slice(1).join('/') : (path.at(-1) ?? '');
  const directive = `\`${shown}\`${aliasOf === undefined ? '' : ` (= \`${aliasOf}\`)`}`;
  const byRule = seen.fates.get(path.join('/'));
  const { fate, reason, wayOut } = dispositionOf(path);
  const way = wayOut === undefined ? '' : ` **Way out:** ${wayOut}`;
  if (!byRule) return { directive, fate, text: `${reason}${way}` };
  const found = new Set([...byRule.values()].flatMap((fates) => [...fates]));
  return {
    directive,
    fate: fateKinds.filter((kind) => found.has(kind)).join(', '),
    text: `${reason} (rule ${[...byRule.keys()].map((rule) => `\`${rule}\``).join(', ')})${way}`,
  };
}
