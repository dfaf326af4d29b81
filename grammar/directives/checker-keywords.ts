import { bool, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** Where a checker connects to, and from where. All checkers with a connection share these. */
const connectionKeywords: DirectiveTable = [
  value('connect_ip', '<ADDR>', 'addr', '1.2.13', 'Address to check.', { default: 'real server address' }),
  value('connect_port', '<UINT>', 'uint', '<=1.2.1', 'Port to check.', {
    default: 'real server port',
    limits: [1, 65_535],
  }),
  value('bindto', '<ADDR>', 'addr', '<=1.2.1', 'Source address of the check.', { default: 'none' }),
  value('bind_port', '<UINT>', 'uint', '1.2.13', 'Source port of the check.', {
    default: 'none',
    limits: [1, 65_535],
  }),
  value('bind_if', '<IFNAME>', 'string', '1.3.7', 'Source interface of the check.', {
    default: 'none',
    range: '< 16 chars',
  }),
  value('connect_timeout', '<DECIMAL>', 'timer seconds', '<=1.2.1', 'Time allowed to connect.', {
    default: 'real server',
    limits: [0.000001, 4294.967295],
  }),
  value('fwmark', '<UINT>', 'uint', '1.2.13', "Firewall mark of the check's packets.", { default: '0' }),
];

/** How often a checker checks. All but FILE_CHECK and BFD_CHECK share these. */
const repetitionKeywords: DirectiveTable = [
  value('retry', '<UINT>', 'uint', '1.3.7', 'Retries before the server counts as failed.', {
    default: 'real server, else 1 (MISC 0, DNS 3)',
  }),
  value('delay_before_retry', '<DECIMAL>', 'timer seconds', '1.3.7', 'Wait before a retry.', {
    default: 'real server, else 1 (HTTP/SSL 3, DNS = delay_loop)',
  }),
  value('warmup', '<DECIMAL>', 'timer seconds', '1.2.13', 'Maximum random delay of the first check.', {
    default: 'real server, else delay_loop',
  }),
  value('delay_loop', '<DECIMAL>', 'timer seconds', '1.3.7', 'Time between checks.', {
    default: 'real server',
    limits: [0.000001],
  }),
  bool('alpha', '1.3.7', 'Count the server as down until the first check succeeds.', {
    default: 'real server',
  }),
  bool('log_all_failures', '2.0.11', 'Log each failure, not only the last retry.'),
];

/** The releases in which one checker got a shared keyword, where that differs from the others. */
type Releases = Readonly<Record<string, string>>;

/** Connection and repetition keywords of a checker that came in `since`, or with the others where that is absent. */
export function checkerKeywords(releases: Releases = {}, since?: string): DirectiveTable {
  return [...withReleases(connectionKeywords, releases, since), ...checkRepetition(releases, since)];
}

/** The repetition keywords alone, for checkers without a connection. */
export function checkRepetition(releases: Releases = {}, since?: string): DirectiveTable {
  return withReleases(repetitionKeywords, releases, since);
}

function withReleases(table: DirectiveTable, releases: Releases, since?: string): DirectiveTable {
  return table.map((row) => ({ ...row, since: releases[row.keyword] ?? since ?? row.since }));
}
