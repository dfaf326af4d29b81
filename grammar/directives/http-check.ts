import { checkerKeywords } from './checker-keywords.ts';
import { block, bool, flag, value } from './rows.ts';
import type { DirectiveSpec, DirectiveTable } from './spec.ts';

const urlKeywords: DirectiveTable = [
  value('path', '<PATH>', 'string', '<=1.2.1', 'Path to request.', { default: 'none: url ignored' }),
  value('digest', '<HEX32>', 'hex', '<=1.2.1', 'Expected MD5 of the body.', {
    default: 'none',
    range: 'exactly 32 hex digits',
    repeat: 'first-wins',
  }),
  value('status_code', '<CODE / LOW-HIGH>...', 'list', '<=1.2.1', 'Accepted status codes.', {
    minArgs: 0,
    default: '200-299',
    limits: [100, 599],
  }),
  value('virtualhost', '<NAME>', 'string', '1.3.6', 'Host header of this url.', {
    minArgs: 0,
    default: 'checker',
  }),
  value('regex', '<REGEX>', 'regex', '2.0.7', 'Regular expression (PCRE2) that the body must match.', {
    minArgs: 0,
    default: 'none',
    notes: 're-parsed with quotes and escapes; exactly one word',
  }),
  flag('regex_no_match', '2.0.7', 'The body must not match the regex.'),
  value('regex_options', '<OPTION>...', 'list', '2.0.7', 'Options of the regex.', {
    minArgs: 0,
    default: 'none',
    range: 'PCRE2 option names in lower case',
  }),
  value('regex_min_offset', '<UINT>', 'uint', '2.0.7', 'First offset at which the regex may match.', {
    minArgs: 0,
    default: '0',
  }),
  value('regex_max_offset', '<UINT>', 'uint', '2.0.7', 'Last offset at which the regex may match.', {
    minArgs: 0,
    default: 'none',
  }),
  value('regex_stack', '<START> <MAX>', 'uints', '2.0.7', 'Stack of the regex JIT compiler.', {
    minArgs: 0,
    default: 'default',
  }),
];

/** HTTP and SSL checks had delay_before_retry before the others. */
const commonKeywords: DirectiveTable = [
  ...checkerKeywords({ delay_before_retry: '<=1.2.1' }),
  value('nb_get_retry', '<UINT>', 'uint', '<=1.2.1', 'Old spelling of retry.', {
    deprecated: true,
    aliasOf: 'retry',
  }),
  value('virtualhost', '<NAME>', 'string', '1.3.6', 'Host header of the request.', {
    minArgs: 0,
    default: 'real server',
  }),
  value('http_protocol', '1.0 / 1.1 / 1.0C', 'enum', '2.0.17', 'HTTP version of the request.', {
    minArgs: 0,
    default: '1.0',
  }),
  bool('enable_sni', '1.4.3', 'Send the host name in the TLS handshake (SNI).'),
  value('sni_name', '[NAME]', 'string', '>2.4.3', 'Name to send as SNI; turns SNI on.', {
    default: 'virtualhost',
  }),
  bool('fast_recovery', '2.0.17', 'On recovery test only the url that failed.'),
];

function tlsCompliant(defaultValue: string): DirectiveSpec {
  return bool('tls_compliant', '2.2.8', 'Demand that the server closes TLS as the standard says.', {
    default: defaultValue,
    notes: 'SSL_GET only',
  });
}

function url(keywords: DirectiveTable): DirectiveSpec {
  return block('url', keywords, '<=1.2.1', 'A request and the answer that is expected.', {
    notes: 'at least one',
  });
}

/** HTTP_GET { } */
export const httpGetKeywords: DirectiveTable = [...commonKeywords, url(urlKeywords)];

/** SSL_GET { } */
export const sslGetKeywords: DirectiveTable = [
  ...commonKeywords,
  tlsCompliant('false'),
  url([...urlKeywords, tlsCompliant('checker')]),
];
