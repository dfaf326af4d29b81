import type { Constraint, Plan, Resource } from '../../src/pacemaker/plan.ts';
import { elementsOf, pairsOf, parseXml, type XmlElement } from '../xml.ts';

/** Resources and constraints in a form that does not depend on the version of pcs: sorted, ids of lists left out. */
export interface ClusterContent {
  readonly resources: readonly unknown[];
  readonly constraints: readonly unknown[];
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

/** What the plan says. */
export function contentOfPlan(plan: Plan): ClusterContent {
  return {
    resources: plan.resources.map(resourceOfPlan).sort(byId),
    constraints: plan.constraints.map(constraintOfPlan).sort(byId),
  };
}

function resourceOfPlan(resource: Resource) {
  const { kind, id, meta } = resource;
  if (kind === 'group') return { kind, id, members: resource.members, meta };
  if (kind === 'clone') return { kind, id, of: resource.of, meta };
  const { agent, attributes } = resource;
  const operations = resource.operations.map(({ name, options }) => ({ name, interval: '0s', ...options }));
  return { kind, id, agent, attributes, meta, operations };
}

function constraintOfPlan(constraint: Constraint) {
  const { id, resource } = constraint;
  if (constraint.kind === 'prefers')
    return { id, resource, node: constraint.node, score: `${constraint.score}` };
  if (constraint.kind === 'avoids') return { id, resource, node: constraint.node, score: '-INFINITY' };
  const { attribute, operation, value, node, score } = constraint;
  const there = node === undefined ? [] : [{ attribute: '#uname', operation: 'eq', value: node }];
  return { id, resource, score: `${score}`, expressions: [{ attribute, operation, value }, ...there] };
}

/**
 * What a CIB says. pcs adds the operations that an agent advertises; only those that the plan names are compared,
 * which `plan` is for.
 */
export function contentOfCib(text: string, plan: Plan): ClusterContent {
  const cib = parseXml(text);
  const planned = new Map(
    plan.resources.map((r) => [
      r.id,
      new Set(r.kind === 'primitive' ? r.operations.map(({ name }) => name) : []),
    ]),
  );
  const resources = [
    ...elementsOf(cib, 'primitive').map((element) => primitiveOfCib(element, planned.get(idOf(element)))),
    ...elementsOf(cib, 'group').map((element) => ({
      kind: 'group',
      id: idOf(element),
      members: elementsOf(element, 'primitive').map(idOf),
      meta: pairsOf(element, 'meta_attributes'),
    })),
    ...elementsOf(cib, 'clone').map((element) => ({
      kind: 'clone',
      id: idOf(element),
      of: elementsOf(element, 'primitive').map(idOf)[0],
      meta: pairsOf(element, 'meta_attributes'),
    })),
  ];
  return { resources: resources.sort(byId), constraints: constraintsOfCib(cib) };
}

const idOf = ({ attributes }: XmlElement): string => attributes['id'] ?? '';

function primitiveOfCib(element: XmlElement, planned: ReadonlySet<string> = new Set()) {
  const { class: family, provider, type } = element.attributes;
  const operations = elementsOf(element, 'op')
    .map(({ attributes: { id: _, ...rest } }) => rest)
    .filter(({ name }) => planned.has(name ?? ''));
  return {
    kind: 'primitive',
    id: idOf(element),
    agent: [family, provider, type].filter((part) => part !== undefined).join(':'),
    attributes: pairsOf(element, 'instance_attributes'),
    meta: pairsOf(element, 'meta_attributes'),
    operations,
  };
}

function constraintsOfCib(cib: XmlElement) {
  return elementsOf(cib, 'rsc_location')
    .map((element) => {
      const { rsc: resource, node, score } = element.attributes;
      const [rule] = elementsOf(element, 'rule');
      if (!rule) return { id: idOf(element), resource, node, score };
      const expressions = elementsOf(rule, 'expression').map(({ attributes: { id: _, ...rest } }) => rest);
      return { id: idOf(element), resource, score: rule.attributes['score'], expressions };
    })
    .sort(byId);
}
