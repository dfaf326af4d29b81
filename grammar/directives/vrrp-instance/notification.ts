import { bool, script, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** Who is told when the instance changes state. */
export const stateNotificationKeywords: DirectiveTable = [
  script('notify_backup', '<=1.2.1', 'Command run on entering BACKUP.'),
  script('notify_master', '<=1.2.1', 'Command run on entering MASTER.'),
  script('notify_fault', '<=1.2.1', 'Command run on entering FAULT.'),
  script('notify_stop', '<=1.2.1', 'Command run when the daemon stops.'),
  value(
    'notify_deleted',
    '[SCRIPT [USER [GROUP]]]',
    'script',
    '2.1.0',
    'Report DELETED when a reload removes the instance.',
    { default: 'FAULT is reported instead', repeat: 'first-wins' },
  ),
  script(
    'notify',
    '<=1.2.1',
    'Command run on every state change, with four arguments: INSTANCE, name, STATE, priority.',
  ),
  script('notify_master_rx_lower_pri', '2.0.6', 'Command run when a master hears a lower-priority advert.'),
  bool('smtp_alert', '<=1.2.1', 'Send mail when the instance changes state.', {
    default: 'global, else false',
  }),
  bool('notify_priority_changes', '2.0.16', 'Write priority changes to the FIFOs.', {
    default: 'group, then global, else false',
  }),
];
