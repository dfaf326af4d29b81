import type { Alert, Colocation, Constraint, Order, Plan, PlanNode, Resource } from '../pacemaker/plan.ts';

/** The parts of a plan in which a change can lie, in the order of output. */
export const planAreas = [
  'node',
  'cluster',
  'property',
  'resource',
  'constraint',
  'fencing level',
  'alert',
  'file',
  'manual step',
] as const;
export type PlanArea = (typeof planAreas)[number];

export interface FieldChange {
  readonly field: string;
  /** Absent: the field was not there. */
  readonly before?: string;
  /** Absent: the field is gone. */
  readonly after?: string;
}

/** One difference in meaning between two plans. */
export interface PlanChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly area: PlanArea;
  /** What a reader calls it: an id, or `VI_1 prefers lb1`. */
  readonly name: string;
  /** For `added` and `removed` the fields that it has or had; for `changed` those that differ. */
  readonly fields: readonly FieldChange[];
}

/** One thing of a plan as flat text: what it is called, and what it says. */
interface Item {
  /** Equal in both plans for what a reader takes for the same thing. */
  readonly key: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * What differs in meaning between two plans. Places in the source, reasons and comments do not count:
 * a moved line or another comment changes nothing on a cluster.
 */
export function comparePlans(before: Plan, after: Plan): PlanChange[] {
  const oldItems = itemsOf(before);
  const newItems = itemsOf(after);
  return planAreas.flatMap((area) => compareItems(area, oldItems[area], newItems[area]));
}

function compareItems(area: PlanArea, before: readonly Item[], after: readonly Item[]): PlanChange[] {
  const changes: PlanChange[] = [];
  const remaining = new Map(after.map((item) => [item.key, item]));
  for (const item of before) {
    const match = remaining.get(item.key);
    remaining.delete(item.key);
    const fields = compareFields(item.fields, match?.fields ?? {});
    if (!match) changes.push({ kind: 'removed', area, name: item.name, fields });
    else if (fields.length > 0) changes.push({ kind: 'changed', area, name: match.name, fields });
  }
  for (const item of remaining.values()) {
    changes.push({ kind: 'added', area, name: item.name, fields: compareFields({}, item.fields) });
  }
  return changes;
}

function compareFields(before: Item['fields'], after: Item['fields']): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((field) => {
    const [old, fresh] = [before[field], after[field]];
    if (old === fresh) return [];
    return [
      { field, ...(old !== undefined && { before: old }), ...(fresh !== undefined && { after: fresh }) },
    ];
  });
}

function itemsOf(plan: Plan): Record<PlanArea, Item[]> {
  return {
    node: plan.nodes.map(nodeItem),
    cluster: [clusterItem(plan)],
    property: plan.properties.map(({ name, value }) => ({ key: name, name, fields: { value } })),
    resource: plan.resources.map(resourceItem),
    constraint: unique([
      ...plan.constraints.map(constraintItem),
      ...plan.colocations.map(colocationItem),
      ...plan.orders.map(orderItem),
    ]),
    'fencing level': plan.fencingLevels.map(({ id, node, level, devices }) => ({
      key: id,
      name: `${node}, level ${level}`,
      fields: { devices: devices.join(' ') },
    })),
    alert: plan.alerts.map(alertItem),
    file: plan.files.map(({ path, mode, content, node }) => {
      const name = node === undefined ? path : `${path} on ${node}`;
      return { key: name, name, fields: { mode, content } };
    }),
    'manual step': unique(
      plan.manualSteps.map(({ title, instruction, when }) => ({
        key: title,
        name: title,
        fields: { when, instruction },
      })),
    ),
  };
}

/** Two items may share a key (two rules on one attribute): the second gets its number, so that neither hides the other. */
function unique(items: readonly Item[]): Item[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const count = (seen.get(item.key) ?? 0) + 1;
    seen.set(item.key, count);
    return count === 1 ? item : { ...item, key: `${item.key}\0${count}` };
  });
}

function nodeItem({ name, addresses, variable }: PlanNode): Item {
  return { key: name, name, fields: present({ addresses: addresses.join(' '), variable: variable ?? '' }) };
}

function clusterItem({ cluster }: Plan): Item {
  const { name, tokenMs, failoverMs, quorumPolicy, fencing } = cluster;
  const times = { 'totem token': `${tokenMs} ms`, 'expected failover': `${failoverMs} ms` };
  return { key: '', name: 'settings', fields: { name, ...times, 'quorum policy': quorumPolicy, fencing } };
}

function resourceItem(resource: Resource): Item {
  const meta = prefixed('meta ', resource.meta);
  const item = { key: resource.id, name: resource.id };
  if (resource.kind === 'group') {
    return { ...item, fields: { kind: 'group', members: resource.members.join(' '), ...meta } };
  }
  if (resource.kind === 'clone') return { ...item, fields: { kind: 'clone', of: resource.of, ...meta } };
  const operations = resource.operations.map(({ name, options }) => prefixed(`op ${name} `, options));
  const onNodes = (resource.attributesOnNodes ?? []).map(({ node, attributes }) =>
    Object.fromEntries(Object.entries(attributes).map(([name, value]) => [`${name} on ${node}`, value])),
  );
  const fields = Object.assign(
    { agent: resource.agent },
    resource.attributes,
    ...onNodes,
    ...operations,
    meta,
  );
  return { ...item, fields };
}

/** Constraints are matched by what they speak about, since the ids that pcs derives hold the score. */
function constraintItem(constraint: Constraint): Item {
  const { resource } = constraint;
  if (constraint.kind === 'avoids') {
    const name = `${resource} avoids ${constraint.node}`;
    return { key: name, name, fields: {} };
  }
  if (constraint.kind === 'prefers') {
    const name = `${resource} prefers ${constraint.node}`;
    return { key: name, name, fields: { score: `${constraint.score}` } };
  }
  const { attribute, node } = constraint;
  const name = `${resource} scored by ${attribute}${node === undefined ? '' : ` on ${node}`}`;
  if (constraint.kind === 'score-attribute')
    return { key: name, name, fields: { score: `the value of ${attribute}` } };
  const { operation, value, score } = constraint;
  return { key: name, name, fields: { score: `${score}`, when: `${operation} ${value}` } };
}

function colocationItem({ resource, with: other, score }: Colocation): Item {
  const name = `${resource} with ${other}`;
  return { key: name, name, fields: { score: `${score}` } };
}

function orderItem({ first, second, action, strength, symmetrical }: Order): Item {
  const name = `${action} ${first} then ${second}`;
  return { key: name, name, fields: { strength, symmetrical: `${symmetrical}` } };
}

function alertItem({ id, path, options, recipients }: Alert): Item {
  const fields = { path, recipients: recipients.map(({ value }) => value).join(' ') };
  return { key: id, name: id, fields: present({ ...fields, ...prefixed('option ', options) }) };
}

function prefixed(prefix: string, record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [prefix + name, value]));
}

function present(record: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''));
}
