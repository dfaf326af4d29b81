import { type EntryShape, type EntryToken, oneWord, token } from './entry-shape.ts';

/** mpls and ila take one value. */
const encapsulations: Readonly<Record<string, readonly string[]>> = {
  ip: ['id', 'dst', 'src', 'tos', 'ttl', 'flags'],
  ip6: ['id', 'dst', 'src', 'tc', 'hoplimit', 'flags'],
  mpls: [],
  ila: [],
};

/** Types of a route. Each stands before the destination, without `to` (measured with 2.2.7: `to local` drops the route). */
const routeTypes = [
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
];

const lock = { prefixes: ['lock'] };

const selectors: readonly EntryToken[] = [
  oneWord('to', '<DST>', 'destination: ADDR[/PREFIX], or default, any, all; may be left out'),
  ...routeTypes.map((type) => oneWord(type, '<DST>', 'type of the route, and its destination')),
  token('inet', 'family; the word after it is lost (measured with 2.2.7)'),
  token('inet6', 'family; the word after it is lost (measured with 2.2.7)'),
  oneWord('src', '<ADDR>', 'preferred source, without prefix'),
  oneWord('via', '<ADDR>', 'gateway; gw is an old spelling', {
    aliases: ['gw'],
    prefixes: ['inet', 'inet6'],
  }),
  oneWord('from', '<ADDR/PREFIX>', 'source selector, IPv6 only'),
  oneWord('tos', '<NAME|NUM>', 'type of service', { aliases: ['dsfield'] }),
  oneWord('table', '<NAME|NUM>', 'routing table'),
  oneWord('protocol', '<NAME|NUM>', 'who made the route; always keepalived (18) when tracked'),
  oneWord('scope', '<NAME|NUM>', 'scope of the route'),
  oneWord('metric', '<UINT>', 'metric; the lowest wins', { aliases: ['priority', 'preference'] }),
  oneWord('dev', '<IFNAME>', 'interface', { aliases: ['oif'] }),
  token('onlink', 'the gateway is on the link, whatever its address'),
  {
    token: 'encap',
    takes: 'encapsulation',
    argument: 'ip|ip6|mpls|ila ...',
    meaning: 'tunnel encapsulation',
    attributes: encapsulations,
  },
  oneWord('vrf', '<NAME>', 'use the table of a VRF'),
  oneWord('expires', '<SECONDS>', 'lifetime, IPv6 only'),
  oneWord('pref', 'low|medium|high|<NUM>', 'router preference, IPv6 only'),
  oneWord('realms', '[FROM/]TO', 'realms, IPv4 only'),
];

const metrics: readonly EntryToken[] = [
  oneWord('mtu', '<UINT>', 'largest packet', lock),
  oneWord('hoplimit', '<0..255>', 'hop limit of packets'),
  oneWord('advmss', '<UINT>', 'advertised segment size', lock),
  oneWord('rtt', '<TIME>', 'first estimate of the round trip time', lock),
  oneWord('rttvar', '<TIME>', 'first estimate of its variance', lock),
  oneWord('reordering', '<UINT>', 'how much reordering is no loss', lock),
  oneWord('window', '<UINT>', 'largest window'),
  oneWord('cwnd', '<UINT>', 'largest congestion window', lock),
  oneWord('ssthresh', '<UINT>', 'first slow start threshold', lock),
  oneWord('rto_min', '<TIME>', 'smallest retransmission timeout', lock),
  oneWord('initcwnd', '<UINT>', 'first congestion window'),
  oneWord('initrwnd', '<UINT>', 'first receive window'),
  oneWord('features', 'ecn', 'features of the destination'),
  oneWord('quickack', '0|1', 'acknowledge at once'),
  oneWord('congctl', '<NAME>', 'congestion control', lock),
  oneWord('ttl-propagate', 'enabled|disabled', 'copy the TTL into MPLS'),
  oneWord('fastopen_no_cookie', '0|1', 'TCP fast open without a cookie'),
];

/** A route of virtual_routes or static_routes. */
export const routeShape: EntryShape = {
  form: '[to|TYPE] <DST> [OPTION]...',
  tokens: [
    ...selectors,
    ...metrics,
    token('add', 'insert as `ip route add` does', { since: '2.2.3' }),
    token('prepend', 'insert before the others, the default', { since: '2.2.3' }),
    token('append', 'insert after the others', { since: '2.2.3' }),
    oneWord('or', '<ADDR>', 'old spelling of a second nexthop'),
    {
      token: 'nexthop',
      takes: 'rest',
      argument: '[via [inet|inet6] ADDR] [dev IF] [weight 1..256] [onlink] [encap ...] [realms ...]',
      meaning: 'one of several gateways; may be repeated, must come last',
    },
    token('no_track', 'do not track the interface and the route', { since: '2.0.3' }),
    oneWord('track_group', '<NAME>', 'static_routes only; needs dev'),
  ],
  unknownWord: 'is the destination',
  notes: 'a destination that does not parse drops the route; default6 is an old spelling of inet6 default',
};
