import { describe, expect, it } from 'vitest';
import { understandText } from './understand-text.ts';

/** The checkers of a real server with these lines, and what was said of them. */
function read(lines: string, before = '') {
  const text = `${before}\nvirtual_server 192.0.2.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\nreal_server 192.0.2.2 80 {\n${lines}\n}\n}`;
  const { value, diagnostics } = understandText(text);
  return {
    checkers: value.virtualServers.flatMap(({ realServers }) => realServers.flatMap((one) => one.checkers)),
    said: diagnostics.map(({ code, summary }) => `${code} ${summary}`),
    ignored: [...value.ignored.keys()].map(({ directive }) => directive.text),
  };
}

describe('a UDP check', () => {
  const bytes = (line: string) => read(`UDP_CHECK {\n${line}\n}`).checkers[0];

  it('sends the bytes that its digits say, single digits before a blank among them', () => {
    expect(bytes('payload 00 fF a b0c')).toMatchObject({ payload: '00ff0ab00c' });
    expect(bytes('payload "0 1"')).toMatchObject({ payload: '0001' });
    expect(bytes('payload 0g')).not.toHaveProperty('payload');
    expect(bytes('payload 0x')).not.toHaveProperty('payload');
  });

  it('knows digits that may be any only in the reply', () => {
    expect(bytes('require_reply 0X fx')).toMatchObject({ reply: { pattern: '0xfx', maxLength: 255 } });
    expect(bytes('require_reply')).toHaveProperty('reply', { minLength: 0, maxLength: 255 });
    expect(bytes('payload 00')).not.toHaveProperty('reply');
  });

  it('that no reply can satisfy is said to fail always', () => {
    const { said } = read('UDP_CHECK {\nrequire_reply\nmin_reply_length 300\n}');
    expect(said).toEqual(['KP131 no reply is between 300 and 255 bytes long']);
  });
});

describe('an HTTP check', () => {
  const url = (lines: string) => read(`HTTP_GET {\nurl {\npath /\n${lines}\n}\n}`);

  it('has the options of its regex, and says which the daemon does not know', () => {
    const { checkers, said } = url('regex ok\nregex_options caseless greedy\nregex_options utf');
    expect(checkers).toMatchObject([{ urls: [{ regex: { pattern: 'ok', options: ['caseless', 'utf'] } }] }]);
    expect(said).toEqual(['KP107 regex_options greedy: no option that the daemon knows']);
  });

  it('ignores what belongs to a regex where there is none', () => {
    const { checkers, ignored, said } = url('regex_no_match\nregex_min_offset 4');
    expect(checkers[0]).not.toHaveProperty(['urls', 0, 'regex']);
    expect(ignored).toEqual(['regex_no_match', 'regex_min_offset 4']);
    expect(said).toHaveLength(2);
  });

  it('joins status codes to ranges, and says which are none', () => {
    const { checkers, said } = url('status_code 203 200-202 7 301');
    expect(checkers).toMatchObject([
      {
        urls: [
          {
            statusCodes: [
              { first: 200, last: 203 },
              { first: 301, last: 301 },
            ],
          },
        ],
      },
    ]);
    expect(said).toEqual(['KP107 status_code 7: not a code or range from 100 to 599']);
  });

  it('without a url is left out with all that it says', () => {
    const { checkers, said, ignored } = read('SSL_GET {\nconnect_port 443\n}');
    expect(checkers).toEqual([]);
    expect(said).toEqual(['KP134 this SSL_GET is left out: it has no url with a path']);
    expect(ignored).toEqual(['SSL_GET', 'connect_port 443']);
  });
});

describe('a checker', () => {
  it('inherits from its real server, and that from the virtual server', () => {
    const text =
      'virtual_server 192.0.2.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\ndelay_loop 7\nretry 4\nalpha\nreal_server 192.0.2.2 80 {\nretry 5\nTCP_CHECK {\n}\nTCP_CHECK {\nalpha no\nretry 0\n}\n}\nwarmup 1\n}';
    const [server] = understandText(text).value.virtualServers;
    expect(server?.realServers[0]?.checkers).toMatchObject([
      { delayLoopMs: 7000, retry: 5, warmupMs: 1000, delayBeforeRetryMs: 1000, alpha: true },
      { delayLoopMs: 7000, retry: 0, warmupMs: 1000, alpha: false },
    ]);
  });

  it('that follows a file or a BFD session needs it defined before', () => {
    const checks = 'FILE_CHECK {\ntrack_file load\n}\nBFD_CHECK {\nname router\n}';
    const before = 'track_file load {\nfile /tmp/load\n}\nbfd_instance router {\nneighbor_ip 192.0.2.9\n}';
    expect(read(checks, before).checkers).toMatchObject([{ trackFile: 'load' }, { bfdInstance: 'router' }]);
    expect(read(checks).said).toEqual([
      'KP107 track_file load: no track_file of this name is defined before',
      'KP134 this FILE_CHECK is left out: it has no track_file that is defined before',
      'KP134 this BFD_CHECK is left out: no bfd_instance router is defined before',
    ]);
  });

  it('of a BFD session hears nothing of one that is for VRRP alone', () => {
    const before = 'bfd_instance router {\nneighbor_ip 192.0.2.9\nvrrp\n}';
    expect(read('BFD_CHECK {\nname router\n}', before).checkers).toEqual([]);
  });

  it('by a command without quotes has the command alone, and says so', () => {
    const { checkers, said } = read('MISC_CHECK {\nmisc_path /usr/bin/check -p 80\n}');
    expect(checkers).toMatchObject([{ argv: ['/usr/bin/check'] }]);
    expect(said).toContain('KP113 MISC_CHECK runs just /usr/bin/check');
  });
});
