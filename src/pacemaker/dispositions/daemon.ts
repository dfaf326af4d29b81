import { approximate, type DispositionTable, equivalent, manual, notNeeded, sharing } from './disposition.ts';
import { checkerSetting } from './lvs.ts';

const processTitle = notNeeded(
  'It named a Keepalived process in process listings. The cluster runs corosync and pacemakerd under their own names.',
);

const scheduling = notNeeded(
  'It kept Keepalived on time on a busy host. Corosync locks itself in memory and asks for real-time scheduling of its own accord.',
);

const receiveBuffer = notNeeded(
  'It sized a socket through which Keepalived hears of network changes or adverts. The cluster does not use these sockets.',
);

const dumpFile = notNeeded(
  'It shaped a file into which Keepalived writes its state on a signal. The state of the cluster is in `pcs status --full` and `crm_mon --output-as=xml`, which programs that read the file must ask instead.',
);

const savedConfiguration = notNeeded(
  'It concerned copies that Keepalived makes of its configuration. The configuration of the cluster is the CIB, which Pacemaker keeps with its history in /var/lib/pacemaker/cib.',
);

const reload = notNeeded(
  'It controlled reloads of keepalived.conf. The cluster is changed with pcs, which checks each change and applies it at once.',
);

/** global_defs { }: how the daemon and its children run, and their files. */
export const globalDaemonDispositions: DispositionTable = {
  ...sharing(processTitle, 'process_names process_name vrrp_process_name bfd_process_name'),
  ...sharing(
    scheduling,
    `max_auto_priority min_auto_priority_delay vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity
    vrrp_rlimit_rttime vrrp_rlimit_rtime bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity
    bfd_rlimit_rttime bfd_rlimit_rtime`,
  ),
  ...sharing(
    receiveBuffer,
    `vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs
    vrrp_netlink_monitor_rcv_bufs_force process_monitor_rcv_bufs process_monitor_rcv_bufs_force
    vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier`,
  ),
  ...sharing(dumpFile, 'data_use_instance json_version state_dump_file stats_dump_file json_dump_file'),
  ...sharing(savedConfiguration, 'config_save_dir tmp_config_directory'),
  ...sharing(reload, 'reload_check_config reload_time_file reload_repeat reload_file'),
  ...sharing(
    checkerSetting,
    `checker_process_name lvs_process_name checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity
    checker_rlimit_rttime checker_rlimit_rtime lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
    lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force smtp_alert_checker no_checker_emails
    checker_log_all_failures rs_init_notifies lvs_notify_fifo lvs_notify_fifo_script enable_snmp_checker
    snmp_vs_stats_update_interval snmp_rs_stats_update_interval lvs_timeouts lvs_flush lvs_flush_on_stop
    lvs_flush_onstop nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark`,
  ),
  umask: notNeeded(
    'It set the permissions of files that Keepalived creates. It creates none after the migration.',
  ),
  random_seed: notNeeded(
    'It made the random numbers of ${_RANDOM} repeatable. The translation has read the configuration already.',
  ),
  include_check: notNeeded(
    'It decided which problems of included files are errors. The translation has read the files already.',
  ),
  iproute_usr_dir: notNeeded(
    'It told where names of routing tables are defined. The ip command knows that itself.',
  ),
  iproute_etc_dir: notNeeded(
    'It told where names of routing tables are defined. The ip command knows that itself.',
  ),
  script_user: equivalent(
    'It named the user that runs scripts. The shipped agents run them as the same user.',
  ),
  enable_script_security: approximate(
    'Keepalived refused to run a script as root that somebody else can write. The shipped agents do not look.',
    'Keep the scripts and all folders above them writable by root alone, on every node: `namei -l /usr/local/bin/check` shows owner and mode of each.',
  ),
  use_symlink_paths: equivalent(
    'It let scripts run by the path as written, even through symbolic links. The shipped agents always do so.',
  ),
  set_supplementary_groups: manual(
    'It gave scripts all groups of their user. The shipped agents give a script its user and that one group, so a file that only a further group may read is closed to it.',
    'Where a script needs a further group, name that group after the user, or let the script run as root and call the command with `runuser -u monitor -- /usr/local/bin/check`.',
  ),
};

/** Also said of an instance. */
export const lookForTraffic =
  'Nothing needs doing where `ip link show dev eth0` says NO-CARRIER once the cable is out. Where it does not: `pcs resource update link-eth0 link_status_only=false` lets the resource look for traffic and ask neighbours by ARP too.';

/** Keywords outside any block. */
export const daemonDispositions: DispositionTable = {
  net_namespace: manual(
    'Keepalived ran inside this network namespace. Corosync, Pacemaker and its agents run outside, where IPaddr2 does not find the interface: the address starts nowhere.',
    'Run the whole cluster inside, with NetworkNamespacePath=/run/netns/blue in drop-ins of the units corosync, pacemaker and pcsd on every node; then agents, links and routes find the interfaces there. Or move interfaces and addresses out of the namespace before the migration.',
  ),
  net_namespace_ipvs: checkerSetting,
  namespace_with_ipsets: notNeeded(
    'It allowed ipsets together with a network namespace on old kernels. The cluster makes no ipsets.',
  ),
  use_pid_dir: notNeeded(
    'It put pid files into a folder of their own. systemd keeps track of the cluster daemons.',
  ),
  instance: notNeeded(
    'It told several Keepalived daemons on one host apart by name. One cluster serves the host; the addresses of the other daemons need a translation of their own files.',
  ),
  child_wait_time: notNeeded(
    'It limited how long Keepalived waits for its processes when it stops. In the cluster each resource has its own stop timeout.',
  ),
  linkbeat_use_polling: approximate(
    'Keepalived asked the network card for its link state, for drivers that do not report it. The ethmonitor resource asks the kernel every few seconds.',
    lookForTraffic,
  ),
  linkbeat_interfaces: approximate(
    'Keepalived asked these network cards for their link state, for drivers that do not report it. The ethmonitor resource asks the kernel every few seconds.',
    lookForTraffic,
  ),
  interface_up_down_delays: approximate(
    'A link had to be down or up for this long before it counted. The ethmonitor resource looks every few seconds and looks again before it believes; there is no separate delay for coming up.',
    'For a longer delay of going down: `pcs resource update link-eth0 repeat_count=5`, which looks so often, a second apart, before a link counts as down. After coming up, preempt_delay of the instance keeps a node waiting that was without link: set it and translate again.',
  ),
};
