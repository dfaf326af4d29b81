import { checkerKeywords, checkRepetition } from './checker-keywords.ts';
import { block, bool, flag, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** MISC_CHECK { }: a command */
export const miscCheckKeywords: DirectiveTable = [
  ...checkRepetition(),
  value(
    'misc_path',
    '<SCRIPT>',
    'script',
    '<=1.2.1',
    'Command; exit 0 is up, 1 down, with misc_dynamic 2..255 is up with a weight of the code less 2.',
    {
      minArgs: 0,
      default: 'none: removed',
      notes: 'only the first word is used: quote a command with arguments',
    },
  ),
  value('misc_timeout', '<UINT>', 'uint seconds', '<=1.2.1', 'Time allowed to the command.', {
    default: '= delay_loop',
    limits: [0, 4294],
  }),
  flag('misc_dynamic', '<=1.2.1', 'The exit code sets the weight of the server.'),
  value('user', '<USER> [GROUP]', 'user', '1.3.0', 'User that runs the command.', {
    minArgs: 0,
    default: 'script_user',
  }),
];

/** SMTP_CHECK { } */
export const smtpCheckKeywords: DirectiveTable = [
  value('helo_name', '<NAME>', 'string', '<=1.2.1', 'Name to greet the mail server with.', {
    minArgs: 0,
    default: 'smtpchecker.keepalived.org',
  }),
  ...checkerKeywords({
    connect_ip: '1.2.17',
    connect_port: '1.2.17',
    bindto: '1.2.17',
    bind_port: '1.2.17',
    fwmark: '1.2.17',
    retry: '<=1.2.1',
    delay_before_retry: '<=1.2.1',
  }),
  block(
    'host',
    checkerKeywords({ connect_ip: '<=1.2.1', connect_timeout: '1.2.13', warmup: '1.3.7' }),
    '<=1.2.1',
    'One more host to check.',
    {
      deprecated: true,
      notes: 'write further SMTP_CHECK blocks instead; without a connect_timeout it has 0 in 2.2',
    },
  ),
];

/** TCP_CHECK { } */
export const tcpCheckKeywords: DirectiveTable = checkerKeywords({
  retry: '1.2.20',
  delay_before_retry: '1.2.20',
});

/** PING_CHECK { } */
export const pingCheckKeywords: DirectiveTable = checkerKeywords({}, '2.1.0');

/** UDP_CHECK { } */
export const udpCheckKeywords: DirectiveTable = [
  ...checkerKeywords({}, '2.1.0'),
  value('payload', '<HEX...>', 'hex', '2.2.0', 'Bytes to send.', {
    minArgs: 0,
    default: 'empty',
    range: 'spaces allowed',
  }),
  value('require_reply', '[HEX...]', 'hex', '2.1.0', 'Demand a reply, or one that matches.', {
    default: 'no',
    range: 'x = wildcard nibble',
  }),
  value('min_reply_length', '<UINT>', 'uint', '2.2.0', 'Length of the shortest good reply.', {
    default: '0',
    limits: [0, 65_535],
  }),
  value('max_reply_length', '<UINT>', 'uint', '2.2.0', 'Length of the longest good reply.', {
    default: '255',
    limits: [0, 65_535],
  }),
];

/** DNS_CHECK { } */
export const dnsCheckKeywords: DirectiveTable = [
  ...checkerKeywords(
    {
      bind_if: '1.3.7',
      delay_before_retry: '1.3.7',
      warmup: '1.3.7',
      delay_loop: '1.3.7',
      alpha: '1.3.7',
      log_all_failures: '2.0.11',
    },
    '1.3.0',
  ),
  value('type', 'A NS CNAME SOA MX TXT AAAA RRSIG DNSKEY', 'enum', '1.3.0', 'Record type to ask for.', {
    default: 'SOA',
  }),
  value('name', '<NAME>', 'string', '1.3.0', 'Name to ask for.', {
    default: '. (root)',
    repeat: 'first-wins',
  }),
];

/** FILE_CHECK { }: a tracked file */
export const fileCheckKeywords: DirectiveTable = [
  value('track_file', '<NAME>', 'string', '2.1.0', 'The track_file to follow.', {
    notes: 'defined earlier',
  }),
  value('weight', '<INT> [reverse / noreverse]', 'int', '2.1.0', "Multiplier of the file's value.", {
    minArgs: 0,
    default: 'from track_file',
    limits: [-2_147_483_647, 2_147_483_647],
    range: 'newer releases than 2.2 stop at 65535',
  }),
];

/** BFD_CHECK { }: a BFD session */
export const bfdCheckKeywords: DirectiveTable = [
  value('name', '<NAME>', 'string', '2.0.0', 'The bfd_instance to follow.', {
    minArgs: 0,
    notes: 'defined earlier',
  }),
  bool('alpha', '2.0.0', 'Count the server as down until the session is up.', { default: 'real server' }),
];
