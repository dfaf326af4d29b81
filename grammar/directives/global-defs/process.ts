import { bool, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** How the daemon and its children run: titles, scheduling, memory, buffers. */
export const processKeywords: DirectiveTable = [
  flag('process_names', '2.0.16', 'Name the children keepalived_vrrp, keepalived_lvs, keepalived_bfd.'),
  value('process_name', '<NAME>', 'string', '2.0.16', 'Process title of the parent.', {
    default: 'none',
    range: 'max 15 chars, longer is truncated',
  }),
  value('vrrp_process_name', '<NAME>', 'string', '2.0.16', 'Process title of the VRRP child.', {
    default: 'none',
    range: 'max 15 chars',
  }),
  value('checker_process_name', '<NAME>', 'string', '2.2.0', 'Process title of the checker child.', {
    default: 'none',
    range: 'max 15 chars',
  }),
  value('lvs_process_name', '<NAME>', 'string', '2.0.16', 'Old spelling of checker_process_name.', {
    default: 'none',
    range: 'max 15 chars',
    deprecated: true,
    aliasOf: 'checker_process_name',
  }),
  value('bfd_process_name', '<NAME>', 'string', '2.0.16', 'Process title of the BFD child.', {
    default: 'none',
    range: 'max 15 chars',
  }),
  value('max_auto_priority', '[INT]', 'int', '2.1.0', 'Ceiling of the automatic real-time priority boost.', {
    default: '0 (off); 99 when given with no value',
    limits: [-1, 99],
    notes: 'the daemon logs a notice where the keyword is missing',
  }),
  value(
    'min_auto_priority_delay',
    '<UINT>',
    'uint microseconds',
    '2.1.0',
    'Lateness that triggers a priority boost.',
    { minArgs: 0, default: '1000000', limits: [1, 10_000_000] },
  ),
  value('vrrp_priority', '<INT>', 'int', '1.2.20', 'Nice value of the VRRP child.', {
    minArgs: 0,
    default: '0',
    limits: [-20, 19],
  }),
  flag('vrrp_no_swap', '1.2.20', 'Lock the VRRP child in memory.'),
  value('vrrp_rt_priority', '<INT>', 'int', '2.0.0', 'SCHED_RR priority of the VRRP child.', {
    minArgs: 0,
    default: '0 (off)',
    limits: [1, 99],
    range: 'what is outside is clamped',
  }),
  value('vrrp_cpu_affinity', '<CPU>...', 'list', '2.0.17', 'CPU pinning of the VRRP child.', {
    minArgs: 0,
    default: 'none',
    range: '0..ncpu-1',
  }),
  value('vrrp_rlimit_rttime', '<UINT>', 'uint microseconds', '2.1.0', 'RLIMIT_RTTIME of the VRRP child.', {
    default: '10000',
    limits: [1],
  }),
  value('vrrp_rlimit_rtime', '<UINT>', 'uint microseconds', '2.0.0', 'Old spelling of vrrp_rlimit_rttime.', {
    deprecated: true,
    limits: [1],
    aliasOf: 'vrrp_rlimit_rttime',
  }),
  value('checker_priority', '<INT>', 'int', '1.2.20', 'Nice value of the checker child.', {
    minArgs: 0,
    default: '0',
    limits: [-20, 19],
  }),
  flag('checker_no_swap', '1.2.20', 'Lock the checker child in memory.'),
  value('checker_rt_priority', '<INT>', 'int', '2.0.0', 'SCHED_RR priority of the checker child.', {
    minArgs: 0,
    default: '0 (off)',
    limits: [1, 99],
  }),
  value('checker_cpu_affinity', '<CPU>...', 'list', '2.0.17', 'CPU pinning of the checker child.', {
    minArgs: 0,
    default: 'none',
  }),
  value(
    'checker_rlimit_rttime',
    '<UINT>',
    'uint microseconds',
    '2.1.0',
    'RLIMIT_RTTIME of the checker child.',
    { default: '10000', limits: [1] },
  ),
  value(
    'checker_rlimit_rtime',
    '<UINT>',
    'uint microseconds',
    '2.0.0',
    'Old spelling of checker_rlimit_rttime.',
    { deprecated: true, limits: [1], aliasOf: 'checker_rlimit_rttime' },
  ),
  value('bfd_priority', '<INT>', 'int', '2.0.0', 'Nice value of the BFD child.', {
    minArgs: 0,
    default: '0',
    limits: [-20, 19],
  }),
  flag('bfd_no_swap', '2.0.0', 'Lock the BFD child in memory.'),
  value('bfd_rt_priority', '<INT>', 'int', '2.0.0', 'SCHED_RR priority of the BFD child.', {
    minArgs: 0,
    default: '0 (off)',
    limits: [1, 99],
  }),
  value('bfd_cpu_affinity', '<CPU>...', 'list', '2.0.17', 'CPU pinning of the BFD child.', {
    minArgs: 0,
    default: 'none',
  }),
  value('bfd_rlimit_rttime', '<UINT>', 'uint microseconds', '2.1.0', 'RLIMIT_RTTIME of the BFD child.', {
    default: '10000',
    limits: [1],
  }),
  value('bfd_rlimit_rtime', '<UINT>', 'uint microseconds', '2.0.0', 'Old spelling of bfd_rlimit_rttime.', {
    deprecated: true,
    limits: [1],
    aliasOf: 'bfd_rlimit_rttime',
  }),
  value(
    'vrrp_netlink_cmd_rcv_bufs',
    '<UINT>',
    'uint bytes',
    '2.0.0',
    'Receive buffer of the VRRP netlink command socket.',
    { minArgs: 0, default: 'kernel' },
  ),
  bool(
    'vrrp_netlink_cmd_rcv_bufs_force',
    '2.0.0',
    'Set vrrp_netlink_cmd_rcv_bufs beyond the system limit (SO_RCVBUFFORCE).',
  ),
  value(
    'vrrp_netlink_monitor_rcv_bufs',
    '<UINT>',
    'uint bytes',
    '2.0.0',
    'Receive buffer of the VRRP netlink monitor socket.',
    { minArgs: 0, default: 'kernel' },
  ),
  bool(
    'vrrp_netlink_monitor_rcv_bufs_force',
    '2.0.0',
    'Set vrrp_netlink_monitor_rcv_bufs beyond the system limit (SO_RCVBUFFORCE).',
  ),
  value(
    'process_monitor_rcv_bufs',
    '<UINT>',
    'uint bytes',
    '2.0.11',
    'Receive buffer of the process event socket.',
    { minArgs: 0, default: 'kernel' },
  ),
  bool(
    'process_monitor_rcv_bufs_force',
    '2.0.11',
    'Set process_monitor_rcv_bufs beyond the system limit (SO_RCVBUFFORCE).',
  ),
  value(
    'lvs_netlink_cmd_rcv_bufs',
    '<UINT>',
    'uint bytes',
    '2.0.0',
    'Receive buffer of the checker netlink command socket.',
    { minArgs: 0, default: 'kernel' },
  ),
  bool(
    'lvs_netlink_cmd_rcv_bufs_force',
    '2.0.0',
    'Set lvs_netlink_cmd_rcv_bufs beyond the system limit (SO_RCVBUFFORCE).',
  ),
  value(
    'lvs_netlink_monitor_rcv_bufs',
    '<UINT>',
    'uint bytes',
    '2.0.0',
    'Receive buffer of the checker netlink monitor socket.',
    { minArgs: 0, default: 'kernel' },
  ),
  bool(
    'lvs_netlink_monitor_rcv_bufs_force',
    '2.0.0',
    'Set lvs_netlink_monitor_rcv_bufs beyond the system limit (SO_RCVBUFFORCE).',
  ),
  value(
    'vrrp_rx_bufs_policy',
    'MTU / ADVERT / <UINT>',
    'enum or uint',
    '2.0.3',
    'How to size VRRP receive sockets.',
    { minArgs: 0, default: 'kernel default', notes: 'MTU and ADVERT are case-insensitive' },
  ),
  value(
    'vrrp_rx_bufs_multiplier',
    '<UINT>',
    'uint',
    '2.0.3',
    'Factor for the size that vrrp_rx_bufs_policy gives.',
    { minArgs: 0, default: '3', limits: [1] },
  ),
];
