import { bool, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** Defaults for all instances, and what VRRP does on the wire. */
export const vrrpDefaultKeywords: DirectiveTable = [
  flag(
    'dynamic_interfaces',
    '2.0.0',
    'Accept interfaces that do not exist (yet). Without it any unknown interface in VRRP configuration is fatal.',
    { args: '[allow_if_changes]' },
  ),
  value(
    'default_interface',
    '<IFNAME>',
    'string',
    '1.2.24',
    'Interface used for static addresses without dev.',
    { minArgs: 0, default: 'eth0' },
  ),
  value(
    'vrrp_startup_delay',
    '<DECIMAL>',
    'timer seconds',
    '2.0.14',
    'Do not start VRRP elections before this long after start.',
    { default: '0', limits: [0.001, 4294.967295], notes: 'largest of this and vrrp_delay_after_boot wins' },
  ),
  value(
    'vrrp_delay_after_boot',
    '<DECIMAL>',
    'timer seconds',
    '2.4.0',
    'Do not start VRRP elections before this long after the system booted.',
    { default: '0', limits: [0.001, 4294.967295] },
  ),
  value(
    'vrrp_version',
    '<2 or 3>',
    'enum',
    '1.2.20',
    'Default VRRP version of IPv4 instances (IPv6 always 3).',
    { default: '2', limits: [2, 3] },
  ),
  bool('vrrp_strict', '1.2.20', 'Default strict_mode.'),
  value(
    'vrrp_down_timer_adverts',
    '<UINT>',
    'uint',
    '2.2.3',
    'Default number of missed adverts before takeover.',
    { default: '3', limits: [1, 100] },
  ),
  value('vrrp_mcast_group4', '<IPV4-MCAST>', 'addr', '1.2.10', 'Multicast group for IPv4 instances.', {
    default: '224.0.0.18',
  }),
  value('vrrp_mcast_group6', '<IPV6-MCAST>', 'addr', '1.2.10', 'Multicast group for IPv6 instances.', {
    default: 'ff02::12',
  }),
  flag('disable_local_igmp', '2.2.0', 'Stop the kernel sending IGMP reports for link-local multicast.', {
    notes: 'needs kernel sysctl',
  }),
  flag(
    'v3_checksum_as_v2',
    '2.2.8',
    'Leave the pseudo header out of VRRPv3/IPv4 checksums (interoperability).',
  ),
  flag(
    'vrrp_check_unicast_src',
    '1.2.20',
    'Drop unicast adverts whose source is not a listed peer (all instances).',
  ),
  bool('vrrp_skip_check_adv_addr', '1.2.20', 'Default skip_check_adv_addr.'),
  bool('vrrp_lower_prio_no_advert', '1.2.20', 'Default lower_prio_no_advert.'),
  bool('vrrp_higher_prio_send_advert', '1.3.5', 'Default higher_prio_send_advert.'),
  bool('vrrp_owner_ignore_adverts', '2.3.3', 'Default owner_ignore_adverts.'),
  flag('log_unknown_vrids', '2.0.16', 'Log adverts with unknown VRIDs.'),
  value('vrrp_garp_master_delay', '<UINT>', 'uint seconds', '1.2.20', 'Default garp_master_delay.', {
    default: '5',
    limits: [0, 4294],
  }),
  value('vrrp_garp_master_repeat', '<UINT>', 'uint', '1.2.20', 'Default garp_master_repeat.', {
    default: '5',
    limits: [1],
    range: '0 becomes 1',
  }),
  value('vrrp_garp_master_refresh', '<UINT>', 'uint seconds', '1.2.20', 'Default garp_master_refresh.', {
    default: '0 (off)',
  }),
  value(
    'vrrp_garp_master_refresh_repeat',
    '<UINT>',
    'uint',
    '1.2.20',
    'Default garp_master_refresh_repeat.',
    { default: '1', limits: [1], range: '0 becomes 1' },
  ),
  value('vrrp_garp_lower_prio_delay', '<UINT>', 'uint seconds', '1.2.20', 'Default garp_lower_prio_delay.', {
    default: '= vrrp_garp_master_delay',
    limits: [0, 4294],
  }),
  value('vrrp_garp_lower_prio_repeat', '<UINT>', 'uint', '1.2.20', 'Default garp_lower_prio_repeat.', {
    default: '= vrrp_garp_master_repeat',
    limits: [0, 2_147_483_647],
  }),
  value(
    'vrrp_garp_interval',
    '<DECIMAL>',
    'timer seconds',
    '1.2.21',
    'Gap between gratuitous ARPs on an interface.',
    { default: '0', limits: [0.000001, 4294.967295] },
  ),
  value(
    'vrrp_gna_interval',
    '<DECIMAL>',
    'timer seconds',
    '1.2.21',
    'Gap between unsolicited NAs on an interface.',
    { default: '0', limits: [0.000001, 4294.967295] },
  ),
  bool(
    'vrrp_min_garp',
    '2.0.12',
    'Reduce GARP to one message, no delayed repeat (only where still at default).',
  ),
  value(
    'vrrp_garp_extra_if',
    '[all] <UINT>',
    'tokens',
    '2.2.3',
    'Default garp_extra_if: period of gratuitous ARPs per VMAC (all: any extra interface).',
    { default: '0 (off)', limits: [1, 86_400] },
  ),
  value('vrrp_vmac_garp_intvl', '[all] <UINT>', 'tokens', '2.2.0', 'Old spelling of vrrp_garp_extra_if.', {
    deprecated: true,
    aliasOf: 'vrrp_garp_extra_if',
  }),
  value('vmac_prefix', '<STRING>', 'string', '2.2.0', 'Name prefix of VMAC interfaces.', {
    default: 'vrrp',
    repeat: 'first-wins',
  }),
  value(
    'vmac_addr_prefix',
    '<STRING>',
    'string',
    '2.2.0',
    'Name prefix of VMACs made for single addresses.',
    { default: '= vmac_prefix', repeat: 'first-wins' },
  ),
  value(
    'vrrp_iptables',
    '[IN-CHAIN [OUT-CHAIN]]',
    'tokens',
    '1.2.20',
    'Use iptables for no_accept / VMAC rules.',
    {
      default: 'INPUT OUTPUT',
      range: 'chain < 28 chars',
      notes: 'builds with nftables only switch nftables on instead, with a warning',
    },
  ),
  value(
    'vrrp_ipsets',
    '[SET [SET6 [SET-IF6 [SET-IGMP [SET-MLD [SET-ND]]]]]]',
    'tokens',
    '1.2.20',
    'Names of ipsets used with vrrp_iptables.',
    {
      default: 'keepalived...',
      notes: 'no argument: do not use ipsets; builds without iptables do not know the keyword',
    },
  ),
  value('nftables', '[TABLE]', 'string', '2.0.11', 'Use nftables for no_accept / VMAC rules.', {
    default: 'keepalived',
    repeat: 'first-wins',
  }),
  value('nftables_priority', '<INT>', 'int', '2.0.11', 'Priority of the nftables base chains.', {
    default: '-1',
    limits: [-2_147_483_648, 2_147_483_647],
  }),
  flag('nftables_ifindex', '2.0.11', 'Match on ifindex rather than name in nftables.'),
  flag('nftables_counters', '2.0.11', 'Add counters to nftables rules.'),
];
