import { allOperations } from '../../src/emit/advertised-operations.ts';
import type { Constraint, Plan, Resource } from '../../src/pacemaker/plan.ts';
import { elementsOf, pairsOf, parseXml, type XmlElement } from '../xml.ts';

/**
 * Properties, resources with all their operations, and constraints, in a form that does not depend on who wrote them:
 * sorted, without the ids of lists, pairs, operations and expressions.
 */
export interface ClusterContent {
  readonly properties: Readonly<Record<string, string>>;
  readonly resources: readonly unknown[];
  readonly constraints: readonly unknown[];
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** What the plan says. */
export function contentOfPlan(plan: Plan): ClusterContent {
  return {
    properties: Object.fromEntries(plan.properties.map(({ name, value }) => [name, value])),
    resources: plan.resources.map(resourceOfPlan).sort(byId),
    constraints: plan.constraints.map(constraintOfPlan).sort(byId),
  };
}

function resourceOfPlan(resource: Resource) {
  const { kind, id, meta } = resource;
  if (kind === 'group') return { kind, id, members: resource.members, meta };
  if (kind === 'clone') return { kind, id, of: resource.of, meta };
  const { agent, attributes } = resource;
  const operations = allOperations(resource).map(({ name, options }) => ({ name, ...options }));
  return { kind, id, agent, attributes, meta, operations: operations.sort(byName) };
}

function constraintOfPlan(constraint: Constraint) {
  const { id, resource } = constraint;
  if (constraint.kind === 'prefers')
    return { id, resource, node: constraint.node, score: `${constraint.score}` };
  if (constraint.kind === 'avoids') return { id, resource, node: constraint.node, score: '-INFINITY' };
  const { attribute, operation, value, node, score } = constraint;
  const there = node === undefined ? [] : [{ attribute: '#uname', operation: 'eq', value: node }];
  const expressions = [{ attribute, operation, value }, ...there];
  return { id, resource, score: `${score}`, all: 'and', expressions };
}

/** What a CIB says. */
export function contentOfCib(text: string): ClusterContent {
  const cib = parseXml(text);
  const resources = [
    ...elementsOf(cib, 'primitive').map(primitiveOfCib),
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
  const [settings] = elementsOf(cib, 'crm_config');
  return {
    properties: settings ? pairsOf(settings, 'cluster_property_set') : {},
    resources: resources.sort(byId),
    constraints: constraintsOfCib(cib),
  };
}

const idOf = ({ attributes }: XmlElement): string => attributes['id'] ?? '';

function primitiveOfCib(element: XmlElement) {
  const { class: family, provider, type } = element.attributes;
  const operations = elementsOf(element, 'op').map(({ attributes: { id: _, name = '', ...rest } }) => ({
    name,
    ...rest,
    // crmsh leaves the unit away where nothing is counted.
    interval: rest['interval'] === '0' ? '0s' : rest['interval'],
  }));
  return {
    kind: 'primitive',
    id: idOf(element),
    agent: [family, provider, type].filter((part) => part !== undefined).join(':'),
    attributes: pairsOf(element, 'instance_attributes'),
    meta: pairsOf(element, 'meta_attributes'),
    operations: operations.sort(byName),
  };
}

function constraintsOfCib(cib: XmlElement) {
  return elementsOf(cib, 'rsc_location')
    .map((element) => {
      const { rsc: resource, node, score } = element.attributes;
      const [rule] = elementsOf(element, 'rule');
      if (!rule) return { id: idOf(element), resource, node, score };
      const expressions = elementsOf(rule, 'expression').map(({ attributes: { id: _, ...rest } }) => rest);
      // `and` is the default, which newer versions write down.
      const all = rule.attributes['boolean-op'] ?? 'and';
      return { id: idOf(element), resource, score: rule.attributes['score'], all, expressions };
    })
    .sort(byId);
}
