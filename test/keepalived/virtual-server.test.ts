import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

const realServer = 'real_server 192.0.2.2 80 {\n}';
const needed = `protocol TCP\nlb_algo rr\nlb_kind NAT`;

/** A virtual server of these lines, with what it cannot do without, and what was said of it. */
function read(lines: string, head = '192.0.2.1 80', before = '') {
  const text = `${before}\nvirtual_server ${head} {\n${needed}\n${lines}\n${realServer}\n}`;
  const { value, diagnostics } = understandText(text);
  const [server] = value.virtualServers;
  if (!server) throw new Error('no virtual server');
  return {
    server,
    said: diagnostics.map(({ code, summary }) => `${code} ${summary}`),
    ignored: [...value.ignored.keys()].map(({ path }) => path.replace(/^.*?\//, '')),
  };
}

describe('a virtual server', () => {
  it('keeps the name of its persistence engine, cut to what the kernel takes', () => {
    expect(read('persistence_engine sip').server.persistenceEngine).toBe('sip');
    const long = read('persistence_engine sixteen-letters-1');
    expect(long.server.persistenceEngine).toBe('sixteen-letters');
    expect(long.said).toEqual(['KP107 persistence_engine sixteen-letters-1: longer than 15 characters']);
  });

  it('says where the daemon fills in what is missing, UDP above all', () => {
    const { diagnostics } = understandText(`virtual_server 192.0.2.1 80 {\n${realServer}\n}`);
    expect(diagnostics.map(({ code, summary }) => `${code} ${summary}`)).toEqual([
      'KP132 virtual_server 192.0.2.1 80 has no lb_kind: the daemon takes NAT',
      'KP132 virtual_server 192.0.2.1 80 has no protocol: the daemon takes UDP',
      'KP132 virtual_server 192.0.2.1 80 has no lb_algo: the daemon takes wlc',
    ]);
  });

  it('says nothing of a server that is complete and read as it is written', () => {
    expect(read('delay_loop 5\nquorum 1\npersistence_timeout 50')).toMatchObject({ said: [], ignored: [] });
  });

  it('records each line that does not count, with the reason at hand', () => {
    const { ignored, said } = read('sh-port\nops\nhashed\nsorry_server_inhibit\nsorry_server 192.0.2.9 80');
    expect(ignored.sort()).toEqual(['hashed', 'ops', 'sh-port', 'sorry_server_inhibit']);
    expect(said.map((text) => text.slice(0, 5)).sort()).toEqual(['KP131', 'KP133', 'KP133']);
  });

  it('with a quorum that its servers cannot reach is said to have less', () => {
    const { server, said } = read('quorum 3\nhysteresis 2');
    expect(server).toMatchObject({ quorum: 1, hysteresis: 0 });
    expect(said).toEqual([
      'KP131 quorum 3 is more than all weights together: it is cut to 1',
      'KP131 hysteresis 2 is not below the quorum of 1: it becomes 0',
    ]);
  });

  it('leaves out servers of another family, twins, and what has no address, each with a message', () => {
    const { server, said, ignored } = read(
      'real_server fd00::2 80 {\n}\nreal_server 192.0.2.2 80 {\n}\nreal_server web 80 {\nweight 3\n}',
    );
    expect(server.realServers).toHaveLength(1);
    expect(said).toHaveLength(3);
    expect(said.every((text) => text.startsWith('KP130 '))).toBe(true);
    expect(ignored).toContain('real_server web 80/weight');
  });

  it('of a group has the group at hand, wherever that stands in the text', () => {
    const { server } = read('', 'group WEB', 'virtual_server_group WEB {\n192.0.2.10-12 80\n}');
    expect(server.service).toMatchObject({
      kind: 'group',
      group: { name: 'WEB', ranges: [{ first: { text: '192.0.2.10' }, last: { text: '192.0.2.12' } }] },
    });
  });

  it('without a name or number behind group or fwmark is an error: the daemon crashes', () => {
    const codes = (head: string) => understandText(`virtual_server ${head} {\n${realServer}\n}`).codes;
    expect(codes('group')).toEqual(['KP135']);
    expect(codes('fwmark')).toEqual(['KP135']);
  });

  it('has a port for a server that has none only where NAT or the service gives one', () => {
    const ports = (head: string, kind: string) => {
      const text = `virtual_server ${head} {\nlb_algo rr\nlb_kind ${kind}\nreal_server 192.0.2.2 {\n}\n}`;
      return understandText(text).value.virtualServers[0]?.realServers.map(({ port }) => port);
    };
    expect(ports('192.0.2.1 80', 'NAT')).toEqual([80]);
    expect(ports('fwmark 5', 'DR')).toEqual([0]);
  });
});

describe('the SSL block', () => {
  it('gives no password away, but that there is one', () => {
    const { value } = understandText('SSL {\npassword sesame-open\ncertificate /etc/client.pem\n}');
    expect(value.sslClient).toMatchObject({ hasPassword: true, certificateFile: '/etc/client.pem' });
    expect(JSON.stringify(value.sslClient)).not.toContain('sesame');
    expect(value.secrets).toEqual(['sesame-open']);
  });
});
