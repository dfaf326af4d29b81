import { realServerKeywords } from './real-server.ts';
import { block, bool, flag, script, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** SSL { } */
export const sslKeywords: DirectiveTable = [
  value('password', '<STRING>', 'string', '<=1.2.1', 'Password of the private key.', {
    minArgs: 0,
    default: 'none',
  }),
  value('ca', '<PATH>', 'path', '<=1.2.1', 'File of accepted certification authorities.', {
    minArgs: 0,
    default: 'none',
  }),
  value('certificate', '<PATH>', 'path', '<=1.2.1', 'File of the client certificate.', {
    minArgs: 0,
    default: 'none',
  }),
  value('key', '<PATH>', 'path', '<=1.2.1', 'File of the private key.', { minArgs: 0, default: 'none' }),
];

/** virtual_server { } */
export const virtualServerKeywords: DirectiveTable = [
  value('ip_family', 'inet / inet6', 'enum', '1.2.20', 'Address family of a service given by fwmark.', {
    default: 'deduced',
  }),
  value('protocol', 'TCP / UDP / SCTP', 'enum', '<=1.2.1', 'Transport protocol of the service.', {
    default: 'UDP, with an error message (servers given by address)',
    range: 'case-insensitive',
  }),
  value(
    'lb_algo',
    'rr wrr lc wlc lblc sh mh dh fo ovf lblcr sed nq twos',
    'enum',
    '<=1.2.1',
    'How connections are distributed (the IPVS scheduler).',
    { default: 'wlc (with error)' },
  ),
  value('lvs_sched', '<SCHED>', 'enum', '<=1.2.1', 'Another spelling of lb_algo: the scheduler.', {
    aliasOf: 'lb_algo',
  }),
  value(
    'lb_kind',
    'NAT / DR / TUN [type ipip / gue port N / gre] [nocsum / csum / remcsum]',
    'tokens',
    '<=1.2.1',
    'How packets reach the real server.',
    { default: 'NAT with error', range: 'upper case only' },
  ),
  value(
    'lvs_method',
    'see lb_kind',
    'tokens',
    '<=1.2.1',
    'Another spelling of lb_kind: the forwarding method.',
    { aliasOf: 'lb_kind' },
  ),
  flag('hashed', '1.3.0', 'Hash flag of the service.', { notes: 'without effect in 2.2' }),
  flag('ops', '1.2.8', 'One-packet scheduling for UDP.'),
  flag('flag-1', '1.3.0', 'Scheduler flag 1.'),
  flag('flag-2', '1.3.0', 'Scheduler flag 2.'),
  flag('flag-3', '1.3.0', 'Scheduler flag 3.'),
  flag('sh-port', '1.3.0', 'Scheduler sh: hash the port too.', { notes: 'only after lb_algo sh' }),
  flag('sh-fallback', '1.3.0', 'Scheduler sh: use another server when the chosen one is down.', {
    notes: 'only after lb_algo sh',
  }),
  flag('mh-port', '2.0.20', 'Scheduler mh: hash the port too.', { notes: 'only after lb_algo mh' }),
  flag('mh-fallback', '2.0.20', 'Scheduler mh: use another server when the chosen one is down.', {
    notes: 'only after lb_algo mh',
  }),
  value(
    'persistence_timeout',
    '[UINT]',
    'uint seconds',
    '<=1.2.1',
    'How long a client stays with its real server.',
    { default: 'off; 360 when given alone', limits: [1, 2_678_400] },
  ),
  value(
    'persistence_granularity',
    '<NETMASK / PREFIXLEN>',
    'mask',
    '<=1.2.1',
    'Netmask that groups clients for persistence.',
    { default: 'host' },
  ),
  value('nat_mask', '<NETMASK>', 'mask', '<=1.2.1', 'Netmask of addresses behind NAT.', { until: '1.2.19' }),
  value('persistence_engine', '<NAME>', 'string', '1.2.20', 'IPVS persistence engine (sip).', {
    default: 'none',
    range: '15 chars',
  }),
  value('delay_loop', '<DECIMAL>', 'timer seconds', '<=1.2.1', 'Default check period.', {
    default: '60',
    limits: [0.000001],
  }),
  value('connect_timeout', '<DECIMAL>', 'timer seconds', '2.0.13', 'Default connect timeout.', {
    default: '5',
    limits: [0.000001, 4294.967295],
  }),
  value('retry', '<UINT>', 'uint', '1.3.7', 'Default retries of checkers.', {
    default: 'checker default',
    limits: [1],
  }),
  value('delay_before_retry', '<DECIMAL>', 'timer seconds', '1.3.7', 'Default wait before a retry.', {
    default: 'checker default',
  }),
  value('warmup', '<DECIMAL>', 'timer seconds', '1.3.7', 'Random start delay of checkers.', {
    default: '= delay_loop',
  }),
  flag('inhibit_on_failure', '1.3.7', 'Set weight 0 instead of removing a failed server.'),
  value('weight', '<UINT>', 'uint', '1.3.7', 'Default weight of real servers.', {
    default: '1',
    limits: [1, 2_147_483_647],
    range: 'newer releases than 2.2 stop at 65535',
  }),
  value('virtualhost', '<NAME>', 'string', '<=1.2.1', 'Default Host header.', {
    minArgs: 0,
    default: 'none',
  }),
  flag('ha_suspend', '<=1.2.1', 'Suspend checks while the VIP is not on this host.'),
  flag('alpha', '<=1.2.1', 'Count servers as down until their first check succeeds.'),
  flag('omega', '<=1.2.1', 'Run notify_down and quorum_down when the daemon stops.'),
  value('quorum', '<UINT>', 'uint', '<=1.2.1', 'Sum of weights needed for the service to be up.', {
    default: '1',
    limits: [1],
    range: 'cut to the sum of the weights',
  }),
  value('hysteresis', '<UINT>', 'uint', '<=1.2.1', 'Distance from the quorum at which the state changes.', {
    default: '0',
    range: '< quorum',
  }),
  script('quorum_up', '<=1.2.1', 'Command run when the quorum is gained.'),
  script('quorum_down', '<=1.2.1', 'Command run when the quorum is lost.'),
  value(
    'sorry_server',
    '<ADDR> [PORT]',
    'addr',
    '<=1.2.1',
    'Server that is used while the quorum is missed.',
    { default: 'none' },
  ),
  flag('sorry_server_inhibit', '1.2.13', 'Set the weight of the sorry server to 0 instead of removing it.', {
    notes: 'sorry_server must stand before it',
  }),
  value('sorry_server_lvs_method', 'see lb_kind', 'tokens', '1.3.6', 'How packets reach the sorry server.', {
    default: '= lb_kind',
    notes: 'sorry_server must stand before it',
  }),
  bool('smtp_alert', '2.0.0', 'Send mail when the quorum is gained or lost.', {
    default: 'global, else false',
  }),
  value('snmp_name', '<NAME>', 'string', '2.2.3', 'Name shown by SNMP.', {
    minArgs: 0,
    default: 'none',
    range: 'exactly one word',
  }),
  block('real_server', realServerKeywords, '<=1.2.1', 'A server behind the virtual server.', {
    type: 'addr',
    args: '<ADDR> [PORT]',
  }),
];
