import { type DispositionTable, manual } from './disposition.ts';

const whilePresent = (what: string) =>
  `Keepalived kept ${what} on every node while it ran, and removes them when it stops: at the cutover they vanish.`;

const staticAddresses = manual(
  whilePresent('these addresses'),
  "Put them into the host's own network configuration before the cutover (NetworkManager, netplan, systemd-networkd or /etc/network/interfaces), and add them again with `ip address add 192.0.2.7/24 dev eth0` once Keepalived has stopped.",
);

const staticRoutes = manual(
  whilePresent('these routes'),
  "Put them into the host's own network configuration before the cutover (NetworkManager, netplan, systemd-networkd or /etc/network/interfaces), and add them again with `ip route add 198.51.100.0/24 via 192.0.2.1` once Keepalived has stopped.",
);

const staticRules = manual(
  whilePresent('these policy rules'),
  "Put them into the host's own network configuration before the cutover (NetworkManager, netplan, systemd-networkd or /etc/network/interfaces), and add them again with `ip rule add from 192.0.2.7 lookup 100` once Keepalived has stopped.",
);

const trackGroup = manual(
  'It named instances that fail when a static address, route or rule cannot be kept. Pacemaker does not watch what is outside its resources.',
  "Put the static entries into the host's own network configuration. What the service cannot do without belongs into the cluster: a route, for example, as `pcs resource create uplink-route ocf:heartbeat:Route destination=198.51.100.0/24 gateway=192.0.2.1 --group VI_1`.",
);

/** Entries that exist while the daemon runs, at the top level. */
export const staticEntryDispositions: DispositionTable = {
  static_ipaddress: staticAddresses,
  static_routes: staticRoutes,
  static_rules: staticRules,
  track_group: trackGroup,
};
