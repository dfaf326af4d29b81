/**
 * What of global_defs the process of the checkers, or the parent process for it, takes notice of (read in the source of
 * 2.2.7; that nothing is missing is seen in the daemon's own dump). All else in there is for VRRP alone, but for
 * startup_script and shutdown_script: they belong to whatever holds the addresses, and must not run twice.
 */
export const checkerGlobals: ReadonlySet<string> = new Set(
  `
  router_id notification_email notification_email_from smtp_server smtp_helo_name smtp_connect_timeout
  smtp_alert smtp_alert_checker no_checker_emails checker_log_all_failures rs_init_notifies
  notify_fifo notify_fifo_script lvs_notify_fifo lvs_notify_fifo_script
  script_user enable_script_security use_symlink_paths set_supplementary_groups
  snmp_socket enable_traps enable_snmp_checker snmp_vs_stats_update_interval snmp_rs_stats_update_interval
  lvs_timeouts lvs_flush lvs_flush_on_stop lvs_flush_onstop
  nftables_ipvs nftables_ipvs_priority nftables_ipvs_start_fwmark nftables_counters
  process_names process_name checker_process_name lvs_process_name bfd_process_name
  max_auto_priority min_auto_priority_delay
  checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity checker_rlimit_rttime checker_rlimit_rtime
  bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime bfd_rlimit_rtime
  lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force
  lvs_netlink_monitor_rcv_bufs lvs_netlink_monitor_rcv_bufs_force
  umask random_seed reload_check_config reload_time_file reload_repeat reload_file
  config_save_dir tmp_config_directory data_use_instance json_version state_dump_file stats_dump_file json_dump_file
  `
    .trim()
    .split(/\s+/),
);

/** Keywords outside any block that say where and how the daemon runs. */
export const checkerSurroundings: ReadonlySet<string> = new Set([
  'net_namespace',
  'net_namespace_ipvs',
  'use_pid_dir',
  'instance',
  'child_wait_time',
]);
