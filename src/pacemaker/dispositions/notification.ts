import { type DispositionTable, manual, notNeeded } from './disposition.ts';

const stateScript = (when: string) =>
  manual(
    `Keepalived ran this command ${when}. Pacemaker runs no command of its own at a move of addresses, so the work is not done until a resource or an alert does it.`,
    'What must happen on the node itself (a service, a mount, a route) belongs into the group after the addresses, as a resource or as an OCF agent of your own with on-fail=ignore: its start takes the place of notify_master, its stop that of notify_backup. What only informs people belongs into an alert agent, which runs on every node as hacluster: `pcs alert create path=/usr/local/sbin/state-alert id=state`.',
  );

/** notify_* of an instance or a group. */
export const stateScripts: DispositionTable = {
  notify_master: stateScript('on becoming master'),
  notify_backup: stateScript('on becoming backup'),
  notify_fault: stateScript('on entering FAULT'),
  notify_stop: stateScript('when the daemon stopped'),
  notify: stateScript('on every change of state, with the state as an argument'),
};

/** smtp_alert of an instance or a group, and the settings of mail. */
export const mailOnChange = manual(
  'Keepalived sent mail at changes of state. Nobody sends it after the migration, until an alert does.',
  'On every node, which needs a working sendmail command: `install -m 755 /usr/share/pacemaker/alerts/alert_smtp.sh.sample /var/lib/pacemaker/alert_smtp.sh`. Then once: `pcs alert create path=/var/lib/pacemaker/alert_smtp.sh id=mail options email_sender=cluster@example.com`, `pcs alert recipient add mail value=admin@example.com`.',
);

/** Lines in a FIFO. */
export const stateLines = manual(
  'Keepalived wrote a line into a FIFO at every change of state. Nobody writes it after the migration, and whatever reads it hears nothing more.',
  'Write an alert agent that turns the events of the cluster into the lines your reader knows, install it on every node and register it: `pcs alert create path=/usr/local/sbin/fifo-alert id=fifo`. It runs as hacluster and finds the event in CRM_alert_ variables.',
);

/** Queries by SNMP. */
const snmpQueries = manual(
  'Keepalived answered SNMP queries about its instances. Pacemaker has no SNMP agent for them, so the queries get no answer.',
  'Point the monitoring at `crm_mon --output-as=xml` on a node, or at a check that is built on it.',
);

const snmpTraps = manual(
  'Keepalived sent an SNMP trap at changes of state. Nobody sends it after the migration, until an alert does.',
  'On every node, which needs snmptrap: `install -m 755 /usr/share/pacemaker/alerts/alert_snmp.sh.sample /var/lib/pacemaker/alert_snmp.sh`. Then once: `pcs alert create path=/var/lib/pacemaker/alert_snmp.sh id=snmp`, `pcs alert recipient add snmp value=192.0.2.5`.',
);

const dbus = manual(
  'Keepalived offered its state on D-Bus. Pacemaker has no such interface, so programs that listen there hear nothing more.',
  'Let those programs read `crm_mon --output-as=xml`, or register an alert agent that tells them: `pcs alert create path=/usr/local/sbin/state-alert id=state`.',
);

const dbusName = notNeeded(
  'It named Keepalived on D-Bus, where it is no longer to be found; see enable_dbus.',
);

const atStart = manual(
  'Keepalived ran this command before it started anything else. Pacemaker runs no command of its own at its start, so the work is not done.',
  'Give the command to systemd on every node: `systemctl edit pacemaker`, with the lines [Service] and ExecStartPre= followed by the command; for a longer timeout also TimeoutStartSec=.',
);

const atStop = manual(
  'Keepalived ran this command after everything else had stopped. Pacemaker runs no command of its own at its stop, so the work is not done.',
  'Give the command to systemd on every node: `systemctl edit pacemaker`, with the lines [Service] and ExecStopPost= followed by the command; for a longer timeout also TimeoutStopSec=.',
);

/** global_defs { }: who is told, and how. */
export const globalNotificationDispositions: DispositionTable = {
  router_id: notNeeded(
    'It named this host in mail and SNMP and had no effect on addresses. The cluster and its alerts use node names.',
  ),
  notification_email: mailOnChange,
  notification_email_from: mailOnChange,
  smtp_alert: mailOnChange,
  smtp_alert_vrrp: mailOnChange,
  smtp_server: manual(
    'Keepalived spoke to this mail server itself. Alerts hand their mail to the sendmail command of the node, which does not know the server.',
    'Make the mail system of every node relay to this server (relayhost in Postfix, smarthost in Exim); see smtp_alert for the alert itself. Otherwise mail of the cluster stays on the node.',
  ),
  smtp_helo_name: notNeeded(
    'It named this host to the mail server. The mail system of the node decides that now.',
  ),
  smtp_connect_timeout: notNeeded(
    'It limited how long Keepalived tried to reach the mail server. The mail system of the node queues and tries again.',
  ),
  no_email_faults: notNeeded(
    'It kept mail about FAULT back. The cluster knows no FAULT state; an alert agent filters by CRM_alert_task and CRM_alert_rc.',
  ),
  notify_fifo: stateLines,
  notify_fifo_script: stateLines,
  vrrp_notify_fifo: stateLines,
  vrrp_notify_fifo_script: stateLines,
  vrrp_notify_priority_changes: stateLines,
  fifo_write_vrrp_states_on_reload: notNeeded(
    'It repeated all states in the FIFO after a reload. The cluster is not reloaded: changes take effect when pcs makes them.',
  ),
  startup_script: atStart,
  startup_script_timeout: atStart,
  shutdown_script: atStop,
  shutdown_script_timeout: atStop,
  snmp_socket: notNeeded(
    'It told Keepalived where the SNMP daemon listens; Keepalived no longer speaks to it.',
  ),
  enable_traps: snmpTraps,
  enable_snmp_vrrp: snmpQueries,
  enable_snmp_keepalived: snmpQueries,
  enable_snmp_rfc: snmpQueries,
  enable_snmp_rfcv2: snmpQueries,
  enable_snmp_rfcv3: snmpQueries,
  enable_dbus: dbus,
  dbus_service_name: dbusName,
  dbus_no_interface_name: dbusName,
};
