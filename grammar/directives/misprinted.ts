/** Names that the daemon's manual prints and its parser never knew, with the names that it does know. */
export const misprintedKeywords: Readonly<Record<string, string>> = {
  state_file_location: 'state_dump_file',
  stats_file_location: 'stats_dump_file',
  json_file_location: 'json_dump_file',
};
