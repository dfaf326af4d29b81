import { flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** Defaults for IPVS, the kernel load balancer. */
export const lvsKeywords: DirectiveTable = [
  value('lvs_timeouts', '[tcp N] [tcpfin N] [udp N]', 'tokens', '1.2.24', 'Timeouts of IPVS connections.', {
    default: 'kernel',
    limits: [0, 2_678_400],
  }),
  flag('lvs_flush', '1.2.23', 'Remove all IPVS services at start.'),
  value(
    'lvs_flush_on_stop',
    '[VS]',
    'enum',
    '2.2.0',
    'Remove all IPVS services, or only the own ones, at stop.',
    { default: 'off', range: 'none or VS' },
  ),
  value('lvs_flush_onstop', '[VS]', 'enum', '2.0.15', 'Old spelling of lvs_flush_on_stop.', {
    default: 'off',
    deprecated: true,
    aliasOf: 'lvs_flush_on_stop',
  }),
  value(
    'lvs_sync_daemon',
    '<IFNAME> [inst NAME] [id 0..255] [maxlen 1..65507] [port 1..65535] [ttl 1..255] [group MCAST]; old: <IFNAME> <INSTANCE> [ID]',
    'tokens',
    '1.2.20',
    'Run the IPVS sync daemon following a VRRP instance.',
    { minArgs: 0, default: 'none', repeat: 'first-wins', notes: 'the form by position is deprecated' },
  ),
  value(
    'nftables_ipvs',
    '[TABLE]',
    'string',
    '2.2.2',
    'Name of the nftables table that maps virtual server groups to fwmarks.',
    { default: 'keepalived_ipvs', repeat: 'first-wins' },
  ),
  value(
    'nftables_ipvs_priority',
    '<INT>',
    'int',
    '2.2.2',
    'Priority of the chains in the nftables_ipvs table.',
    { default: '-1', limits: [-2_147_483_648, 2_147_483_647] },
  ),
  value(
    'nftables_ipvs_start_fwmark',
    '<UINT>',
    'uint',
    '2.2.2',
    'First fwmark to allocate for virtual server groups.',
    { default: '1000', limits: [1, 4_294_967_295] },
  ),
];
