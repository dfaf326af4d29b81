import type { TrackKeyword } from '../../grammar/directives/entries.ts';
import type { BlockContent } from './bound-directive.ts';
import type { Definitions } from './definitions.ts';
import type { TrackLists } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { type DefaultWeight, defined, readTrackEntries } from './track-entries.ts';

/** The entries of all track blocks, with what is defined so far. */
export function readTrackLists(
  block: BlockContent,
  definitions: Definitions,
  interfaces: DefaultWeight,
  log: ReadingLog,
): TrackLists {
  const { scripts, trackFiles, trackProcesses, vrrpBfds } = definitions;
  const named = (keyword: TrackKeyword, known: Parameters<typeof defined>[0], definition: string) =>
    readTrackEntries(block, keyword, defined(known, keyword, definition, log), log);
  return {
    trackScripts: named('track_script', scripts, 'vrrp_script'),
    trackInterfaces: readTrackEntries(block, 'track_interface', interfaces, log),
    trackFiles: named('track_file', trackFiles, 'track_file'),
    trackProcesses: named('track_process', trackProcesses, 'vrrp_track_process'),
    trackBfds: named('track_bfd', vrrpBfds, 'bfd_instance').map((entry) =>
      vrrpBfds.get(entry.name)?.session ? entry : { ...entry, isDead: true },
    ),
  };
}
