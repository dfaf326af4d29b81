import { describe, expect, it } from 'vitest';
import { idiomOf } from '../../src/pacemaker/service-idioms.ts';
import { hostileTexts } from '../emit/sample-plans.ts';

const service = (unit: string, isGuess: boolean) => ({ kind: 'service', unit, isGuess });
const ping = (host: string, source?: string) => ({ kind: 'ping', host, ...(source && { source }) });

describe('a command that looks after something is recognised', () => {
  it.each([
    [['killall', '-0', 'haproxy'], service('haproxy', true)],
    [['/usr/bin/killall', '-q', '-s', '0', 'nginx'], service('nginx', true)],
    [['pidof', 'haproxy'], service('haproxy', true)],
    [['/sbin/pidof', '-s', '-x', '/usr/sbin/haproxy'], service('haproxy', true)],
    [['pgrep', '-x', 'mariadbd'], service('mariadb', true)],
    [['/usr/bin/pgrep', 'postgres'], service('postgresql', true)],
    [['systemctl', 'is-active', '--quiet', 'nginx.service'], service('nginx', false)],
    [['systemctl', 'status', 'haproxy@main'], service('haproxy@main', false)],
    [['/usr/sbin/service', 'mysql', 'status'], service('mysql', false)],
    [['/etc/init.d/named', 'status'], service('named', false)],
    [['/bin/sh', '-c', 'killall -0 haproxy'], service('haproxy', true)],
    [['sh', '-c', 'pidof haproxy >/dev/null 2>&1'], service('haproxy', true)],
    [['/usr/bin/bash', '-c', ' exec systemctl is-active nginx &> /dev/null '], service('nginx', false)],
    [['ping', '-c1', '192.0.2.1'], ping('192.0.2.1')],
    [['/bin/ping', '-c', '2', '-W', '1', '-q', 'gw.example.com'], ping('gw.example.com')],
    [['ping6', '-c1', '-I', '2001:db8::1', '2001:db8::2'], ping('2001:db8::2', '2001:db8::1')],
  ])('%j', (argv, expected) => {
    expect(idiomOf(argv)).toEqual(expected);
  });

  it.each([
    [['killall', 'haproxy']],
    [['killall', '-9', 'haproxy']],
    [['killall', '-0', 'haproxy', 'nginx']],
    [['killall', '-0', '-u', 'www', 'haproxy']],
    [['pgrep', '-f', 'haproxy']],
    [['pgrep', '-u', 'root', 'haproxy']],
    [['pidof']],
    [['systemctl', 'restart', 'haproxy']],
    [['systemctl', 'is-active', 'a', 'b']],
    [['systemctl', 'is-active', 'srv.mount']],
    [['service', 'haproxy', 'restart']],
    [['ping', '192.0.2.1']],
    [['ping', '-c1', '192.0.2.1', '192.0.2.2']],
    [['/opt/bin/pidof', 'haproxy']],
    [['sh', '-c', 'pidof haproxy || systemctl start haproxy']],
    [['sh', '-c', 'pidof haproxy; true']],
    [['sh', '-c', 'pidof $NAME']],
    [['sh', '/etc/keepalived/check.sh']],
    [['/etc/keepalived/check.sh']],
    [[]],
    ...hostileTexts.flatMap((text) => [
      [['pidof', text]],
      [['systemctl', 'is-active', text]],
      [['ping', '-c1', text]],
    ]),
  ])('but not %j, which may do more', (argv) => {
    expect(idiomOf(argv)).toBeUndefined();
  });
});
