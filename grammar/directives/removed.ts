/** A keyword that old releases knew. */
export interface RemovedKeyword {
  readonly keyword: string;
  /** The block it stood in. */
  readonly block: string;
  /** The last release that knew it. */
  readonly lastSeen: string;
}

/** Keywords of old releases that no release since knows: to the daemon of today they are unknown words. */
export const removedKeywords: readonly RemovedKeyword[] = [
  { keyword: 'plugin_dir', block: 'global_defs', lastSeen: '1.2.19' },
  { keyword: 'nat_mask', block: 'virtual_server', lastSeen: '1.2.19' },
];

/** Names that the daemon's manual prints and its parser never knew, with the names that it does know. */
export const misprintedKeywords: Readonly<Record<string, string>> = {
  state_file_location: 'state_dump_file',
  stats_file_location: 'stats_dump_file',
  json_file_location: 'json_dump_file',
};
