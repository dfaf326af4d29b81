import { keepalivedFindings } from './findings.ts';
import type { GlobalDefinitions, SyncGroup, TrackEntry, VrrpInstance } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

/**
 * What instances have from their sync groups, once all are read, and what they lose: an address owner has no weights, nor
 * has the member of a group without sync_group_tracking_weight. A file whose weight is the default 1 becomes a hard
 * condition, any other weighted file or BFD session is dropped. Processes keep their weights (measured with 2.2.7).
 */
export function settleMembers(
  instances: readonly VrrpInstance[],
  groups: readonly SyncGroup[],
  globals: GlobalDefinitions,
  log: ReadingLog,
): VrrpInstance[] {
  const groupOf = new Map<string, SyncGroup>();
  // An instance belongs to the first group that names it.
  for (const group of groups)
    for (const name of group.members) if (!groupOf.has(name)) groupOf.set(name, group);
  return instances.map((instance) => {
    const group = groupOf.get(instance.name);
    const { notifiesPriorityChanges: own, trackFiles, trackBfds } = instance;
    const inherited =
      group?.notifiesPriorityChanges.value === undefined
        ? globals.notifiesPriorityChanges
        : group.notifiesPriorityChanges;
    const reason = weightless(instance, group);
    return {
      ...instance,
      notifiesPriorityChanges: own.value === undefined ? inherited : own,
      ...(reason !== undefined && {
        trackFiles: trackFiles.flatMap((entry) => withoutWeight(entry, entry.weight === 1, reason, log)),
        trackBfds: trackBfds.flatMap((entry) => withoutWeight(entry, false, reason, log)),
      }),
    };
  });
}

/** Why the weights of an instance do not count. */
function weightless({ priority }: VrrpInstance, group: SyncGroup | undefined): string | undefined {
  if (group && !group.countsMemberWeights.value)
    return `in sync group ${group.name} the weights of members do not count`;
  return priority.value === 255 ? 'priority 255 owns the addresses' : undefined;
}

function withoutWeight(entry: TrackEntry, hardens: boolean, reason: string, log: ReadingLog): TrackEntry[] {
  if (entry.weight === 0) return [entry];
  if (!hardens) log.ignore(entry.from, `The daemon drops the entry: ${reason}.`);
  log.warn(keepalivedFindings.syncWeightDropped, {
    summary: `the weight of ${entry.name} does not count: ${reason}`,
    detail: hardens
      ? 'The daemon makes it a hard condition: any other value than 0 means FAULT.'
      : 'The daemon drops the entry: the instance runs as if it were not tracked.',
    at: entry.from.directive.span,
    help: 'write weight 0, or track it in the group',
  });
  return hardens ? [{ ...entry, weight: 0 }] : [];
}
