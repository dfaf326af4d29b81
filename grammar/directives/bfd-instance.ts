import { bool, flag, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';

/** bfd_instance { } */
export const bfdInstanceKeywords: DirectiveTable = [
  value('source_ip', '<ADDR>', 'addr', '2.0.0', 'Local address of the session.', { default: 'unset' }),
  value('neighbor_ip', '<ADDR>', 'addr', '2.0.0', 'Address of the neighbour.', {
    default: 'none: mandatory',
  }),
  value('neighbour_ip', '<ADDR>', 'addr', '2.0.0', 'Another spelling of neighbor_ip: the peer address.', {
    aliasOf: 'neighbor_ip',
  }),
  value('min_rx', '<DECIMAL>', 'milliseconds', '2.0.0', 'Minimum receive interval.', {
    default: '10',
    limits: [1, 4_294_967],
    range: 'up to 3 decimals',
  }),
  value('min_tx', '<DECIMAL>', 'milliseconds', '2.0.0', 'Minimum transmit interval.', {
    default: '10',
    limits: [1, 4_294_967],
  }),
  value('idle_tx', '<DECIMAL>', 'milliseconds', '2.0.0', 'Transmit interval while down.', {
    default: '1000',
    limits: [1000, 4_294_967],
  }),
  value('multiplier', '<UINT>', 'uint', '2.0.0', 'Missed packets after which the session is down.', {
    default: '5',
    limits: [1, 255],
  }),
  flag('passive', '2.0.0', 'Wait until the neighbour opens the session.'),
  value('ttl', '<UINT>', 'uint', '2.0.0', 'TTL of the packets.', {
    default: '255 (IPv4) / 64 (IPv6)',
    limits: [1, 255],
  }),
  value('hoplimit', '<UINT>', 'uint', '2.0.0', 'Another spelling of ttl, as IPv6 calls it.', {
    limits: [1, 255],
    aliasOf: 'ttl',
  }),
  value('max_hops', '<INT>', 'int', '2.0.0', 'Hops accepted from the peer.', {
    default: '0',
    limits: [-1, 255],
  }),
  bool('multihop', '2.2.8', 'Use the multihop port 4784.'),
  value('weight', '<INT> [reverse]', 'int', '2.0.0', 'Default weight for track_bfd.', {
    default: '0',
    limits: [-253, 253],
  }),
  flag('vrrp', '2.0.0', 'Send events to VRRP only (unless checker is given too).', {
    default: 'both processes',
  }),
  flag('checker', '2.0.0', 'Send events to checkers only (unless vrrp is given too).', {
    default: 'both processes',
  }),
];
