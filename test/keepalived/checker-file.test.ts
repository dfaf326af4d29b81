import { describe, expect, it } from 'vitest';
import type { Release } from '../../grammar/source/release.ts';
import { virtualServerOf } from '../../src/emit/config-virtual-servers.ts';
import { checkerFile } from '../../src/keepalived/checker-file.ts';
import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';
import { fixtureSubjects } from '../laws/subjects.ts';
import { understandText } from './understand-text.ts';

const service = (lines: string) =>
  `virtual_server 198.51.100.1 80 {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\n${lines}\n}\n`;
const server = 'real_server 198.51.100.2 80 {\n}';

function left(text: string, release: Release = '2.2.7') {
  const file = checkerFile(understandText(text).value, release);
  if (!file) throw new Error('nothing to balance');
  return file;
}

describe('the configuration for the checkers alone', () => {
  it('is none without a virtual server that counts', () => {
    expect(checkerFile(understandText(service('')).value, '2.2.7')).toBeUndefined();
  });

  it('has no VRRP, and of global_defs what checkers read', () => {
    const text = `global_defs {\nrouter_id lb\nvrrp_version 3\n}\nvrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nauthentication {\nauth_pass secret\n}\nvirtual_ipaddress {\n198.51.100.1\n}\n}\n${service(server)}`;
    expect(left(text).text).toBe(
      `global_defs {
    router_id lb
}
virtual_server 198.51.100.1 80 {
    protocol TCP
    lb_algo rr
    lb_kind NAT
    real_server 198.51.100.2 80 {
    }
}
`,
    );
  });

  it('has the files and sessions that checks follow, and no others', () => {
    const check = 'real_server 198.51.100.2 80 {\nFILE_CHECK {\ntrack_file used\n}\n}';
    const text = `track_file used {\nfile /run/a\n}\ntrack_file other {\nfile /run/b\n}\n${service(check)}`;
    expect(left(text).text).toContain('track_file used {\n    file /run/a\n}\n');
    expect(left(text).text).not.toContain('other');
  });

  it('has definitions in their places, and neither unknown words nor servers that the daemon drops', () => {
    const text = `$TO=198.51.100.3\n${service(`typo 1\nreal_server $TO 80 {\n}\nreal_server fd00::1 80 {\n}`)}`;
    const { text: written } = left(text);
    expect(written).toContain('real_server 198.51.100.3 80 {');
    expect(written).not.toMatch(/typo|fd00|\$/);
  });

  it('has no password: another file is included in its place', () => {
    const { text, password } = left(`SSL {\npassword geheim\nkey /etc/key\n}\n${service(server)}`);
    expect(text).toContain(
      'SSL {\n    include /etc/keepalived/keepalived-checker.secret\n    key /etc/key\n}',
    );
    expect(text).not.toMatch(/geheim|password/);
    expect(password?.keywords).toEqual(['SSL', 'password']);
  });

  it('has the sync daemon without its instance, whose number is kept', () => {
    const text = (words: string) =>
      `global_defs {\nlvs_sync_daemon ${words}\n}\nvrrp_instance V {\ninterface eth0\nvirtual_router_id 5\nvirtual_ipaddress {\n198.51.100.1\n}\n}\n${service(server)}`;
    expect(left(text('eth1 V')).text).toContain('lvs_sync_daemon eth1 id 5\n');
    expect(left(text('eth1 V 9')).text).toContain('lvs_sync_daemon eth1 id 9\n');
    expect(left(text('eth1 inst V ttl 3 id 7')).text).toContain('lvs_sync_daemon eth1 ttl 3 id 7\n');
    expect(left(text('eth1')).text).toContain('lvs_sync_daemon eth1\n');
    expect(left(text('eth1 V'), '1.4.5').text).not.toContain('lvs_sync_daemon');
  });

  it('has what an instance says of the sync daemon as a global line, unless a global one says otherwise', () => {
    const text = (globals: string) =>
      `${globals}vrrp_instance V {\ninterface eth0\nlvs_sync_daemon_interface eth1\nvirtual_router_id 5\nvirtual_ipaddress {\n198.51.100.1\n}\n}\n${service(server)}`;
    expect(left(text('')).text).toMatch(/^global_defs \{\n {4}lvs_sync_daemon eth1 id 5\n\}\n/);
    const global = left(text('global_defs {\nlvs_sync_daemon eth2\n}\n')).text;
    expect(global).toContain('lvs_sync_daemon eth2\n');
    expect(global).not.toContain('eth1');
    expect(left(text(''), '1.4.5').text).not.toContain('lvs_sync_daemon');
  });

  it('does not grow a line beyond what the daemon takes', () => {
    const path = `/${'a'.repeat(980)}`;
    const check = `real_server 198.51.100.2 80 {\nHTTP_GET {\nurl {\npath ${path}\n}\n}\n}`;
    expect(left(service(check)).text).toContain(`\npath ${path}\n`);
  });

  it('protects a sign of comments where the daemon takes the protection away', () => {
    const { text } = left(`global_defs {\nrouter_id a\\#b\n}\n${service(server)}`);
    expect(text).toContain('router_id a\\#b\n');
  });

  it('is read as what the whole configuration is, in all fixtures', () => {
    const served = (configuration: NodeConfiguration) => configuration.virtualServers.map(virtualServerOf);
    let compared = 0;
    for (const { input } of fixtureSubjects) {
      for (const { path } of input.nodes) {
        const content = input.files.read(path);
        if (content.kind !== 'text') continue;
        const whole = understandText(content.text).value;
        const file = checkerFile(whole, '2.2.7');
        if (!file) continue;
        compared++;
        expect(served(understandText(file.text).value)).toEqual(served(whole));
      }
    }
    expect(compared).toBeGreaterThan(3);
  });
});
