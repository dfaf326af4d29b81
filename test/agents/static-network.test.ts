import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staticScript } from '../../src/pacemaker/static-network.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { understandText } from '../keepalived/understand-text.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { RoutingHost } from './routing-host.ts';

const configuration = `global_defs {
  default_interface eth1
}
static_ipaddress {
  192.0.2.100/24 dev eth0
  203.0.113.101/24
  198.18.7.102/24 brd 198.18.7.255 dev eth0 scope link label eth0:7
  198.18.8.103/24 dev eth0 preferred_lft 900
  198.18.9.104 peer 198.18.9.105 dev eth0
  2001:db8::100/64 dev eth0
  2001:db8::101/64 dev eth0 -nodad
  2001:db8::102/64 dev eth0 preferred_lft 900 home
  2001:db8::103/128 dev eth0
  2001:db8::104/64 dev eth0 noprefixroute
  2001:db8::105 peer 2001:db8::106 dev eth0
}
static_routes {
  198.51.100.0/24 via 192.0.2.254 dev eth0 src 192.0.2.100
  blackhole 198.51.101.0/24
  2001:db8:1::/48 via 2001:db8::2 dev eth0 metric 5
}
static_rules {
  from 192.0.2.100 table 100 preference 50
  from 2001:db8::100 to 2001:db8:9::/48 prohibit preference 51
}
vrrp_instance VI_1 {
  state MASTER
  interface eth0
  virtual_router_id 51
  priority 255
  virtual_ipaddress {
    192.0.2.10/24
  }
}
`;

const isPossible = requireTool('ip') && requireRoot('addresses are added in a network namespace');

let host: RoutingHost;
beforeAll(async () => {
  if (isPossible) host = await RoutingHost.open();
});
afterAll(() => host?.close());

/** Addresses but the virtual one, without what the kernel counts or has still to find out. */
function addresses(): string[] {
  const { output } = host.run(['ip', '-o', 'address', 'show']);
  const lines = output.split('\n').map((line) =>
    line
      .replace(/^\d+: |\\/g, '')
      .replace(/\b\d+sec/g, (time) => (time === '0sec' ? 'never' : 'for a time'))
      .replace(' tentative', '')
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return lines.filter((line) => line !== '' && !line.includes(' 192.0.2.10/24 ')).sort();
}

describe('the script for static entries', () => {
  const script = staticScript(understandText(configuration).value) ?? '';

  it.skipIf(!requireTool('shellcheck') || !requireTool('shfmt'))(
    'passes ShellCheck, and shfmt has nothing to change',
    () => {
      execFileSync('shellcheck', ['-'], { input: script });
      expect(execFileSync('shfmt', ['-i', '2', '-ci'], { input: script, encoding: 'utf8' })).toBe(script);
    },
  );

  it.each(hostileTexts.filter((text) => text !== ''))('hands %j to ip as it is', (text) => {
    const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-static-'));
    const { value } = understandText(configuration);
    const [route] = value.staticRoutes;
    const hostile = route ? [{ ...route, device: text, table: text }] : [];
    const words = join(folder, 'words');
    writeFileSync(join(folder, 'ip'), `#!/bin/sh\nprintf '%s\\0' "$@" >>${words}\n`, { mode: 0o755 });
    const content =
      staticScript({ ...value, staticAddresses: [], staticRules: [], staticRoutes: hostile }) ?? '';
    const PATH = `${folder}:${process.env['PATH']}`;
    execFileSync('/bin/sh', ['-s', 'start'], { input: content, env: { PATH } });
    expect(readFileSync(words, 'utf8')).toContain(
      ['table', text, 'via', '192.0.2.254', 'dev', text, ''].join('\0'),
    );
    expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
    rmSync(folder, { recursive: true });
  });

  it('is none where there is nothing static', () => {
    expect(staticScript(understandText('vrrp_instance VI_1 {\n}').value)).toBeUndefined();
  });

  it.skipIf(!isPossible || !requireTool('keepalived'))(
    'adds what the daemon adds, and takes it away again',
    {
      timeout: 120_000,
    },
    async () => {
      const path = join(host.folder, 'static');
      writeFileSync(path, script);
      chmodSync(path, 0o755);
      const before = [addresses(), host.routing()];
      await host.startDaemon(configuration);
      const withDaemon = [addresses(), host.routing()];
      await host.stopDaemon();
      // Keepalived 2.2.7 does not find it again by its peer.
      host.run('ip address del 198.18.9.104 peer 198.18.9.105/32 dev eth0'.split(' '));
      expect([addresses(), host.routing()]).toEqual(before);
      expect(withDaemon).not.toEqual(before);
      expect(host.run([path, 'start'])).toMatchObject({ status: 0, log: '' });
      expect([addresses(), host.routing()]).toEqual(withDaemon);
      expect(host.run([path, 'start']).status).toBe(0);
      expect([addresses(), host.routing()]).toEqual(withDaemon);
      expect(host.run([path, 'stop'])).toMatchObject({ status: 0, log: '' });
      expect([addresses(), host.routing()]).toEqual(before);
    },
  );
});
