import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { translateNodes } from '../memory-tree.ts';

const instance = (priority: number) =>
  `vrrp_instance VI_1 {\n interface eth0\n virtual_router_id 51\n priority ${priority}\n virtual_ipaddress {\n 192.0.2.10/24\n }\n}\n`;

function dropIn(globals: string): { readonly lines: string[]; readonly fates: string[] } {
  const { plan } = translateNodes(
    { lb1: `global_defs {\n${globals}\n}\n${instance(150)}`, lb2: instance(100) },
    { keepalived: '2.4.3' },
  );
  const file = plan?.files.find(({ path }) => path.startsWith('/etc/systemd/system/pacemaker.service.d/'));
  expect(file?.node).toBe(file && 'lb1');
  const fates = plan?.fates.filter(({ path }) => /delay|startup|shutdown/.test(path)) ?? [];
  return { lines: file?.content.trimEnd().split('\n') ?? [], fates: fates.map(({ fate }) => fate) };
}

describe("what pacemaker's unit does at its start", () => {
  it('waits as long as Keepalived kept out of elections, after the script', () => {
    expect(
      dropIn(
        ' startup_script "/usr/local/bin/before a"\n startup_script_timeout 5\n vrrp_startup_delay 40.5',
      ),
    ).toEqual({
      lines: [
        "# Keepalived's startup_script and vrrp_startup_delay.",
        '[Service]',
        'TimeoutStartSec=106',
        'ExecStartPre=-/usr/bin/timeout 5 /usr/local/bin/before a',
        'ExecStartPre=/usr/bin/sleep 41',
      ],
      fates: ['equivalent', 'equivalent', 'equivalent'],
    });
  });

  it('needs nothing where nothing is waited for', () => {
    expect(dropIn(' vrrp_startup_delay 0')).toMatchObject({ lines: [] });
  });

  it('counts from the boot where that is meant', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-unit-'));
    const uptime = join(folder, 'uptime');
    writeFileSync(uptime, '100.25 300.10\n');
    const wait = (afterBootSeconds: number) => {
      const { lines } = dropIn(` vrrp_delay_after_boot ${afterBootSeconds}`);
      const [, quoted = ''] = /^ExecStartPre=\/bin\/sh -c "(.*)"$/m.exec(lines.join('\n')) ?? [];
      // As systemd reads it.
      const script = quoted.replaceAll('%%', '%').replaceAll('$$', '$').replaceAll(/\\(.)/g, '$1');
      const before = performance.now();
      execFileSync('sh', ['-c', script.replace('/proc/uptime', uptime)]);
      return (performance.now() - before) / 1000;
    };
    expect(wait(100)).toBeLessThan(0.9);
    expect(wait(101)).toBeGreaterThan(0.9);
    rmSync(folder, { recursive: true });
  });
});
