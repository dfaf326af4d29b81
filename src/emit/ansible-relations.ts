import type { Alert, Colocation, FencingLevel, Order, Origin, Plan } from '../pacemaker/plan.ts';
import { attributeSet, type Fields, type Item, pairs } from './ansible-values.ts';
import { whyLine } from './command-lines.ts';

/** What relates resources to each other, the fencing topology and the alerts; a variable for each that there is. */
export function relationVariables({ colocations, orders, fencingLevels, alerts }: Plan): Fields {
  return {
    ...(colocations.length > 0 && { ha_cluster_constraints_colocation: colocations.map(colocation) }),
    ...(orders.length > 0 && { ha_cluster_constraints_order: orders.map(order) }),
    ...(fencingLevels.length > 0 && { ha_cluster_stonith_levels: fencingLevels.map(fencingLevel) }),
    ...(alerts.length > 0 && { ha_cluster_alerts: alerts.map(alert) }),
  };
}

function explained({ origin }: { readonly origin: Origin }, value: Fields): Item {
  return { comment: whyLine(origin), value };
}

function colocation(entry: Colocation): Item {
  return explained(entry, {
    resource_follower: { id: entry.resource },
    resource_leader: { id: entry.with },
    id: entry.id,
    options: pairs({ score: `${entry.score}` }),
  });
}

function order(entry: Order): Item {
  const { id, first, second, action, strength, symmetrical } = entry;
  return explained(entry, {
    resource_first: { id: first, action },
    resource_then: { id: second, action },
    id,
    options: pairs({ kind: strength, ...(!symmetrical && { symmetrical: 'false' }) }),
  });
}

function fencingLevel(entry: FencingLevel): Item {
  const { level, node, devices } = entry;
  return explained(entry, {
    level: `${level}`,
    target: node,
    resource_ids: devices.map((value) => ({ value })),
  });
}

function alert(entry: Alert): Item {
  const { id, path, options, recipients } = entry;
  return explained(entry, {
    id,
    path,
    ...(Object.keys(options).length > 0 && { instance_attrs: attributeSet(options) }),
    ...(recipients.length > 0 && {
      recipients: recipients.map((recipient) => ({ value: { value: recipient.value, id: recipient.id } })),
    }),
  });
}
