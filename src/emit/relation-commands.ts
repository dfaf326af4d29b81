import type { Alert, Colocation, FencingLevel, Order } from '../pacemaker/plan.ts';
import { assignments, configureCommand, type NodeWord } from './command-parts.ts';
import type { ScriptCommand } from './words.ts';

/** What pcs 0.10 to 0.12 spell alike: relations between resources, fencing topology, alerts. */

export function addColocation({ id, resource, with: other, score, origin }: Colocation): ScriptCommand {
  const what = [resource, 'with', other, `score=${score}`, `id=${id}`];
  return configureCommand(['pcs', 'constraint', 'colocation', 'add', ...what], origin);
}

export function addOrder({ id, first, second, action, strength, symmetrical, origin }: Order): ScriptCommand {
  const options = [`kind=${strength}`, ...(symmetrical ? [] : ['symmetrical=false']), `id=${id}`];
  return configureCommand(
    ['pcs', 'constraint', 'order', action, first, 'then', action, second, ...options],
    origin,
  );
}

/** The ids of levels are those that pcs makes. */
export function addFencingLevel(
  { node, level, devices, origin }: FencingLevel,
  word: NodeWord,
): ScriptCommand {
  return configureCommand(['pcs', 'stonith', 'level', 'add', `${level}`, word(node), ...devices], origin);
}

export function addAlert({ id, path, options, recipients, origin }: Alert): ScriptCommand[] {
  const own = Object.keys(options).length > 0 ? ['options', ...assignments(options)] : [];
  return [
    configureCommand(['pcs', 'alert', 'create', `path=${path}`, `id=${id}`, ...own], origin),
    ...recipients.map((recipient) =>
      configureCommand(
        ['pcs', 'alert', 'recipient', 'add', id, `value=${recipient.value}`, `id=${recipient.id}`],
        origin,
      ),
    ),
  ];
}
