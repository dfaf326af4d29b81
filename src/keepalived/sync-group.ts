import { argumentOf, type BoundDirective, entriesOf } from './bound-directive.ts';
import type { GlobalDefinitions, SyncGroup, VrrpScript } from './node-configuration.ts';
import { readNotifyScripts } from './notify-scripts.ts';
import type { ReadingLog } from './reading-log.ts';
import { readTrackEntries } from './track-entries.ts';
import { definedScripts } from './vrrp-instance.ts';

/** Reads a vrrp_sync_group block. Members may be defined later in the file. */
export function readSyncGroup(
  block: BoundDirective,
  globals: GlobalDefinitions,
  scripts: readonly VrrpScript[],
  log: ReadingLog,
): SyncGroup {
  const memberLines = entriesOf(block, 'group');
  const flag = log.flag(block, 'sync_group_tracking_weight') ?? log.flag(block, 'global_tracking');
  return {
    name: argumentOf(block),
    directive: block,
    members: memberLines.flatMap((line) => line.directive.words.map((word) => word.value)),
    memberLines,
    countsMemberWeights: flag ? { value: true, from: flag } : { value: false },
    trackScripts: readTrackEntries(block, 'track_script', definedScripts(scripts, log), log),
    trackInterfaces: readTrackEntries(block, 'track_interface', () => ({ weight: 0, reverse: false }), log),
    notifyScripts: readNotifyScripts(block, globals.scriptUser?.value, log),
  };
}
