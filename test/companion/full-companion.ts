/** A companion file with every key that there is. */
export const fullCompanion = {
  cluster: { name: 'web', token: '1500ms', quorum: 'stop' },
  nodes: {
    lb1: { addresses: ['10.0.0.1', 'fd00::1'] },
    lb2: { addresses: ['10.0.0.2', 'fd00::2'] },
  },
  fencing: {
    devices: {
      'ipmi-lb1': {
        kind: 'ipmi',
        nodes: 'lb1',
        parameters: { ip: '10.9.0.1', lanplus: true, cipher: 17, password: { file: '/root/ipmi-lb1' } },
        delay: '5s',
        monitor: 120,
      },
      'pdu-a': { agent: 'fence_apc_snmp', nodes: { lb1: 3, lb2: 'outlet-4' } },
      'pdu-b': {
        agent: 'fence_apc_snmp',
        nodes: ['lb1', 'lb2'],
        parameters: { snmp_priv_passwd: { environment: 'PDU' } },
      },
    },
    levels: { lb1: ['ipmi-lb1', ['pdu-a', 'pdu-b']], lb2: [['pdu-a', 'pdu-b']] },
  },
  services: {
    web: {
      follows: 'VI_1',
      nginx: {
        configuration: '/etc/nginx/lb.conf',
        status: 'http://127.0.0.1/s',
        program: '/usr/sbin/nginx',
      },
      parameters: { status10regex: 'Reading: [0-9]+' },
      meta: { 'migration-threshold': 2 },
      start: 'after',
    },
    data: {
      follows: 'VI_1',
      filesystem: { device: '/dev/vg/data', directory: '/data', type: 'ext4', options: 'noatime' },
    },
    files: {
      follows: 'FILES',
      nfs: {
        filesystem: { device: '/dev/vg/nfs', directory: '/srv/nfs', type: 'xfs' },
        state: '/srv/nfs/state',
        exports: [{ directory: '/srv/nfs/a', clients: '10.0.0.0/24', options: 'rw', fsid: 7 }],
      },
    },
    httpd: {
      agent: 'systemd:httpd',
      clone: true,
      operations: { monitor: { interval: '30s', timeout: '20s' } },
    },
    haproxy: {
      agent: 'systemd:haproxy',
      clone: true,
      after: ['VI_1', 'httpd'],
      'needed-by': { VI_1: 'INFINITY', VI_2: 60 },
      operations: {
        monitor: [{ interval: '15s' }, { interval: '60s', 'check-level': 10, 'on-fail': 'restart' }],
        start: { timeout: '60s', 'on-fail': 'stop' },
        stop: { timeout: '60s' },
      },
    },
  },
};
