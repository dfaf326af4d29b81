import { type EntryShape, oneWord, token } from './entry-shape.ts';

/** A policy rule of virtual_rules or static_rules. */
export const ruleShape: EntryShape = {
  form: '[SELECTOR]... ACTION',
  tokens: [
    token('inet', 'family; the word after it is lost (measured with 2.2.7)'),
    token('inet6', 'family; the word after it is lost (measured with 2.2.7)'),
    oneWord('from', '<ADDR/PREFIX>|all|default|any', 'source'),
    oneWord('to', '<ADDR/PREFIX>|all', 'destination'),
    oneWord('table', '<NAME|NUM>', 'action: look the route up in this table, not 0', { aliases: ['lookup'] }),
    token('not', 'invert the selectors'),
    oneWord(
      'preference',
      '<UINT>',
      'place among the rules; without it counts down from 16384, with an error',
      {
        aliases: ['order', 'priority'],
      },
    ),
    oneWord('tos', '<NAME|NUM>', 'type of service', { aliases: ['dsfield'] }),
    oneWord('fwmark', '<NUM>[/<MASK>]', 'firewall mark; 0x is allowed'),
    oneWord('realms', '[FROM/]TO', 'realms; IPv4 and table only'),
    oneWord('suppress_prefixlength', '<UINT>', 'ignore routes with a shorter prefix', {
      aliases: ['sup_pl'],
    }),
    oneWord('suppress_ifgroup', '<GROUP>', 'ignore routes to this interface group', {
      aliases: ['sup_group'],
    }),
    oneWord('dev', '<IFNAME>', 'interface of incoming packets', { aliases: ['iif'] }),
    oneWord('oif', '<IFNAME>', 'interface of outgoing packets'),
    oneWord('tunnel-id', '<UINT>', 'number of the tunnel'),
    oneWord('uidrange', '<LOW>-<HIGH>', 'user numbers'),
    token('l3mdev', 'action: the table of the VRF'),
    oneWord('protocol', '<0..255>', 'who made the rule; always keepalived when tracked'),
    oneWord('ipproto', '<NAME|NUM>', 'transport protocol'),
    oneWord('sport', '<LOW>-<HIGH>', 'source ports; a single port is rejected and the selector dropped'),
    oneWord('dport', '<LOW>-<HIGH>', 'destination ports; a single port is rejected and the selector dropped'),
    token('no_track', 'do not track the interface and the rule'),
    oneWord('track_group', '<NAME>', 'static_rules only; needs dev'),
    oneWord('goto', '<UINT>', 'action: go on at this preference, which must be larger than that of the rule'),
    oneWord('type', 'nop|blackhole|unreachable|prohibit', 'action by name'),
    token('nop', 'action: nothing'),
    token('blackhole', 'action: drop in silence'),
    token('unreachable', 'action: drop and say unreachable'),
    token('prohibit', 'action: drop and say prohibited'),
  ],
  unknownWord: 'drops the entry',
};
