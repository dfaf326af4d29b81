import { approximate, type DispositionTable, equivalent, manual, notNeeded } from './disposition.ts';

const stateScript = (when: string) =>
  manual(
    `Keepalived ran this command ${when}. The agent ocf:kp2pcm:notify runs it for the group that the instance becomes, also for one without addresses.`,
    'What must happen on one node at a time (a service, a mount, a route) becomes a resource: systemd:NAME, or an agent. What only informs people becomes an alert agent, which runs on every node as hacluster: `pcs alert create path=/usr/local/sbin/state-alert id=state`.',
  );

/** notify_* of an instance or a group. */
export const stateScripts: DispositionTable = {
  notify_master: stateScript('on becoming master'),
  notify_backup: stateScript('on becoming backup'),
  notify_fault: stateScript('on entering FAULT'),
  notify_stop: stateScript('when the daemon stopped'),
  notify: stateScript('on every change of state, with the state as an argument'),
};

/** Of the changes of state that are no start or stop of the group. */
export const mailOfOtherStates =
  'Nothing needs doing unless these mails are missed. Then let notify_backup and notify_fault of the instance run a command that sends them, and translate again: the agent ocf:kp2pcm:notify runs it on every node that becomes BACKUP or FAULT.';

/** smtp_alert of an instance or a group. */
export const mailOnChange = approximate(
  'Keepalived sent mail at changes of state. An alert sends it where a group starts or stops.',
  mailOfOtherStates,
);

const mailSetting = equivalent(
  'It shaped the mail about changes of state. The alert that sends the mail has it.',
);

/** Lines in a FIFO. */
export const stateLines = equivalent(
  'Keepalived wrote a line into a FIFO at every change of state. Agents make the FIFO, start what reads it, and write the lines.',
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

const atStart = equivalent(
  'Keepalived ran this command before it started anything else. A drop-in of pacemaker’s unit does.',
);

const atStop = equivalent(
  'Keepalived ran this command after everything else had stopped. A drop-in of pacemaker’s unit does.',
);

/** global_defs { }: who is told, and how. */
export const globalNotificationDispositions: DispositionTable = {
  router_id: notNeeded(
    'It named this host in mail and SNMP and had no effect on addresses. The alert that sends mail has it.',
  ),
  notification_email: mailSetting,
  notification_email_from: mailSetting,
  smtp_alert: mailOnChange,
  smtp_alert_vrrp: mailOnChange,
  smtp_server: mailSetting,
  smtp_helo_name: mailSetting,
  smtp_connect_timeout: notNeeded(
    'It limited how long Keepalived tried to reach the mail server. Pacemaker ends an alert after 30 seconds.',
  ),
  no_email_faults: mailSetting,
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
