import { isAtLeast } from '../../grammar/source/release.ts';
import { argumentOf, type BoundDirective, entriesOf } from './bound-directive.ts';
import type { Definitions } from './definitions.ts';
import { keepalivedFindings } from './findings.ts';
import { readPriorityChanges } from './instance-behaviour.ts';
import type { GlobalDefinitions, SyncGroup, TrackEntry, VrrpInstance } from './node-configuration.ts';
import { readNotifyScripts } from './notify-scripts.ts';
import type { ReadingLog } from './reading-log.ts';
import { readTrackLists } from './track-lists.ts';
import { readBoolean } from './values.ts';

/** Reads a vrrp_sync_group block. Members may be defined later in the file. */
export function readSyncGroup(
  block: BoundDirective,
  globals: GlobalDefinitions,
  definitions: Definitions,
  log: ReadingLog,
): SyncGroup {
  const memberLines = entriesOf(block, 'group');
  const flag = log.flag(block, 'sync_group_tracking_weight') ?? log.flag(block, 'global_tracking');
  return {
    name: argumentOf(block),
    directive: block,
    members: [...new Set(memberLines.flatMap((line) => line.directive.words.map((word) => word.value)))],
    memberLines,
    countsMemberWeights: flag ? { value: true, from: flag } : { value: false },
    smtpAlert: log.last(block, 'smtp_alert', globals.smtpAlert.value, readBoolean),
    notifiesPriorityChanges: readPriorityChanges(block, log),
    ...readTrackLists(block, definitions, () => ({ weight: 0, reverse: false }), log),
    notifyScripts: readNotifyScripts(block, globals.scriptUser?.value, log),
  };
}

/** From 1.2.20 to 1.4 a group of one instance is removed (run with 1.2.24 and 1.3.9; 1.2.19 and 2.0.19 keep it). */
function staysWith(group: SyncGroup, instances: readonly VrrpInstance[], log: ReadingLog): boolean {
  if (!isAtLeast(log.release, '1.2.20') || isAtLeast(log.release, '2.0.0')) return true;
  const members = group.members.filter((name) => instances.some((instance) => instance.name === name));
  if (members.length > 1) return true;
  log.ignore(group.directive, 'The daemon removes a vrrp_sync_group with one instance.');
  log.warn(keepalivedFindings.loneMember, {
    summary: `vrrp_sync_group ${group.name} has only one instance: the daemon removes it`,
    detail: 'Up to 1.4 its notify scripts never run.',
    at: group.directive.directive.span,
    help: 'move its notify scripts to the instance',
  });
  return false;
}

/**
 * Weights change no priority of 255: with an address owner among its members, a group's own weights become hard conditions.
 * An instance belongs to the first group that names it.
 */
export function settleSyncGroups(
  groups: readonly SyncGroup[],
  instances: readonly VrrpInstance[],
  log: ReadingLog,
): SyncGroup[] {
  const owners = new Set(instances.filter(({ priority }) => priority.value === 255).map(({ name }) => name));
  const taken = new Set<string>();
  return groups
    .filter((group) => staysWith(group, instances, log))
    .map((group) => {
      const owner = group.members.find((name) => owners.has(name) && !taken.has(name));
      for (const name of group.members) taken.add(name);
      if (owner === undefined) return group;
      const harden = (entry: TrackEntry): TrackEntry => {
        if (entry.weight === 0) return entry;
        log.warn(keepalivedFindings.valueNotUsed, {
          summary: `the weight of ${entry.name} does not count: ${owner} has priority 255`,
          detail: 'The daemon reports it and uses 0: the group cannot run while this is down.',
          at: entry.from.directive.span,
          help: 'write weight 0, or give the instance a lower priority',
        });
        return { ...entry, weight: 0 };
      };
      return {
        ...group,
        trackScripts: group.trackScripts.map(harden),
        trackInterfaces: group.trackInterfaces.map(harden),
        trackFiles: group.trackFiles.map(harden),
        trackProcesses: group.trackProcesses.map(harden),
        trackBfds: group.trackBfds.map(harden),
      };
    });
}
