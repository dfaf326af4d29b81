import { block, bool, entries, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

const authenticationKeywords: DirectiveTable = [
  value('auth_type', 'PASS / AH', 'enum', '<=1.2.1', 'Kind of authentication.', {
    default: 'none',
    range: 'upper case only',
    notes: 'AH: IPv4 only, forces initial BACKUP',
  }),
  value('auth_pass', '<STRING>', 'string', '<=1.2.1', 'Shared password.', {
    default: 'none',
    range: '8 bytes, longer is truncated with error; empty disables auth',
  }),
];

const authHmacKeywords: DirectiveTable = [
  value('key', '<ID 1..255> <STRING / hex:HEX / file:PATH>', 'tokens', '2.4.0', 'A key and its number.', {
    range: '32..64 bytes',
    repeat: 'adds-up',
  }),
  value('active_key', '<ID>', 'uint', '2.4.0', 'Key used for sending.', {
    limits: [1, 255],
    notes: 'must exist',
  }),
  value('time_window', '<UINT>', 'uint seconds', '2.4.0', 'How old an advert may be.', {
    default: '3 x advert_int, 5..300',
    limits: [1, 300],
  }),
  value('anti_replay', 'time / monotonic', 'enum', '2.4.0', 'Replay protection method.', { default: 'time' }),
  value(
    'mode',
    'enforce / permissive / receive-only',
    'enum',
    '2.4.0',
    'How strictly to demand the extension.',
    { default: 'enforce', notes: 'strict needs enforce' },
  ),
];

/** How adverts travel: interface, addresses, virtual MAC, authentication. */
export const transportKeywords: DirectiveTable = [
  value(
    'interface',
    '<IFNAME>',
    'string',
    '<=1.2.1',
    'Interface adverts are sent on, default dev of VIPs, tracked by default.',
    { default: 'none: mandatory unless unicast with unicast_src_ip', range: '< 16 chars, not loopback' },
  ),
  value('vrf', '<IFNAME>', 'string', '2.2.5', 'VRF device to send adverts in.', {
    default: 'none',
    notes: 'only unicast without interface',
  }),
  value(
    'use_vmac',
    '[[name] IFNAME] [MAC] [netlink_notify_msg] [group GROUP]',
    'tokens',
    '1.2.3',
    'Use a macvlan with the VRRP virtual MAC.',
    {
      default: 'off; name vrrp.VRID',
      range: 'IFNAME < 16 chars; MAC 5 or 6 octets',
      notes: 'v2.2.x takes at most two words; netlink_notify_msg/group/name since 2.3',
    },
  ),
  flag('use_vmac_addr', '2.2.0', 'Use VMACs for addresses on other interfaces / other family.'),
  flag('vmac_xmit_base', '1.2.10', 'Send adverts from the base interface.', {
    notes: 'forced on with unicast + use_vmac',
  }),
  value(
    'use_ipvlan',
    '[[name] IFNAME] [ADDR] [bridge / private / vepa] [group GROUP]',
    'tokens',
    '2.0.17',
    'Use an ipvlan interface for the addresses.',
    { default: 'off', repeat: 'first-wins', notes: 'IPv4 needs ADDR' },
  ),
  value('version', '<2 or 3>', 'enum', '1.2.17', 'VRRP version of the instance.', {
    default: 'global vrrp_version; 3 for IPv6',
    limits: [2, 3],
  }),
  flag('native_ipv6', '<=1.2.1', 'Force family IPv6 and version 3.', {
    notes: 'error if IPv4 family already chosen',
  }),
  value('mcast_src_ip', '<ADDR>', 'addr', '<=1.2.1', 'Source address of adverts; also sets family.', {
    default: 'interface primary address',
    notes: 'same effect as unicast_src_ip but does not mark the instance unicast',
  }),
  value('mcast_dst_ip', '<MCAST>', 'addr', '2.2.5', 'Destination group of this instance.', {
    default: 'global group',
    range: 'IPv6 must be link-local',
  }),
  value('unicast_src_ip', '<ADDR>', 'addr', '1.2.10', 'Source address of adverts for unicast.', {
    default: 'interface primary address',
    notes: 'sets family',
  }),
  flag('track_src_ip', '2.0.0', 'Go to FAULT when the source address of adverts disappears.', {
    notes: 'needs a configured source',
  }),
  entries(
    'unicast_peer',
    'unicast-peer',
    '1.2.8',
    'Peers that get adverts by unicast; one entry turns multicast off.',
  ),
  flag('unicast_fault_no_peer', '2.2.5', 'Go to FAULT instead of multicasting when there are no peers.'),
  flag('check_unicast_src', '2.1.0', 'Accept unicast adverts only from listed peers.'),
  value('unicast_ttl', '<UINT>', 'uint', '2.1.0', 'TTL/hop limit of unicast adverts.', {
    default: '255 (IPv4)',
    limits: [0, 255],
    notes: 'needs unicast_peer',
  }),
  value('old_unicast_checksum', '[never]', 'enum', '1.3.7', 'Checksum compatibility with 1.3.6 and older.', {
    default: 'auto',
    notes: 'not in every build',
  }),
  bool(
    'v3_checksum_as_v2',
    '2.2.8',
    'Leave the pseudo header out of VRRPv3/IPv4 checksums (interoperability).',
    { default: 'global' },
  ),
  bool('skip_check_adv_addr', '1.2.20', 'Do not compare VIP lists of later adverts from the same master.', {
    default: 'global',
    range: 'any valid BOOL, even off, turns it ON (parser bug)',
  }),
  value('kernel_rx_buf_size', '<UINT>', 'uint bytes', '2.0.3', 'Receive buffer of the socket for adverts.', {
    minArgs: 0,
    default: 'policy',
    range: 'exactly one argument',
  }),
  block('authentication', authenticationKeywords, '<=1.2.1', 'Legacy authentication.', {
    notes: 'version 2 only',
  }),
  block('auth_hmac', authHmacKeywords, '2.4.0', 'HMAC extension of adverts.', {
    notes: 'replaces authentication; 2.4+',
  }),
];
