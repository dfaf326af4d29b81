import { type DispositionTable, manual } from './disposition.ts';

const keepChecker =
  'Keep Keepalived as the checker on every node: reduce its file to global_defs and the LVS blocks with what their checks use, start it with --check (DAEMON_ARGS in /etc/default/keepalived, KEEPALIVED_OPTIONS in /etc/sysconfig/keepalived), and start and enable it again as soon as the cluster holds the addresses: the service pauses from the stop of Keepalived until then. The alternative inside the cluster is `ocf:heartbeat:ldirectord` with a translated ldirectord.cf.';

/** A service of IPVS. Its address becomes a cluster resource with its instance; the balancing stays where it is. */
export const balancedService = manual(
  "It tells IPVS, the kernel's load balancer, how to distribute a service, and which servers to check. Pacemaker does neither: if nobody keeps the checker running, the service is refused as soon as Keepalived stops.",
  keepChecker,
);

/** A setting of the checker outside a virtual_server. */
export const checkerSetting = manual(
  'It is a setting of the LVS checker, which Pacemaker does not replace. Without it the checker would fall back to its default.',
  'Where the file has virtual_server blocks, keep this line in the reduced file that Keepalived runs with --check. Without such blocks it has no effect and can go.',
);

/** IPVS tells its connections to the node that takes over. */
export const connectionSync = manual(
  "Keepalived switched the kernel's IPVS connection synchronisation between sender and receiver as the instance changed state. Pacemaker does not: without it open connections through IPVS break at a failover.",
  'Run sender and receiver on every node, which the kernel allows at the same time, from a systemd unit after network-online.target: `ipvsadm --start-daemon master --mcast-interface eth0 --syncid 1` and `ipvsadm --start-daemon backup --mcast-interface eth0 --syncid 1`, with the interface and the number of this line.',
);

const runsWithChecker = (what: string) =>
  manual(
    `${what} This stays as it is while Keepalived runs as checker, and ends with it.`,
    `${keepChecker} Test the command once after the cutover: it still runs on every node, whether or not the node holds the address.`,
  );

const checkerMail = manual(
  'Keepalived sends mail when the service or the server changes state. The checker goes on sending it, as long as it finds the mail settings.',
  `${keepChecker} Leave smtp_server, notification_email and notification_email_from in the reduced file.`,
);

const trackedFileCheck = manual(
  'The server is up or down, or weighted, by an integer in a file. Only the checker reads that file after the migration.',
  `${keepChecker} The track_file block that this check names must stay in the reduced file too.`,
);

const bfdCheck = manual(
  'The server is up while a BFD session to it is up. The session belongs to Keepalived and ends with it.',
  `${keepChecker} The bfd_instance block that this check names must stay in the reduced file too, and Keepalived must not be started with --no_bfd.`,
);

const realServer: DispositionTable = {
  notify_up: runsWithChecker('Keepalived runs this command when the server becomes healthy.'),
  notify_down: runsWithChecker('Keepalived runs this command when the server fails.'),
  smtp_alert: checkerMail,
  FILE_CHECK: trackedFileCheck,
  BFD_CHECK: bfdCheck,
};

/** virtual_server { }: everything in it that is not named here goes the way of the block. */
export const virtualServerDispositions: DispositionTable = {
  ha_suspend: manual(
    'Checks rest while the service address is not on this host. The checker sees the address come and go just as well when Pacemaker moves it.',
    keepChecker,
  ),
  quorum_up: runsWithChecker('Keepalived runs this command when enough servers are healthy.'),
  quorum_down: runsWithChecker('Keepalived runs this command when too few servers are healthy.'),
  smtp_alert: checkerMail,
  real_server: { own: balancedService, inside: realServer },
};
