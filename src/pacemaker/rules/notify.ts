import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { agentPath, agentText } from '../../../templates/agents/index.ts';
import type { FailoverGroup } from '../../cluster/failover-cluster.ts';
import type { NotifyScript } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import { nodeWords } from '../node-words.ts';
import { fifoPaths, isRun, type NotifyOwner, ownersToTell } from '../notify-owners.ts';
import { cloneOf, ignoringFailures, notifyParameters, rulesParameter } from '../notify-resource.ts';
import type { Clone, Constraint, Primitive } from '../plan.ts';
import { type Contribution, fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';

const name = 'notify';

export const notify: Rule = {
  name,
  sentence:
    'a notify script is run by an agent that keeps each node’s state as a clone, and that a member of the group tells of moves',
  apply(context) {
    const replaced = new Set(context.checks.notified.following.flatMap(({ scripts }) => scripts));
    const owners = ownersToTell(context.cluster, context.groups, replaced);
    const built = owners.map((owner) => build(owner, context));
    return {
      resources: built.flatMap(({ resources }) => resources),
      groupMembers: built.map(({ owner, member }) => ({
        group: owner.group.id,
        place: 'notify' as const,
        members: [member],
      })),
      constraints: built.flatMap(({ constraints }) => constraints),
      files: built.length > 0 ? [agentFile] : [],
      fates: built.flatMap(({ fates }) => fates),
      diagnostics: ownersWithoutAddresses(context).flatMap(byHand),
    };
  },
};

const agentFile: NonNullable<Contribution['files']>[number] = {
  path: agentPath('notify'),
  mode: '0755',
  content: agentText.notify,
  why: 'agent that runs the notify scripts',
};

function build(owner: NotifyOwner, { cluster, ids, constraints: before }: RuleContext) {
  const id = ids.take(`notify-${owner.name}`);
  const member = ids.take(`master-${owner.name}`);
  const { group } = owner;
  const lines = owner.members.flatMap(({ configured }) => configured.scripts.map(({ from }) => from));
  const kind = owner.type === 'GROUP' ? 'sync group' : 'instance';
  const cloned = originOf(name, 'equivalent', `runs the notify scripts of ${kind} ${owner.name}`, lines);
  const told = originOf(name, 'equivalent', `tells ${id} when the group comes to a node or leaves it`, lines);
  const rules = rulesParameter(group, before);
  const fifo = nodeWords(fifoPaths(cluster, group.nodes));
  const scripts: Primitive = {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:notify',
    attributes: {
      ...notifyParameters(owner),
      ...(rules !== undefined && { rules }),
      ...(fifo !== undefined && { fifo }),
    },
    operations: ignoringFailures('5s'),
    meta: {},
    origin: cloned,
  };
  const messenger: Primitive = {
    kind: 'primitive',
    id: member,
    agent: 'ocf:kp2pcm:notify',
    attributes: { tell: id },
    operations: ignoringFailures('10s'),
    meta: {},
    origin: told,
  };
  const clone: Clone = cloneOf(scripts);
  const constraints = cluster.nodes
    .filter(({ name: node }) => !group.nodes.includes(node))
    .map(
      ({ name: node }): Constraint => ({
        kind: 'avoids',
        id: locationId(clone.id, node, '-INFINITY'),
        resource: clone.id,
        node,
        origin: originOf(name, 'exact', `${node} does not configure ${owner.name}`, lines),
      }),
    );
  return {
    owner,
    member,
    resources: [scripts, messenger, clone],
    constraints,
    fates: scriptFates(owner, id),
  };
}

function scriptFates({ members }: NotifyOwner, id: string): RuleFate[] {
  return members.flatMap(({ configured }) =>
    configured.scripts.filter(isRun).flatMap(({ event, from }) => {
      const isFault = event === 'fault';
      return fatesOf(
        [from],
        isFault ? 'approximate' : 'equivalent',
        `${id} runs it ${whens[event]}.`,
        failedAddresses,
      );
    }),
  );
}

const failedAddresses =
  'Nothing needs doing unless somebody must hear of an address that fails by itself. Then register an alert agent, which hears of every failed monitor: `pcs alert create path=/usr/local/sbin/state-alert id=state`.';

const whens: Record<NotifyScript['event'], string> = {
  master: 'where the group has started, after the addresses are there',
  backup: 'where the group has gone from, after the addresses are gone, and where the cluster starts',
  fault:
    'where a location rule forbids the node: at once where the group was, within five seconds elsewhere. An address that fails by itself is BACKUP, and then MASTER again or elsewhere',
  stop: 'where the node leaves the cluster or goes on standby, after the addresses are gone',
  any: 'at each of these changes, with type, name, state and priority as further arguments',
  deleted: '',
  master_rx_lower_pri: '',
};

/** Instances that hold no address, or whose addresses others hold: Pacemaker has no group that moves with them. */
function ownersWithoutAddresses({ cluster, groups }: RuleContext): FailoverGroup[] {
  const moving = new Set(groups.map(({ source }) => source));
  return cluster.groups.filter((group) => !moving.has(group));
}

function byHand(group: FailoverGroup): Diagnostic[] {
  const scripts = [
    ...group.instances.flatMap(({ members }) =>
      members.flatMap(({ configured }) => configured.notifyScripts),
    ),
    ...group.syncGroups.flatMap(({ configured }) => configured.notifyScripts),
  ];
  const [first] = scripts;
  if (!first) return [];
  return [
    report(pacemakerFindings.notifyByHand, {
      summary: `the notify scripts of ${group.name} are not carried over`,
      detail: 'Its addresses are held by other groups, so there is no group in Pacemaker that moves with it.',
      at: first.from.directive.span,
      help: 'the report says what to do for each; see what they do before the migration',
    }),
  ];
}
