import type { MemberOf } from '../cluster/failover-cluster.ts';
import type { NotifyScript, ScriptUser } from '../keepalived/node-configuration.ts';
import type { MovingGroup } from './moving-group.ts';
import { nodeWords } from './node-words.ts';
import type { NotifyMember, NotifyOwner } from './notify-owners.ts';
import type { Clone, Constraint, Operation, Primitive } from './plan.ts';
import { joinArguments } from './script-arguments.ts';

const parameters = {
  master: 'notify_master',
  backup: 'notify_backup',
  fault: 'notify_fault',
  stop: 'notify_stop',
  any: 'notify',
} as const;

/** The parameters of ocf:kp2pcm:notify for an instance or a sync group, but for its location rules and FIFOs. */
export function notifyParameters(owner: NotifyOwner): Record<string, string> {
  const { members, type, name, group } = owner;
  const events = Object.entries(parameters) as [keyof typeof parameters, string][];
  const users = new Set(members.flatMap(({ configured }) => configured.scripts.map(userWords)));
  const [only] = users;
  const common = users.size === 1 ? only : undefined;
  const words: Record<string, string | undefined> = {
    ...(type === 'GROUP' && { type }),
    name: joinArguments([name]),
    ...(type === 'INSTANCE' && { priority: perNode(members, ({ priority }) => [String(priority ?? 100)]) }),
    addresses: joinArguments(group.addresses.map(({ address }) => address.first.address.text)),
    user: common,
  };
  for (const [event, parameter] of events) {
    words[parameter] = perNode(members, (member) => find(member, event)?.argv ?? []);
    if (common === undefined)
      words[`${parameter}_user`] = perNode(members, (member) => accountWords(find(member, event)?.user));
  }
  if (members.some(({ configured }) => configured.tellsPriorityChanges)) words['priority_changes'] = 'true';
  return Object.fromEntries(
    Object.entries(words).filter((entry): entry is [string, string] => (entry[1] ?? '') !== ''),
  );
}

function find({ scripts }: NotifyMember, event: NotifyScript['event']): NotifyScript | undefined {
  return scripts.find((script) => script.event === event);
}

function perNode(
  members: readonly MemberOf<NotifyMember>[],
  words: (member: NotifyMember) => readonly string[],
): string | undefined {
  return nodeWords(members.map(({ node, configured }) => ({ node, configured: words(configured) })));
}

/** User and group of a script as the agents take them; none: the agents choose as Keepalived does. */
export function accountWords(account: ScriptUser | undefined): string[] {
  if (!account) return [];
  return account.group === undefined ? [account.user] : [account.user, account.group];
}

function userWords(script: NotifyScript): string {
  return nodeWords([{ node: '', configured: accountWords(script.user) }]) ?? '';
}

/** Whatever happens to it, no address suffers: a start, monitor or stop that fails is as if it had not. */
export function ignoringFailures(interval: string): Operation[] {
  const always = { timeout: '20s', 'on-fail': 'ignore' };
  return [
    { name: 'monitor', options: { interval, ...always } },
    { name: 'start', options: always },
    { name: 'stop', options: always },
  ];
}

export function cloneOf({ id, origin }: Primitive): Clone {
  return { kind: 'clone', id: `${id}-clone`, of: id, meta: { interleave: 'true' }, origin };
}

/** The location rules of a group for the agent, which knows FAULT and the priority that counts from them. */
export function rulesParameter(group: MovingGroup, constraints: readonly Constraint[]): string | undefined {
  const own = constraints.filter(({ resource }) => resource === group.id);
  return nodeWords(
    group.nodes.map((node) => ({ node, configured: own.flatMap((rule) => ruleWords(rule, node)) })),
  );
}

/** Four words: attribute, comparison, value, score. */
export function ruleWords(rule: Constraint, node: string): string[] {
  if (rule.kind === 'prefers' || rule.kind === 'avoids') return [];
  if (rule.node !== undefined && rule.node !== node) return [];
  if (rule.kind === 'score-attribute') return [rule.attribute, 'score', '-', '-'];
  return [rule.attribute, rule.operation, rule.value, String(rule.score)];
}
