import { value, wordList } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** garp_group { } */
export const garpGroupKeywords: DirectiveTable = [
  value('garp_interval', '<DECIMAL>', 'timer seconds', '1.2.21', 'Gap between gratuitous ARPs.', {
    default: '0',
    limits: [0, 2147.483647],
  }),
  value('gna_interval', '<DECIMAL>', 'timer seconds', '1.2.21', 'Gap between unsolicited NAs.', {
    default: '0',
    limits: [0, 2147.483647],
  }),
  value('interface', '<IFNAME>', 'string', '1.2.21', 'One interface with its own limit.'),
  wordList('interfaces', '1.2.21', 'Interfaces sharing one limit.'),
];
