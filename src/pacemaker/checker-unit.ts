/** The unit in which Keepalived goes on as a health checker. */
export const checkerUnit = 'keepalived-checker.service';
export const checkerUnitPath = `/etc/systemd/system/${checkerUnit}`;
export const checkerFilePath = '/etc/keepalived/keepalived-checker.conf';

/**
 * A unit of its own, not a drop-in for that of the package: before the cutover it does nothing, whatever restarts
 * Keepalived in the meantime; after it the package's unit stays stopped and disabled; and the start of either one stops
 * the other. Type=simple fits every release: units of the packages fork or notify, with the release's build.
 */
export const checkerUnitText = `[Unit]
Description=Keepalived as health checker: it balances services, and Pacemaker holds the addresses
Documentation=man:keepalived(8)
After=network-online.target keepalived.service
Wants=network-online.target
Conflicts=keepalived.service
ConditionFileNotEmpty=${checkerFilePath}

[Service]
ExecStart=/usr/sbin/keepalived --dont-fork --check --use-file=${checkerFilePath}
ExecReload=/bin/kill -HUP $MAINPID
Restart=on-failure
RestartSec=5

[Install]
WantedBy=multi-user.target
`;
