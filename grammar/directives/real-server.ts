import {
  bfdCheckKeywords,
  dnsCheckKeywords,
  fileCheckKeywords,
  miscCheckKeywords,
  pingCheckKeywords,
  smtpCheckKeywords,
  tcpCheckKeywords,
  udpCheckKeywords,
} from './checkers.ts';
import { httpGetKeywords, sslGetKeywords } from './http-check.ts';
import { block, bool, script, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** real_server { } of a virtual server */
export const realServerKeywords: DirectiveTable = [
  value('weight', '<UINT>', 'uint', '<=1.2.1', 'Share of the connections.', {
    default: 'virtual server weight',
    range: '0..2147483647',
  }),
  value('lvs_method', 'see lb_kind', 'tokens', '1.3.6', 'How packets reach the real server.', {
    default: 'virtual server',
  }),
  value('uthreshold', '<UINT>', 'uint', '<=1.2.1', 'No new connections above this number.', { default: '0' }),
  value('lthreshold', '<UINT>', 'uint', '<=1.2.1', 'New connections again below this number.', {
    default: '0',
  }),
  bool('inhibit_on_failure', '<=1.2.1', 'Set weight 0 instead of removing the server when it fails.', {
    default: 'virtual server',
  }),
  script('notify_up', '<=1.2.1', 'Command run when the server becomes healthy.'),
  script('notify_down', '<=1.2.1', 'Command run when the server fails.'),
  bool('alpha', '1.3.7', 'Count the server as down until its first check succeeds.', {
    default: 'virtual server',
  }),
  value('retry', '<UINT>', 'uint', '1.3.7', 'Default retries of its checkers.', {
    default: 'virtual server',
    range: '>=1',
  }),
  value('delay_before_retry', '<DECIMAL>', 'timer seconds', '1.3.7', 'Default wait before a retry.', {
    default: 'virtual server',
  }),
  value('warmup', '<DECIMAL>', 'timer seconds', '1.3.7', 'Default random delay of the first check.', {
    default: 'virtual server',
  }),
  value('connect_timeout', '<DECIMAL>', 'timer seconds', '2.0.13', 'Default connect timeout.', {
    default: 'virtual server',
  }),
  value('delay_loop', '<DECIMAL>', 'timer seconds', '1.3.7', 'Default check period.', {
    default: 'virtual server',
  }),
  bool('smtp_alert', '2.0.0', 'Send mail when the server fails or recovers.', {
    default: 'global, else true',
  }),
  value('virtualhost', '<NAME>', 'string', '1.3.6', 'Default Host header.', {
    minArgs: 0,
    default: 'virtual server',
  }),
  value('snmp_name', '<NAME>', 'string', '2.2.3', 'Name shown by SNMP.', { minArgs: 0, default: 'none' }),
  block('MISC_CHECK', miscCheckKeywords, '<=1.2.1', 'Check by a command.'),
  block('SMTP_CHECK', smtpCheckKeywords, '<=1.2.1', 'Check by talking to a mail server.'),
  block('TCP_CHECK', tcpCheckKeywords, '<=1.2.1', 'Check by a TCP connection.'),
  block('PING_CHECK', pingCheckKeywords, '2.1.0', 'Check by ICMP echo (ping).'),
  block('UDP_CHECK', udpCheckKeywords, '2.1.0', 'Check by a UDP packet.'),
  block('HTTP_GET', httpGetKeywords, '<=1.2.1', 'Check by HTTP requests.', { notes: 'needs a url' }),
  block('SSL_GET', sslGetKeywords, '<=1.2.1', 'Check by HTTPS requests.', { notes: 'needs a url' }),
  block('DNS_CHECK', dnsCheckKeywords, '1.3.0', 'Check by a DNS query.'),
  block('FILE_CHECK', fileCheckKeywords, '2.1.0', 'Check by a tracked file.'),
  block('BFD_CHECK', bfdCheckKeywords, '2.0.0', 'Check by a BFD session.'),
];
