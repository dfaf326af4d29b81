import { describe, expect, it } from 'vitest';
import { showVirtualServers } from '../../src/emit/config-virtual-servers.ts';
import { understandText } from '../keepalived/understand-text.ts';

const text = `
virtual_server_group WEB {
192.0.2.10-12 80
fwmark 3 inet
}
virtual_server group WEB {
protocol TCP
lb_algo sh
sh-port
lb_kind TUN type gue port 6080
quorum_up "/bin/up now" worker
sorry_server 192.0.2.9 80
real_server 192.0.2.2 80 {
weight 3
TCP_CHECK {
connect_port 81
bindto 192.0.2.4
}
MISC_CHECK {
misc_path /bin/check
user worker
}
HTTP_GET {
url {
path /
}
}
}
}
virtual_server fwmark 5 {
lb_algo rr
lb_kind NAT
real_server 192.0.2.3 {
}
}
`;

describe('the virtual servers of --emit config', () => {
  const shown = showVirtualServers(understandText(text).value.virtualServers);

  it('are plain values: JSON holds all of them', () => {
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(JSON.stringify(shown)).not.toMatch(/"directive"|"span"|"from"/);
  });

  it('name service, method, scripts and servers in flat words, with units', () => {
    expect(shown[0]).toMatchObject({
      group: {
        name: 'WEB',
        addresses: [{ address: '192.0.2.10', lastAddress: '192.0.2.12', port: 80 }],
        fwmarks: [{ fwmark: 3, family: 'ipv4' }],
      },
      protocol: 'TCP',
      scheduler: 'sh',
      schedulerFlags: ['flag-2'],
      method: 'TUN',
      tunnel: { type: 'gue', port: 6080, checksum: 'nocsum' },
      delayLoopMs: 60_000,
      quorumUp: { argv: ['/bin/up', 'now'], user: 'worker' },
      sorryServer: { address: '192.0.2.9', port: 80, method: 'TUN' },
      realServers: [{ address: '192.0.2.2', port: 80, weight: 3, method: 'TUN' }],
    });
    expect(shown[1]).toMatchObject({ fwmark: 5, method: 'NAT', realServers: [{ port: 0 }] });
    expect(shown[1]).not.toHaveProperty('protocol');
  });

  it('hold each checker as one flat object of its kind', () => {
    expect(shown[0]?.realServers[0]?.checkers).toMatchObject([
      { kind: 'TCP_CHECK', address: '192.0.2.2', port: 81, bindAddress: '192.0.2.4', retry: 1 },
      { kind: 'MISC_CHECK', argv: ['/bin/check'], user: 'worker', timeoutMs: 0 },
      {
        kind: 'HTTP_GET',
        delayBeforeRetryMs: 3000,
        urls: [{ path: '/', statusCodes: [{ first: 200, last: 299 }] }],
      },
    ]);
  });
});
