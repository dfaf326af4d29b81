import { describe, expect, it } from 'vitest';
import { virtualServerOf } from '../../src/emit/config-virtual-servers.ts';
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
persistence_timeout 90
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
virtual_server 2001:DB8:0::0:90 443 {
lb_algo rr
lb_kind DR
real_server 2001:0db8::0002 443 {
}
}
`;

describe('the virtual servers of --emit config', () => {
  const shown = understandText(text).value.virtualServers.map(virtualServerOf);

  it('are plain values: JSON holds all of them', () => {
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(JSON.stringify(shown)).not.toMatch(/"directive"|"span"|"from"/);
  });

  it('name service, method, scripts and servers in flat words, with units and null for none', () => {
    expect(shown[0]).toMatchObject({
      address: null,
      port: null,
      fwmark: null,
      group: {
        name: 'WEB',
        addresses: [{ first: '192.0.2.10', last: '192.0.2.12', port: 80 }],
        fwmarks: [{ fwmark: 3, family: 'ipv4' }],
      },
      protocol: 'TCP',
      scheduler: 'sh',
      schedulerFlags: ['flag-2'],
      method: 'TUN',
      tunnel: { type: 'gue', port: 6080, checksum: 'nocsum' },
      persistenceTimeoutMs: 90_000,
      checkDefaults: { delayLoopMs: 60_000, retry: null },
      quorumUp: { argv: ['/bin/up', 'now'], user: 'worker', group: null },
      quorumDown: null,
      sorryServer: { address: '192.0.2.9', port: 80, method: 'TUN' },
      realServers: [{ address: '192.0.2.2', port: 80, weight: 3, method: 'TUN', notifyUp: null }],
    });
    expect(shown[1]).toMatchObject({
      fwmark: 5,
      group: null,
      protocol: null,
      method: 'NAT',
      tunnel: null,
      realServers: [{ port: 0 }],
    });
  });

  it('have their addresses in one form, whatever the notation', () => {
    expect(shown[2]).toMatchObject({ address: '2001:db8::90', realServers: [{ address: '2001:db8::2' }] });
  });

  it('hold each checker as an object of its kind', () => {
    expect(shown[0]?.realServers[0]?.checkers).toMatchObject([
      {
        kind: 'TCP_CHECK',
        connection: { address: '192.0.2.2', port: 81, bindAddress: '192.0.2.4', bindInterface: null },
        repetition: { retry: 1 },
      },
      { kind: 'MISC_CHECK', argv: ['/bin/check'], user: 'worker', group: null, timeoutMs: 0 },
      {
        kind: 'HTTP_GET',
        repetition: { delayBeforeRetryMs: 3000 },
        urls: [{ path: '/', digest: null, statusCodes: [{ first: 200, last: 299 }], regex: null }],
      },
    ]);
  });
});
