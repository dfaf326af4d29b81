import { block, entries, wordList } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

const trackGroupKeywords: DirectiveTable = [
  wordList('group', '2.0.3', 'Members of the set; at least one.', {
    repeat: 'first-wins',
    notes: 'one only; every word is an instance name',
  }),
];

/** Entries that exist while the daemon runs. */
export const staticEntryKeywords: DirectiveTable = [
  block(
    'track_group',
    trackGroupKeywords,
    '2.0.3',
    'Named set of VRRP instances that static entries may refer to.',
    { args: '<NAME>', minArgs: 0, notes: 'name mandatory, duplicates skipped' },
  ),
  entries(
    'static_ipaddress',
    'address',
    '<=1.2.1',
    'Addresses kept while the daemon runs, whatever the VRRP state; removed at stop.',
    { notes: 'knows track_group, not use_vmac' },
  ),
  entries('static_routes', 'route', '<=1.2.1', 'Routes kept while the daemon runs.'),
  entries('static_rules', 'rule', '1.2.20', 'Policy rules kept while the daemon runs.'),
];
