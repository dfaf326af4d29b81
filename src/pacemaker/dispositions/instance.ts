import {
  burstLength,
  lowerPriorityBurst,
  periodicRefresh,
  secondBurst,
  virtualMacRefresh,
} from './announcement.ts';
import { lookForTraffic } from './daemon.ts';
import { approximate, type DispositionTable, equivalent, manual, notNeeded, sharing } from './disposition.ts';
import { connectionSync } from './lvs.ts';
import { mailOnChange, stateLines, stateScripts } from './notification.ts';
import { trackedFile, trackedInterface, trackedProcess, trackedScript, trackedSession } from './tracking.ts';
import {
  advertCheck,
  advertGroup,
  advertSetting,
  missedAdverts,
  strictMode,
  tokenWayOut,
} from './vrrp-defaults.ts';

export const virtualRouter = equivalent(
  'One of several nodes held the addresses of this instance. A Pacemaker group of the same name holds them, on one node at a time.',
);

const authentication = notNeeded(
  'It marked adverts as coming from a node of the pair. Corosync encrypts and authenticates all its packets with a key of its own that pcs makes, so the old secret is not carried over.',
);

export const virtualMac = approximate(
  'Keepalived held the addresses under a virtual MAC address that moved with them. They have the MAC address of the node that holds them now: neighbours learn another one at the cutover and at every failover, by gratuitous ARP, and one that does not is cut off.',
  'Have use_vmac in the instance, alike in all files, and translate with `--vmac macvlan`: the addresses then keep the virtual MAC address. Otherwise remove static ARP entries and port security for it from hosts and switches before the cutover.',
);

export const virtualIpvlan = approximate(
  'Keepalived held the addresses on an ipvlan interface, which shares the MAC address of the one below. They move to the interface itself, so neighbours go on with the same MAC address.',
  'Nothing needs doing for neighbours. Firewall rules, sysctls and programs that name the ipvlan interface must name the one below it instead, from the cutover on.',
);

const election: DispositionTable = {
  state: notNeeded(
    'It named the state at start and gave no preference: the election by priority follows at once. The priorities decide here too.',
  ),
  virtual_router_id: notNeeded(
    'It told virtual routers on one network apart. Groups of the cluster are told apart by name.',
  ),
  priority: equivalent(
    'The node with the highest priority held the addresses. It becomes a location score, and the node with the highest score holds them.',
  ),
  advert_int: approximate(
    "It set how soon a silent master is noticed. Corosync's token timeout, derived from it, does that here; it cannot go below a second.",
    tokenWayOut,
  ),
  down_timer_adverts: missedAdverts,
  preempt: equivalent(
    'A node of higher priority takes the addresses back, as it does here with resource-stickiness 0.',
  ),
  nopreempt: equivalent(
    'A node of higher priority did not take the addresses back from a running one. A high resource-stickiness of the group keeps them where they are.',
  ),
  preempt_delay: equivalent(
    'A node of higher priority waited this long before it took the addresses back. A cloned agent keeps a node attribute that says so, and a location rule makes a node that waits worse than all that do not.',
  ),
  ...sharing(
    approximate(
      'A master that had been held up for too long stepped down, since another may have taken over. A node that is silent for longer than the token timeout loses its membership in the cluster, which comes to the same.',
      tokenWayOut,
    ),
    'timer_expired_backup thread_timer_expired',
  ),
  ...sharing(advertSetting, 'lower_prio_no_advert higher_prio_send_advert owner_ignore_adverts'),
  strict_mode: strictMode,
  debug: notNeeded('It made Keepalived log more. The cluster has its own logs.'),
  dont_track_primary: equivalent(
    'The link state of the own interface did not count. No rule watches it here either.',
  ),
  linkbeat_use_polling: approximate(
    'Keepalived asked the network card for its link state. The ethmonitor resource asks the kernel every few seconds.',
    lookForTraffic,
  ),
  track_interface: trackedInterface,
  track_script: trackedScript,
  track_file: trackedFile,
  track_process: trackedProcess,
  track_bfd: trackedSession,
};

