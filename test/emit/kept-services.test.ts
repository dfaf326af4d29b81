import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { checkerFile } from '../../src/keepalived/checker-file.ts';
import { ownJudge } from '../compare-daemon/judge.ts';
import { understandText } from '../keepalived/understand-text.ts';

const whole = `global_defs {
    lvs_sync_daemon veth0 inst V
}
vrrp_instance V {
    interface veth0
    virtual_router_id 5
    virtual_ipaddress {
        10.9.9.10/24
    }
}
virtual_server 10.9.9.10 80 {
    lb_algo rr
    lb_kind DR
    protocol TCP
    real_server 10.9.9.11 80 {
    }
}
`;

/** Plays the part of systemctl that stops a unit. */
const systemctl = (folder: string) => `#!/bin/bash
main=$(<'${folder}/main')
case $* in
  'stop --no-block '*) kill -TERM "$main" ;;
  'stop '*)
    kill -TERM "$main" 2>/dev/null
    while kill -0 "$main" 2>/dev/null; do sleep 0.05; done
    ;;
esac
exit 0
`;

/** Commands of IPVS over netlink (linux/ip_vs.h). */
const command = { newService: '1', delService: '3', newDest: '5', delDest: '7', newDaemon: '9' };

describe.skipIf(!ownJudge())('the real keepalived, told to stop while it balances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-services-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const script = readFileSync(here('../../fixtures/lvs/kept-checker/expected/migrate.sh'), 'utf8');
  const functions = ['node_process_of', 'node_stop_but_for_services'].map((name) =>
    script.slice(script.indexOf(`${name}() {`), script.indexOf('\n}\n', script.indexOf(`${name}() {`)) + 3),
  );
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'functions'), functions.join(''));
  writeFileSync(join(folder, 'whole.conf'), whole);
  writeFileSync(join(folder, 'checker.conf'), checkerFile(understandText(whole).value, '2.2.7')?.text ?? '');
  writeFileSync(join(folder, 'bin/systemctl'), systemctl(folder));
  chmodSync(join(folder, 'bin/systemctl'), 0o755);

  const run = (way: string): Map<string, string[]> => {
    execFileSync('gcc', ['-shared', '-fPIC', '-o', join(folder, 'recorder.so'), here('ipvs-recorder.c')]);
    rmSync(join(folder, 'commands'), { force: true });
    const own = ['--net', '--pid', '--mount', '--mount-proc', '--fork', '--kill-child'];
    const words = ['100', 'unshare', ...own, 'bash', here('kept-services.sh'), folder, way];
    const { stdout } = spawnSync('timeout', words, { encoding: 'utf8' });
    return new Map(
      stdout.split('\n').map((line): [string, string[]] => {
        const [part = '', values = ''] = line.split(': ');
        return [part, values.split(' ').filter(Boolean)];
      }),
    );
  };

  it('takes its services out of the kernel the usual way', () => {
    const parts = run('usual');
    expect(parts.get('start')).toEqual(expect.arrayContaining([command.newService, command.newDest]));
    expect(parts.get('stop')).toEqual(expect.arrayContaining([command.delService, command.delDest]));
  });

  it('leaves them there and lets go of the address as migrate.sh stops it, and goes on as a checker', () => {
    const parts = run('migrate');
    expect(parts.get('address before')).toEqual(['1']);
    expect(parts.get('address after')).toEqual(['0']);
    const stop = parts.get('stop') ?? [];
    expect(stop.length).toBeGreaterThan(0);
    expect(stop.filter((number) => [command.delService, command.delDest].includes(number))).toEqual([]);
    const checker = parts.get('checker') ?? [];
    expect(checker).toEqual(expect.arrayContaining([command.newService, command.newDest]));
    // Sender and receiver of connections, without an instance.
    expect(checker.filter((number) => number === command.newDaemon)).toHaveLength(2);
  });
});
