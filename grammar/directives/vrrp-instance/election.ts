import { bool, entries, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** Who becomes master, and when. */
export const electionKeywords: DirectiveTable = [
  value(
    'state',
    'MASTER / BACKUP',
    'enum',
    '<=1.2.1',
    'State at start. It gives no preference: priorities decide; MASTER only clears nopreempt and preempt_delay.',
    {
      default: 'BACKUP (MASTER if priority 255)',
      range: 'upper case only; anything else = BACKUP with error',
      notes: 'MASTER then BACKUP: BACKUP ignored with error',
    },
  ),
  value(
    'virtual_router_id',
    '<UINT>',
    'uint',
    '<=1.2.1',
    'Number of the virtual router (VRID); unique per interface, family and multicast or unicast.',
    { default: 'none: mandatory', limits: [1, 255], notes: 'missing or invalid: the daemon exits' },
  ),
  value(
    'priority',
    '<UINT>',
    'uint',
    '<=1.2.1',
    'Base priority; the highest wins the election. 255 is the address owner.',
    {
      default: '100; 255 if state MASTER was given',
      limits: [1, 255],
      notes: 'invalid gives 100, even after a valid one',
    },
  ),
  value('advert_int', '<DECIMAL>', 'timer seconds', '<=1.2.1', 'Time between adverts of the master.', {
    default: '1',
    limits: [0.01, 255],
    range: 'version 2: whole seconds (rounded); version 3: 0.01..40.95 in steps of 0.01',
    notes: 'invalid gives default',
  }),
  value(
    'down_timer_adverts',
    '<UINT>',
    'uint',
    '2.2.3',
    'Adverts that must be missing before a backup takes over.',
    { default: 'global (3)', limits: [1, 100], notes: 'reset to 3 in strict mode' },
  ),
  flag('preempt', '<=1.2.1', 'A higher priority displaces a running master; the default.', {
    default: 'on',
    notes: 'undoes nopreempt; takes no value',
  }),
  flag('nopreempt', '<=1.2.1', 'Do not displace a running master of lower priority.', {
    notes:
      'words after it are ignored (nopreempt off is nopreempt); cleared by state MASTER and by priority 255',
  }),
  value(
    'preempt_delay',
    '<DECIMAL>',
    'timer seconds',
    '<=1.2.1',
    'Wait before displacing a running master of lower priority.',
    { default: '0', limits: [0, 1000], notes: 'cleared by state MASTER, nopreempt, strict' },
  ),
  value(
    'timer_expired_backup',
    '[UINT]',
    'uint',
    '2.2.8',
    'Step down if own timer ran so late that another may have taken over.',
    { default: 'off; 254 when given alone', limits: [1, 254], notes: 'needs nopreempt' },
  ),
  value('thread_timer_expired', '[UINT]', 'uint', '2.3.2', 'Old spelling of timer_expired_backup.', {
    deprecated: true,
    aliasOf: 'timer_expired_backup',
  }),
  bool('lower_prio_no_advert', '1.2.20', 'Do not answer a lower-priority advert.', {
    default: 'global; true in strict',
  }),
  bool('higher_prio_send_advert', '1.3.5', 'Send one more advert on hearing a higher priority.', {
    default: 'global; false in strict',
  }),
  bool('owner_ignore_adverts', '2.3.3', 'An address owner ignores the adverts of others.', {
    default: 'global',
    range: 'only with priority 255',
  }),
  bool(
    'strict_mode',
    '1.2.20',
    'Enforce the VRRP standard; among others the host no longer answers on the VIPs unless it owns them.',
    { default: 'global vrrp_strict' },
  ),
  value('debug', '<UINT>', 'uint', '<=1.2.1', 'Debug level of the instance.', {
    default: '0',
    limits: [0, 4],
    notes: 'no effect in normal builds',
  }),
  flag('dont_track_primary', '<=1.2.1', 'Do not go to FAULT when the link of the own interface is down.'),
  flag('linkbeat_use_polling', '2.0.0', 'Poll link state of this interface.', {
    deprecated: true,
    notes: 'linkbeat_interfaces replaces it',
  }),
  entries('track_interface', 'track', '<=1.2.1', 'Further interfaces whose link state counts.', {
    notes: 'the own interface is ignored with an error',
  }),
  entries('track_script', 'track', '<=1.2.1', 'vrrp_scripts whose result counts.', {
    notes: 'the script must be defined earlier in the text',
  }),
  entries('track_file', 'track', '2.0.0', 'track_files whose value counts.', {
    notes: 'the file must be defined earlier in the text',
  }),
  entries('track_process', 'track', '2.0.11', 'vrrp_track_processes that count.', {
    notes: 'the process must be defined earlier in the text',
  }),
  entries('track_bfd', 'track', '2.0.0', 'bfd_instances whose session counts.', {
    notes: 'the bfd_instance must be defined earlier in the text',
  }),
];
