import {
  announcementGap,
  burstLength,
  lowerPriorityBurst,
  periodicRefresh,
  secondBurst,
  virtualMacRefresh,
} from './announcement.ts';
import { approximate, type DispositionTable, equivalent, manual, notNeeded, sharing } from './disposition.ts';
import { connectionSync } from './lvs.ts';

/** Adverts, whose work Corosync's token does. */
export const advertSetting = notNeeded(
  'It tuned which VRRP adverts are sent, accepted or answered. The nodes of the cluster talk through Corosync, and there are no adverts any more.',
);

export const advertCheck = notNeeded(
  'It checked where VRRP adverts come from or what they list. Corosync authenticates and encrypts every packet between the nodes.',
);

export const advertGroup = notNeeded(
  'It named the multicast group for VRRP adverts. Corosync sends to the addresses of the nodes directly.',
);

const firewallTable = notNeeded(
  'It shaped the firewall rules that Keepalived makes for no_accept and virtual MAC addresses. The cluster makes no firewall rules.',
);

export const strictMode = approximate(
  'It held Keepalived to the VRRP standard; among others the host did not answer on the addresses unless it owned them, not even to ping. After the migration it answers.',
  'Nothing needs doing unless the host must not answer. Then a rule in the firewall of every node, for example `nft add rule inet filter input ip daddr 192.0.2.10 drop`; make it permanent.',
);

export const tokenWayOut =
  'Nothing needs doing unless a takeover is too slow or comes too soon: then say `token` of `cluster` in the companion file kp2pcm.yaml and translate again. Below one second nodes that only pause are taken for dead.';

export const missedAdverts = approximate(
  "It told after how many missed adverts a silent master is replaced. Corosync's token timeout does that; it is derived from the advert interval and this number.",
  tokenWayOut,
);

const virtualMacName = notNeeded(
  'It named virtual MAC interfaces. There are none after the migration, unless --vmac macvlan keeps them; see use_vmac.',
);

const startDelay = (moment: string) =>
  equivalent(
    `Keepalived kept out of elections for this long after ${moment}, so that a switch port or a service could get ready first. A drop-in of pacemaker’s unit holds its start back as long.`,
  );

/** global_defs { }: defaults for all instances, and what VRRP does on the wire. */
export const vrrpDefaultDispositions: DispositionTable = {
  dynamic_interfaces: manual(
    'It let Keepalived run although an interface does not exist yet. IPaddr2 fails where the interface is missing when the address starts; before resource-agents 4.18 that keeps the address off every node, until `pcs resource cleanup`.',
    'Make sure that the interface exists before Pacemaker starts, for example with After= and Wants= of its device unit in `systemctl edit pacemaker`.',
  ),
  default_interface: notNeeded(
    'It named the interface of static addresses without one. These belong to the network configuration of the host; see static_ipaddress.',
  ),
  vrrp_startup_delay: startDelay('its start'),
  vrrp_delay_after_boot: startDelay('the boot'),
  vrrp_version: notNeeded('It chose the version of the VRRP protocol. The cluster does not speak VRRP.'),
  vrrp_strict: strictMode,
  vrrp_down_timer_adverts: missedAdverts,
  ...sharing(advertGroup, 'vrrp_mcast_group4 vrrp_mcast_group6 disable_local_igmp'),
  ...sharing(advertCheck, 'vrrp_check_unicast_src vrrp_skip_check_adv_addr v3_checksum_as_v2'),
  ...sharing(
    advertSetting,
    'vrrp_lower_prio_no_advert vrrp_higher_prio_send_advert vrrp_owner_ignore_adverts log_unknown_vrids',
  ),
  vrrp_garp_master_delay: secondBurst,
  vrrp_garp_master_repeat: burstLength,
  vrrp_garp_master_refresh: periodicRefresh,
  vrrp_garp_master_refresh_repeat: periodicRefresh,
  vrrp_garp_lower_prio_delay: lowerPriorityBurst,
  vrrp_garp_lower_prio_repeat: lowerPriorityBurst,
  vrrp_garp_interval: announcementGap,
  vrrp_gna_interval: announcementGap,
  vrrp_min_garp: equivalent(
    'Keepalived announced an address with one gratuitous ARP in place of five. IPaddr2 does so too (arp_count).',
  ),
  vrrp_garp_extra_if: virtualMacRefresh,
  vrrp_vmac_garp_intvl: virtualMacRefresh,
  vmac_prefix: virtualMacName,
  vmac_addr_prefix: virtualMacName,
  ...sharing(
    firewallTable,
    'vrrp_iptables vrrp_ipsets nftables nftables_priority nftables_ifindex nftables_counters',
  ),
  lvs_sync_daemon: connectionSync,
};
