import { type EntryShape, oneWord, token } from './entry-shape.ts';

/** An address of virtual_ipaddress, virtual_ipaddress_excluded or static_ipaddress. */
export const addressShape: EntryShape = {
  form: '<ADDR>[/<PREFIX>] [OPTION]...',
  first: '<ADDR>[/<PREFIX>]',
  tokens: [
    oneWord(
      'dev',
      '<IFNAME>',
      'interface; one that does not exist ends the daemon, unless dynamic_interfaces',
      {
        default: 'instance interface (VMAC if used); static: default_interface',
      },
    ),
    oneWord(
      'scope',
      '<NAME or 0..255>',
      'address scope, by name or number; for IPv6 it is reported and ignored',
      {
        default: 'global',
      },
    ),
    oneWord(
      'brd',
      '<ADDR> | + | -',
      '+ sets all host bits, - clears them (prefix up to 30); IPv6: the entry is dropped',
      {
        aliases: ['broadcast'],
        default: 'none',
      },
    ),
    oneWord(
      'label',
      '<STRING up to 15>',
      'IPv4 label; longer: the entry is dropped; IPv6: the label is ignored',
      {
        default: 'none',
      },
    ),
    oneWord(
      'peer',
      '<ADDR>',
      'other end of a point-to-point link, without prefix; the own prefix becomes 32 or 128',
      { since: '2.0.0' },
    ),
    token('home', 'home address of mobile IPv6 (IFA_F_HOMEADDRESS)'),
    token('-nodad', 'do duplicate address detection, which Keepalived leaves out by default'),
    token('mngtmpaddr', 'the kernel makes temporary addresses of it (IFA_F_MANAGETEMPADDR)'),
    token('noprefixroute', 'no route to the subnet is made', { since: '1.3.6' }),
    token('autojoin', 'join the multicast group of the address'),
    token('no_track', 'do not track the interface of this address', { since: '2.0.3' }),
    oneWord('preferred_lft', '<UINT> | forever', 'how long the address is preferred as source', {
      default: 'IPv6: 0 (deprecated address) when prefix is 128, else forever; IPv4: kernel default',
    }),
    oneWord('track_group', '<NAME>', 'static_ipaddress only; needs dev or default_interface'),
    token('use_vmac', 'put this address on a VMAC interface; not in static_ipaddress', { since: '2.2.0' }),
  ],
  unknownWord: 'is ignored',
  notes:
    'no prefix is 32 or 128; a netmask in place of the prefix is rejected and gives 32 or 128; a word as prefix gives 0',
};