const transport: DispositionTable = {
  interface: equivalent('The addresses were on this interface. IPaddr2 puts them on the same one (nic).'),
  vrf: manual(
    'Adverts travelled in this VRF. Corosync does not know VRFs, so nodes that reach each other only there form no cluster.',
    'Give the nodes addresses outside the VRF for the cluster, or run Corosync in it on every node: `systemctl edit corosync` with the lines [Service], `ExecStart=` and `ExecStart=/usr/sbin/ip vrf exec blue /usr/sbin/corosync -f`.',
  ),
  use_vmac: virtualMac,
  use_vmac_addr: virtualMac,
  vmac_xmit_base: notNeeded(
    'It sent adverts from the interface below the virtual MAC. There are no adverts any more.',
  ),
  use_ipvlan: virtualIpvlan,
  version: notNeeded('It chose the version of the VRRP protocol. The cluster does not speak VRRP.'),
  native_ipv6: notNeeded(
    'It fixed the address family of the instance. IPaddr2 sees the family by the address itself.',
  ),
  mcast_src_ip: notNeeded(
    'It chose the source address of adverts. The address of a node for the traffic of the cluster is chosen when the cluster is made.',
  ),
  unicast_src_ip: equivalent(
    'The node sent its adverts from this address. It is proposed as the address of the node in the cluster.',
  ),
  unicast_peer: equivalent(
    'Adverts went to these addresses. They are proposed as the addresses of the other nodes in the cluster.',
  ),
  mcast_dst_ip: advertGroup,
  track_src_ip: approximate(
    'The instance failed when the source address of its adverts disappeared. If Corosync uses that address the node then leaves the cluster, and its addresses go to another; if not, nothing happens.',
    'Let Corosync use the address: `addresses` of the node in the companion file kp2pcm.yaml. Or track a vrrp_script that fails without it, such as `ping -q -c 1 -w 1 -I 192.0.2.7 192.0.2.7`, and translate again.',
  ),
  unicast_fault_no_peer: notNeeded(
    'It guarded against a missing list of peers. The cluster has a list of its nodes.',
  ),
  ...sharing(
    advertCheck,
    'check_unicast_src unicast_ttl old_unicast_checksum v3_checksum_as_v2 skip_check_adv_addr',
  ),
  kernel_rx_buf_size: notNeeded('It sized the socket for adverts. There are no adverts any more.'),
  authentication: { own: authentication, inside: {} },
  auth_hmac: { own: authentication, inside: {} },
};

const addresses: DispositionTable = {
  virtual_ipaddress: equivalent(
    'The master held these addresses. Each becomes an IPaddr2 resource in the group.',
  ),
  virtual_ipaddress_excluded: equivalent(
    'The master held these addresses without listing them in adverts. Each becomes an IPaddr2 resource in the group, like the others.',
  ),
  no_virtual_ipaddress: notNeeded(
    'It said that the instance has no addresses on purpose. The cluster does not ask.',
  ),
  virtual_routes: equivalent(
    'The master had these routes. Each becomes a resource in the group, after the addresses: an ocf:heartbeat:Route where that agent can express it, else one of the shipped agent, which knows all options.',
  ),
  virtual_rules: equivalent(
    'The master had these policy rules. Each becomes a resource of the shipped agent in the group, after the addresses and the routes.',
  ),
  promote_secondaries: manual(
    'Keepalived set this sysctl on the interface. Without it the kernel removes all other addresses of a subnet when the first one goes.',
    'On every node, with the interface of the instance: `echo net/ipv4/conf/eth0/promote_secondaries=1 > /etc/sysctl.d/60-addresses.conf`, then `sysctl --system`.',
  ),
  accept: notNeeded('It let the host answer on the addresses, as every address of the cluster does.'),
  no_accept: manual(
    'Keepalived dropped packets to the addresses by firewall rules, so that the host forwarded for them but did not answer on them. After the migration the host answers.',
    'If it must not, add a rule for each address to the firewall of every node, in the chain that has the rules for packets to the host, for example `nft add rule inet filter input ip daddr 192.0.2.10 drop` (`ip6 daddr` for IPv6), and make it permanent.',
  ),
  garp_master_delay: secondBurst,
  garp_master_repeat: burstLength,
  garp_master_refresh: periodicRefresh,
  garp_master_refresh_repeat: periodicRefresh,
  garp_lower_prio_delay: lowerPriorityBurst,
  garp_lower_prio_repeat: lowerPriorityBurst,
  garp_extra_if: virtualMacRefresh,
  vmac_garp_intvl: virtualMacRefresh,
  lvs_sync_daemon_interface: connectionSync,
};

/** vrrp_instance { } */
export const instanceDispositions: DispositionTable = {
  ...election,
  ...transport,
  ...addresses,
  ...stateScripts,
  notify_deleted: notNeeded(
    'It reported an instance that a reload removed. In the cluster the group is removed with pcs, which stops it like any other.',
  ),
  notify_master_rx_lower_pri: notNeeded(
    'Keepalived ran this command when a second master of lower priority showed up. In the cluster a group is active on one node, and there are no adverts to hear.',
  ),
  smtp_alert: mailOnChange,
  notify_priority_changes: stateLines,
};
