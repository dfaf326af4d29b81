import { bool, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** Which files the daemon reads and writes, and reloads. */
export const fileKeywords: DirectiveTable = [
  value(
    'umask',
    '<NUMBER> or bit names joined by a vertical bar',
    'bits',
    '2.0.9',
    'Permissions that created files do not get.',
    {
      default: '0177',
      range: '0..0777; C number bases accepted; names IRUSR, IWGRP, IRWXO...',
      notes: 'command line wins',
    },
  ),
  value('random_seed', '<UINT>', 'uint', '2.0.15', 'Seed for ${_RANDOM}.', { default: 'time of day' }),
  value(
    'include_check',
    '[[+-]read] [[+-]match] [[+-]wildcard_match] [[+-]brace_match]',
    'tokens',
    '2.2.0',
    'Which include problems are errors from here to the end of the current file.',
    { default: 'none; no argument = all', notes: 'the manual says readable where the parser accepts read' },
  ),
  value('reload_check_config', '[LOGFILE]', 'path', '2.2.0', 'Test the configuration before a reload.', {
    default: 'off (/dev/null when given alone)',
  }),
  value('reload_time_file', '<PATH>', 'path', '2.1.0', 'File holding a time at which to reload.', {
    minArgs: 0,
    default: 'none',
  }),
  flag('reload_repeat', '2.1.0', 'Repeat scheduled reloads.'),
  value('reload_file', '[PATH]', 'path', '2.2.0', 'File present while configuration is being read.', {
    default: 'off',
  }),
  value(
    'config_save_dir',
    '<DIR>',
    'path',
    '2.2.3',
    'Directory for copies of the consolidated configuration.',
    { default: 'none' },
  ),
  value('tmp_config_directory', '<DIR>', 'path', '2.2.0', 'Where the consolidated configuration is held.', {
    minArgs: 0,
    default: 'memfd',
    repeat: 'first-wins',
  }),
  bool('data_use_instance', '2.2.3', 'Instance/namespace in names of dump files.'),
  value('json_version', '<1 or 2>', 'enum', '2.2.8', 'Layout of the JSON dump.', { default: '1' }),
  value('state_dump_file', '<PATH>', 'path', '2.3.3', 'File that the state dump (SIGUSR1) is written to.', {
    default: '/tmp/keepalived.data',
    notes: 'the manual calls it state_file_location',
  }),
  value(
    'stats_dump_file',
    '<PATH>',
    'path',
    '2.3.3',
    'File that the statistics dump (SIGUSR2) is written to.',
    { default: '/tmp/keepalived.stats', notes: 'the manual calls it stats_file_location' },
  ),
  value('json_dump_file', '<PATH>', 'path', '2.3.3', 'File that the JSON dump is written to.', {
    default: '/tmp/keepalived.json',
    notes: 'the manual calls it json_file_location',
  }),
  value('plugin_dir', '<DIR>', 'path', '<=1.2.1', 'Directory of plugins of the daemon.', { until: '1.2.19' }),
  value('iproute_usr_dir', '<DIR>', 'path', '2.3.2', 'iproute2 tables directory (distribution).', {
    default: 'build time',
  }),
  value('iproute_etc_dir', '<DIR>', 'path', '2.3.2', 'iproute2 tables directory (administrator).', {
    default: 'build time',
  }),
];
