import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Constraint } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { type NodeScore, scoresOf } from '../scores.ts';
import { waitsOf } from '../taking-back.ts';
import { highestAdjustment, lowestAdjustment } from '../track-scores.ts';
import { type TrackEffect, trackingOf } from '../tracking.ts';

const name = 'priority';

export const priority: Rule = {
  name,
  sentence: 'a priority becomes a location score of the group on that node; other nodes are forbidden',
  apply(context) {
    const built = context.groups.map((group) => buildPreferences(group, context));
    return {
      constraints: built.flatMap(({ constraints }) => constraints),
      fates: built.flatMap(({ fates }) => fates),
      diagnostics: built.flatMap(({ diagnostics }) => diagnostics),
    };
  },
};

function buildPreferences(group: MovingGroup, { cluster }: RuleContext) {
  const scores = scoresOf(group);
  const lines = group.source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured.directive),
  );
  const outside = cluster.nodes.filter(({ name: node }) => !group.nodes.includes(node));
  const preferences = scores.map(
    (entry): Constraint => ({
      kind: 'prefers',
      id: locationId(group.id, entry.node, entry.score),
      resource: group.id,
      node: entry.node,
      score: entry.score,
      origin: originOf(name, entry.instance ? 'exact' : 'approximate', whyOf(entry, group), [
        entry.instance?.priority.from ?? lines[0],
      ]),
    }),
  );
  const bans = outside.map(
    ({ name: node }): Constraint => ({
      kind: 'avoids',
      id: locationId(group.id, node, '-INFINITY'),
      resource: group.id,
      node,
      origin: originOf(
        name,
        'exact',
        `${node} does not configure it: without this it would take over when the others are gone`,
        lines,
      ),
    }),
  );
  const differing = differingPriorities(group);
  const clamps = clampLost(group);
  return {
    constraints: [...preferences, ...bans],
    fates: priorityFates(group, scores, { differ: differing.length > 0, clamps: clamps.length > 0 }),
    diagnostics: [...differing, ...clamps],
  };
}

function whyOf({ priority: given, score, instance }: NodeScore, group: MovingGroup): string {
  if (!instance) return 'a peer whose file is not known, placed by the described node’s state';
  if (given === score) return instance.priority.from ? `priority ${given}` : `priority ${given}, the default`;
  if (given === 255) return 'priority 255 owns the address: above all that weights make of the others';
  return score < Number(given)
    ? `priority ${given}, less what BFD sessions that are never up take away`
    : `priority ${given}, raised so that ${waitsOf(group).length > 0 ? 'a node that waits is never' : 'negative weights never take a node'} below zero`;
}

function priorityFates(
  group: MovingGroup,
  scores: readonly NodeScore[],
  { differ, clamps }: { readonly differ: boolean; readonly clamps: boolean },
): RuleFate[] {
  return group.source.instances.flatMap(({ members }) =>
    members.flatMap(({ node, configured }) => {
      const entry = scores.find((candidate) => candidate.node === node);
      const anchor = entry?.instance === configured;
      if (!anchor && differ) {
        const reason = `The group moves as one and follows the priority of ${entry?.instance?.name}, its first instance.`;
        return fatesOf([configured.priority.from], 'approximate', reason, samePriority);
      }
      const owner =
        configured.priority.value === 255
          ? ' Priority 255 owns the address; Pacemaker has no such notion, the score is simply the highest.'
          : '';
      const reason = `Location score ${entry?.score} of ${group.id} on ${node}.${owner}`;
      if (clamps)
        return fatesOf(
          [configured.priority.from],
          'approximate',
          `${reason} ${clampReason}`,
          `Nothing needs doing where the better score is to decide. For equal nodes, as in Keepalived: ${withinEnds(trackingOf(group.source).effects)}, and translate again.`,
        );
      return fatesOf(
        [configured.priority.from],
        entry?.score === entry?.priority ? 'exact' : 'equivalent',
        reason,
      );
    }),
  );
}

const samePriority =
  'Nothing needs doing if the group may follow that one. Otherwise give all instances of the sync group the same priority on a node, the one that is to count, and translate again.';

const clampExample =
  'The shortest example: what takes a priority beyond that end is so on the holder, then on the other node; there Keepalived keeps the addresses, and Pacemaker moves them to the node with the better score.';

const clampReason = `With its weights it can leave 1 to 254, where Keepalived stops and nodes become equal; scores go on. ${clampExample}`;

/** Members of a sync group whose preference on some node is another than the first member's. */
function differingPriorities(group: MovingGroup): Diagnostic[] {
  const [anchor, ...others] = group.source.instances;
  return others.flatMap(({ name: instance, members }) => {
    const differing = members.find(({ node, configured }) => {
      const first = anchor?.members.find((member) => member.node === node);
      return first && first.configured.priority.value !== configured.priority.value;
    });
    if (!differing) return [];
    const at =
      differing.configured.priority.from?.directive.span ?? differing.configured.directive.directive.span;
    return [
      report(pacemakerFindings.prioritiesDifferInSyncGroup, {
        summary: `${instance} has another priority on ${differing.node} than ${anchor?.name}, with which it moves`,
        detail: `The group ${group.id} moves as one; its preference is that of ${anchor?.name}.`,
        at,
        help: 'give all members of a sync group the same priority on a node',
      }),
    ];
  });
}

/** Keepalived stops at 1 and 254; two nodes that both could get beyond the same end would be equal there. */
function clampLost(group: MovingGroup): Diagnostic[] {
  const { effects } = trackingOf(group.source);
  const adjustments = new Map(
    group.nodes.map((node) => [
      node,
      { lowest: lowestAdjustment(effects, node), highest: highestAdjustment(effects, node) },
    ]),
  );
  const ranges = group.source.instances.flatMap(({ members }) =>
    members
      .filter(({ configured }) => configured.priority.value < 255)
      .map(({ node, configured: { priority: base, directive } }) => ({
        at: base.from?.directive.span ?? directive.directive.span,
        lowest: base.value + (adjustments.get(node)?.lowest ?? 0),
        highest: base.value + (adjustments.get(node)?.highest ?? 0),
      })),
  );
  // One node beyond the end, and another that can reach it.
  const ends = [
    { there: ranges.filter(({ lowest }) => lowest <= 1), isCut: ranges.some(({ lowest }) => lowest < 1) },
    {
      there: ranges.filter(({ highest }) => highest >= 254),
      isCut: ranges.some(({ highest }) => highest > 254),
    },
  ];
  const meeting = ends.find(({ there, isCut }) => isCut && there.length > 1)?.there;
  const [first] = meeting ?? [];
  if (!first) return [];
  return [
    report(pacemakerFindings.clampLost, {
      summary: `weights can take ${group.source.name} below 1 or above 254 on more than one node`,
      detail: `Keepalived stops there, so that the nodes become equal and none displaces the other. Scores go on, and the difference between the nodes decides. ${clampExample}`,
      at: first.at,
      help: withinEnds(effects),
    }),
  ];
}

function withinEnds(effects: readonly TrackEffect[]): string {
  return effects.some(({ kind, weight }) => kind === 'file' && weight !== 0)
    ? 'write no values into tracked files that take a sum beyond 1 to 254'
    : 'choose priorities and weights whose sums stay between 1 and 254';
}
