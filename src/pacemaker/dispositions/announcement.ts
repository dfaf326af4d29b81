import { approximate, equivalent, notNeeded } from './disposition.ts';

// Gratuitous ARP: global_defs, vrrp_instance and garp_group say the same things of it.

export const secondBurst = approximate(
  'Keepalived announced its addresses a second time this many seconds after becoming master. IPaddr2 announces an address when it starts, with 10 ARP packets within a second, and does not repeat that.',
  'Nothing needs doing where neighbours learn from the first announcement. Where one misses it: `pcs resource update vip-192.0.2.10 arp_count_refresh=1`, for each IPv4 address by its id, announces it again at each monitor, every 10 s.',
);

export const burstLength = equivalent(
  'This many gratuitous ARPs announced each address to the neighbours. IPaddr2 sends as many when it starts (arp_count).',
);

/** @param address id of an address, for the example */
export const refreshWayOut = (address: string) =>
  `Nothing needs doing unless that is too often or too seldom: the interval is that of the monitor, for example \`pcs resource update ${address} op monitor interval=60s timeout=20s\`. The monitor then also looks that seldom whether the address is still there. Neighbours of an IPv6 address check by themselves whether what they know still holds (RFC 4861).`;

export const periodicRefresh = approximate(
  'Keepalived announced its addresses again and again while it was master, for neighbours that forget or mislearn them. IPaddr2 does so at each of its monitors, every 10 s, for IPv4 (arp_count_refresh).',
  refreshWayOut('vip-192.0.2.10'),
);

export const lowerPriorityBurst = notNeeded(
  'Keepalived announced its addresses again when a node of lower priority claimed them too. In the cluster no other node claims an address that is assigned, so there is nobody to correct.',
);

export const announcementGap = approximate(
  'It spread announcements over time, for switches that drop bursts. IPaddr2 leaves 200 ms between those of one address (arp_interval), and has no limit over several addresses.',
  'Nothing needs doing unless a switch drops announcements. Then `pcs resource update vip-192.0.2.10 arp_bg=false`, for each IPv4 address of IPaddr2 by its id: the next address of the group then starts only when this one has been announced, and a takeover takes longer by that.',
);

export const virtualMacRefresh = notNeeded(
  'Keepalived announced addresses from its virtual MAC interfaces now and then, so that switches remember the virtual MAC. There is no virtual MAC after the migration, unless --vmac macvlan keeps it.',
);
