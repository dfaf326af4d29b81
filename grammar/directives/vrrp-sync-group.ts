import { bool, entries, flag, script, wordList } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** vrrp_sync_group { } */
export const vrrpSyncGroupKeywords: DirectiveTable = [
  wordList(
    'group',
    '<=1.2.1',
    'Instances that change state together; unknown names are warned about and ignored.',
    {
      repeat: 'first-wins',
      notes:
        'one only: a second group block is skipped and its } closes the sync group; words may share a line; names may be defined later',
    },
  ),
  entries('track_interface', 'track', '2.0.0', 'Interfaces tracked for all members.'),
  entries('track_script', 'track', '2.0.0', 'Scripts tracked for all members.', {
    notes: 'the script must be defined earlier in the text',
  }),
  entries('track_file', 'track', '2.0.0', 'Files tracked for all members.', {
    notes: 'the file must be defined earlier in the text',
  }),
  entries('track_process', 'track', '2.0.11', 'Processes tracked for all members.', {
    notes: 'the process must be defined earlier in the text',
  }),
  entries('track_bfd', 'track', '2.0.0', 'BFD sessions tracked for all members.', {
    notes: 'the bfd_instance must be defined earlier in the text',
  }),
  script('notify_backup', '<=1.2.1', 'Command run when the group enters BACKUP.'),
  script('notify_master', '<=1.2.1', 'Command run when the group enters MASTER.'),
  script('notify_fault', '<=1.2.1', 'Command run when the group enters FAULT.'),
  script('notify_stop', '2.0.0', 'Command run when the daemon stops.'),
  script(
    'notify',
    '<=1.2.1',
    'Command run on every state change of the group, with four arguments: GROUP, name, STATE, 0.',
  ),
  bool('smtp_alert', '<=1.2.1', 'Send mail when the group changes state.', { default: 'inherits' }),
  flag('global_tracking', '1.2.3', 'Old spelling of sync_group_tracking_weight.', {
    deprecated: true,
    aliasOf: 'sync_group_tracking_weight',
  }),
  flag(
    'sync_group_tracking_weight',
    '2.0.0',
    'Allow weighted tracking (floating priorities) inside the group.',
  ),
  bool('notify_priority_changes', '2.2.0', 'Default of notify_priority_changes for the members.', {
    default: 'global',
  }),
];
