import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { childrenNamed, entriesOf } from '../../keepalived/bound-directive.ts';
import { keepalivedFindings } from '../../keepalived/findings.ts';
import type { SyncGroup } from '../../keepalived/node-configuration.ts';
import { pacemakerFindings } from '../findings.ts';
import { fatesOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { partialExample, trackingOf } from '../tracking.ts';

export const syncGroup: Rule = {
  name: 'sync-group',
  sentence: 'a vrrp_sync_group becomes one group: all of its members on one node, all or nothing',
  apply(context) {
    return {
      fates: syncGroupFates(context),
      diagnostics: [...unknownMembers(context), ...droppedWeights(context), ...partialWeights(context)],
    };
  },
};

function syncGroupFates({ cluster, groups }: RuleContext): RuleFate[] {
  const ids = new Map(
    groups.flatMap(({ id, source }) => source.syncGroups.map(({ configured }) => [configured, id] as const)),
  );
  return cluster.configurations.flatMap(({ syncGroups }) =>
    syncGroups.flatMap((configured) => {
      const id = ids.get(configured);
      const lines = [
        ...childrenNamed(configured.directive, 'group'),
        ...entriesOf(configured.directive, 'group'),
      ];
      if (id === undefined) {
        return fatesOf(
          [configured.directive, ...lines],
          'not-needed',
          'None of its members holds an address.',
        );
      }
      return [
        ...fatesOf(
          [configured.directive, ...lines],
          'equivalent',
          `All its members are one group, ${id}: on one node, all or nothing.`,
        ),
        ...fatesOf(
          [configured.countsMemberWeights.from],
          'equivalent',
          `Weights of the members count for the group ${id}.`,
        ),
      ];
    }),
  );
}

function unknownMembers({ cluster }: RuleContext): Diagnostic[] {
  return cluster.configurations.flatMap(({ syncGroups, instances }) => {
    const known = new Set(instances.map(({ name }) => name));
    return syncGroups.flatMap((group) => group.memberLines.flatMap((line) => missingOn(line, group, known)));
  });
}

function missingOn(
  line: SyncGroup['memberLines'][number],
  group: SyncGroup,
  known: ReadonlySet<string>,
): Diagnostic[] {
  return line.directive.words
    .filter((word) => !known.has(word.value))
    .map((word) =>
      report(keepalivedFindings.unknownMember, {
        summary: `vrrp_sync_group ${group.name} names ${word.value}, which is no vrrp_instance here`,
        detail: 'The daemon warns and runs the group without it.',
        at: word.span,
        help: 'correct the name, or remove it',
      }),
    );
}

function droppedWeights({ groups }: RuleContext): Diagnostic[] {
  return groups.flatMap(({ source }) =>
    trackingOf(source)
      .dropped.filter(({ isSyncWeight }) => isSyncWeight)
      .map(({ from, reason }) =>
        report(keepalivedFindings.syncWeightDropped, {
          summary: `${from.directive.words[0].value} does not count: the instance is a member of a sync group`,
          detail: reason,
          at: from.directive.span,
          help: 'write the entry in the vrrp_sync_group, or add sync_group_tracking_weight to it',
        }),
      ),
  );
}

/** Keepalived moves a sync group only where all of its members want to go. */
function partialWeights({ groups }: RuleContext): Diagnostic[] {
  return groups.flatMap(({ id, source }) =>
    trackingOf(source).partial.map((from) =>
      report(pacemakerFindings.partialWeight, {
        summary: `the weight of ${from.directive.words[0].value} counts for some members of ${source.name} only`,
        detail: `Keepalived moves the group only when all of its members want to go; in Pacemaker the weight is one of the whole group ${id}, and may move it. ${partialExample}`,
        at: from.directive.span,
        help: 'track it in the vrrp_sync_group, or in every member with the same weight',
      }),
    ),
  );
}
