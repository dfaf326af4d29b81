import { flag, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** vrrp_track_process { } */
export const vrrpTrackProcessKeywords: DirectiveTable = [
  value('process', '<PATH or NAME> [ARG]...', 'string', '2.0.11', 'Program to look for.', {
    default: 'none: block removed',
    repeat: 'first-wins',
    notes: 'giving arguments turns on full_command and exact match',
  }),
  value('param_match', '[initial / partial]', 'enum', '2.0.16', 'How arguments are compared.', {
    default: 'none (exact when given alone)',
  }),
  value(
    'weight',
    '<INT> [reverse]',
    'int',
    '2.0.11',
    'As of vrrp_script: 0 means FAULT, else a change of priority.',
    { minArgs: 0, default: '0', limits: [-254, 254], repeat: 'first-wins', notes: 'first non-zero wins' },
  ),
  value('quorum', '<UINT>', 'uint', '2.0.11', 'Matching processes that must run at least.', {
    default: '1',
    limits: [1, 65_535],
    range: 'at most quorum_max',
  }),
  value('quorum_max', '<UINT>', 'uint', '2.0.16', 'Matching processes that may run at most.', {
    default: 'unlimited',
    limits: [0, 65_535],
    notes: '0 = must not be running',
  }),
  value('delay', '<DECIMAL>', 'timer seconds', '2.0.11', 'Sets terminate_delay and fork_delay.', {
    default: '0',
    limits: [0.000001, 3600],
  }),
  value('terminate_delay', '<DECIMAL>', 'timer seconds', '2.0.16', 'Wait before acting on a termination.', {
    default: '0',
    limits: [0.000001, 3600],
  }),
  value('fork_delay', '<DECIMAL>', 'timer seconds', '2.0.16', 'Wait before acting on a start.', {
    default: '0',
    limits: [0.000001, 3600],
  }),
  flag('full_command', '2.0.11', 'Match the full command line instead of the process name.', {
    notes: 'comm name (15 chars) is matched otherwise',
  }),
];

/** track_file { } */
export const trackFileKeywords: DirectiveTable = [
  value('file', '<PATH>', 'path', '2.1.0', 'File to watch; an integer stands at its start.', {
    minArgs: 0,
    default: 'none: block removed',
    repeat: 'first-wins',
    notes: 'directory must exist; not on NFS/FUSE/SMB/cgroup... or read-only',
  }),
  value(
    'weight',
    '<INT> [reverse]',
    'int',
    '2.1.0',
    'Multiplier of the value; the product is added to the priority.',
    {
      minArgs: 0,
      default: '1',
      limits: [-254, 254],
      repeat: 'first-wins',
      notes: 'first non-1 wins; 0 = non-zero content means FAULT',
    },
  ),
  value(
    'init_file',
    '[INT] [overwrite]',
    'tokens',
    '2.1.0',
    'Create (or overwrite) the file with a value at start.',
    { default: 'not created' },
  ),
];

/** vrrp_track_file { }, as 2.0 spelled it */
export const vrrpTrackFileKeywords: DirectiveTable = trackFileKeywords.map((row) => ({
  ...row,
  since: '2.0.0',
}));
