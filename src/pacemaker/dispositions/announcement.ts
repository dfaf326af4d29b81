import { approximate, manual, notNeeded } from './disposition.ts';

// Gratuitous ARP: global_defs, vrrp_instance and garp_group say the same things of it.

export const secondBurst = approximate(
  'Keepalived announced its addresses a second time this many seconds after becoming master. IPaddr2 announces an address when it starts, with 10 ARP packets within a second, and does not repeat that.',
);

export const burstLength = approximate(
  'This many gratuitous ARPs announced each address to the neighbours. IPaddr2 sends 5 requests and 5 answers, whatever Keepalived was told; its arp_count changes that.',
);

export const periodicRefresh = manual(
  'Keepalived announced its addresses again and again while it was master, for neighbours that forget or mislearn them. IPaddr2 announces an address only when it starts.',
  'If a neighbour depends on the refresh, run `pcs resource update vip-192.0.2.10 arp_count_refresh=1` for each IPv4 address resource: each monitor then sends one gratuitous ARP. Without it a neighbour with a wrong entry keeps it until the entry expires.',
);

export const lowerPriorityBurst = notNeeded(
  'Keepalived announced its addresses again when a node of lower priority claimed them too. In the cluster no other node claims an address that is assigned, so there is nobody to correct.',
);

export const announcementGap = approximate(
  'It spread announcements over time, for switches that drop bursts. IPaddr2 leaves 200 ms between those of one address (arp_interval), and has no limit over several addresses.',
);

export const virtualMacRefresh = notNeeded(
  'Keepalived announced addresses from its virtual MAC interfaces now and then, so that switches remember the virtual MAC. There is no virtual MAC after the migration, unless --vmac macvlan keeps it.',
);
