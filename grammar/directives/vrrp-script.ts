import { flag, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** vrrp_script { } */
export const vrrpScriptKeywords: DirectiveTable = [
  value('script', '<SCRIPT>', 'script', '<=1.2.1', 'The command; exit code 0 means up.', {
    minArgs: 0,
    default: 'none: block removed',
    range: 'only the FIRST word is used, split like a shell command; no shell, no pipes',
    notes:
      'quote it when it has arguments; "</path" tests that a file opens; without a command the whole vrrp_script is removed',
  }),
  value(
    'interval',
    '<UINT>; DECIMAL since 2.3.2',
    'timer seconds',
    '<=1.2.1',
    'Time between two starts of the command.',
    {
      default: '1',
      limits: [0, 4294],
      range: '0 becomes 1; 2.2.x rejects decimals and uses the integer part (0.5 => 1)',
    },
  ),
  value(
    'timeout',
    '<UINT>; DECIMAL since 2.3.2',
    'timer seconds',
    '1.2.6',
    'Run time after which the script counts as failed.',
    { default: '= interval', limits: [0, 4294], range: '0 becomes 1' },
  ),
  value(
    'weight',
    '<INT> [reverse]',
    'int',
    '<=1.2.1',
    '0: a failure means FAULT. Below: added to the priority while it fails. Above: added while it succeeds.',
    { default: '0', limits: [-253, 253], notes: 'a value out of range is reported and still applied' },
  ),
  value('rise', '<UINT>', 'uint', '<=1.2.1', 'Successes needed to go up.', {
    default: '1',
    limits: [1, 2_147_483_647],
  }),
  value('fall', '<UINT>', 'uint', '<=1.2.1', 'Failures needed to go down.', {
    default: '1',
    limits: [1, 2_147_483_647],
  }),
  value('user', '<USER> [GROUP]', 'user', '1.3.0', 'User and group that run the command.', {
    default: 'script_user',
    notes: 'unknown user removes the script',
  }),
  flag('init_fail', '1.3.2', 'Assume failed until first results.', {
    notes: 'no effect in 2.x: the later track_script entry resets it, and one success is enough',
  }),
];
