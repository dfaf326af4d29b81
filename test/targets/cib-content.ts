import { expect } from 'vitest';
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
  readonly colocations: readonly unknown[];
  readonly orders: readonly unknown[];
  /** Without ids: crmsh makes its own. */
  readonly fencingLevels: readonly unknown[];
  readonly alerts: readonly unknown[];
}

const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
const byLevel = (a: { node: string; level: string }, b: { node: string; level: string }) =>
  `${a.node} ${a.level}` < `${b.node} ${b.level}` ? -1 : 1;
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

/** What the plan says. */
export function contentOfPlan(plan: Plan): ClusterContent {
  return {
    properties: Object.fromEntries(plan.properties.map(({ name, value }) => [name, value])),
    resources: plan.resources.map(resourceOfPlan).sort(byId),
    constraints: plan.constraints.map(constraintOfPlan).sort(byId),
    colocations: plan.colocations
      .map(({ id, resource, with: other, score }) => ({ id, resource, with: other, score: `${score}` }))
      .sort(byId),
    orders: plan.orders.map(({ origin: _, ...order }) => order).sort(byId),
    fencingLevels: plan.fencingLevels
      .map(({ node, level, devices }) => ({ node, level: `${level}`, devices: devices.join(',') }))
      .sort(byLevel),
    alerts: plan.alerts.map(({ origin: _, ...alert }) => alert).sort(byId),
  };
}

function resourceOfPlan(resource: Resource) {
  const { kind, id, meta } = resource;
  if (kind === 'group') return { kind, id, members: resource.members, meta };
  if (kind === 'clone') return { kind, id, of: resource.of, meta };
  const { agent, attributes, attributesOnNodes: onNodes = [] } = resource;
  const operations = allOperations(resource).map(({ name, options }) => ({ name, ...options }));
  return { kind, id, agent, attributes, onNodes, meta, operations: operations.sort(byName) };
}

function constraintOfPlan(constraint: Constraint) {
  const { id, resource } = constraint;
  if (constraint.kind === 'prefers')
    return { id, resource, node: constraint.node, score: `${constraint.score}` };
  if (constraint.kind === 'avoids') return { id, resource, node: constraint.node, score: '-INFINITY' };
  const { attribute, node } = constraint;
  const there = node === undefined ? [] : [{ attribute: '#uname', operation: 'eq', value: node }];
  if (constraint.kind === 'score-attribute') {
    const expressions = [{ attribute, operation: 'defined' }, ...there];
    return { id, resource, scoreAttribute: attribute, all: 'and', expressions };
  }
  const { operation, value, score } = constraint;
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
    ...relationsOfCib(cib),
  };
}

function relationsOfCib(
  cib: XmlElement,
): Pick<ClusterContent, 'colocations' | 'orders' | 'fencingLevels' | 'alerts'> {
  const all = (name: string) => elementsOf(cib, name).map(({ attributes }) => attributes);
  return {
    colocations: all('rsc_colocation')
      .map(({ id = '', rsc, score, 'with-rsc': other }) => ({ id, resource: rsc, with: other, score }))
      .sort(byId),
    orders: all('rsc_order').map(orderOfCib).sort(byId),
    fencingLevels: all('fencing-level')
      .map(({ target: node = '', index: level = '', devices }) => ({ node, level, devices }))
      .sort(byLevel),
    alerts: elementsOf(cib, 'alert')
      .map((element) => ({
        id: idOf(element),
        path: element.attributes['path'],
        options: pairsOf(element, 'instance_attributes'),
        recipients: elementsOf(element, 'recipient').map(({ attributes }) => ({
          id: attributes['id'],
          value: attributes['value'],
        })),
      }))
      .sort(byId),
  };
}

/** What is not said has Pacemaker's default; crmsh says all of it. */
function orderOfCib({ id = '', first, then: second, ...rest }: XmlElement['attributes']) {
  const action = rest['first-action'] ?? 'start';
  expect(rest['then-action'] ?? action).toBe(action);
  const { kind: strength = 'Mandatory', symmetrical = 'true' } = rest;
  return { id, first, second, action, strength, symmetrical: symmetrical === 'true' };
}

const reloads: ReadonlySet<string> = new Set(['reload', 'reload-agent']);

const idOf = ({ attributes }: XmlElement): string => attributes['id'] ?? '';

function primitiveOfCib(element: XmlElement) {
  const { class: family, provider, type } = element.attributes;
  // Agents advertise a reload, some only from a release on, and pcs writes it down; nobody asks for it.
  const wanted = elementsOf(element, 'op').filter(({ attributes }) => !reloads.has(attributes['name'] ?? ''));
  const operations = wanted.map((operation) => {
    const { id: _, name = '', interval, ...rest } = operation.attributes;
    return {
      name,
      ...rest,
      // What the agent is told, such as OCF_CHECK_LEVEL.
      ...pairsOf(operation, 'instance_attributes'),
      // crmsh leaves the unit away where nothing is counted.
      interval: interval === '0' ? '0s' : interval,
    };
  });
  return {
    kind: 'primitive',
    id: idOf(element),
    agent: [family, provider, type].filter((part) => part !== undefined).join(':'),
    ...parametersOfCib(element),
    meta: pairsOf(element, 'meta_attributes'),
    operations: operations.sort(byName),
  };
}

/** Those for all nodes, and those that a rule gives to one. */
function parametersOfCib(element: XmlElement) {
  const sets = elementsOf(element, 'instance_attributes');
  const ruled = sets.filter((set) => elementsOf(set, 'rule').length > 0);
  const plain = sets.find((set) => !ruled.includes(set));
  const own = (set: XmlElement) =>
    Object.fromEntries(elementsOf(set, 'nvpair').map(({ attributes: { name, value } }) => [name, value]));
  const onNodes = ruled.map((set) => {
    const expressions = elementsOf(set, 'expression').map(({ attributes: { id: _, ...rest } }) => rest);
    const [expression] = expressions;
    expect(expressions).toEqual([{ attribute: '#uname', operation: 'eq', value: expression?.['value'] }]);
    return { node: expression?.['value'], attributes: own(set) };
  });
  return { attributes: plain ? own(plain) : {}, onNodes };
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
      const { score: number, 'score-attribute': scoreAttribute } = rule.attributes;
      const scored = scoreAttribute === undefined ? { score: number } : { scoreAttribute };
      return { id: idOf(element), resource, ...scored, all, expressions };
    })
    .sort(byId);
}
