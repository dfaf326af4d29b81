import { describe, expect, it } from 'vitest';
import { configuration, useWorkplace } from '../cli/cli-run.ts';
import { requireTool } from '../tools.ts';

const place = useWorkplace();
const ready = ['pcs', 'crm_simulate', 'crm_verify', 'cibadmin'].every(requireTool);
const few = ['verify', '--scenarios', '5'];
const env = process.env as Readonly<Record<string, string>>;

function writePair(first: string, second: string): void {
  place.write({ 'lb1.conf': first, 'lb2.conf': second });
}

describe.skipIf(!ready)('kp2pcm verify', () => {
  it('says in one line that all agree, with the tools that were asked', async () => {
    writePair(configuration(150), configuration(100));
    const { exitCode, stdout, stderr } = await place.kp2pcm([...few, 'lb1.conf', 'lb2.conf'], { env });
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^\d+ scenarios, \d+ states compared: Keepalived and Pacemaker hold .* \(pcs \d\S+, Pacemaker \d\S+\)\nnot played: \d+ sequences of two events; --scenarios \d+ plays all\n$/,
    );
    expect(exitCode).toBe(0);
  });

  it('lists an announced difference with the shortest scenario and its lines, and still ends with 0', async () => {
    writePair(configuration(150).replaceAll('192.0.2.50', '192.0.2.51'), configuration(100));
    const words = [...few, '--format', 'json', 'lb1.conf', 'lb2.conf'];
    const { exitCode, stdout } = await place.kp2pcm(words, { env });
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ format: 'kp2pcm.verify/1', agrees: true });
    expect(report.differences[0]).toMatchObject({ announced: true, codes: ['KP204'], events: [] });
    expect(report.differences[0].sentence).toMatch(
      /At the start: Keepalived holds the addresses on lb1 and lb2 at once/,
    );
    expect(report.differences[0].lines.length).toBeGreaterThan(0);
    expect(exitCode).toBe(0);
  });

  it('does not stop at a unit that this machine does not have, and names it', async () => {
    const check = 'vrrp_script web {\nscript "systemctl is-active kp2pcm-no-such-unit"\n}\n';
    const tracking = (priority: number) =>
      check +
      configuration(priority).replace(/virtual_router_id/, 'track_script {\nweb\n}\n  virtual_router_id');
    writePair(tracking(150), tracking(100));
    const words = [...few, '--manage-services', 'lb1.conf', 'lb2.conf'];
    const { exitCode, stdout, stderr } = await place.kp2pcm(words, { env });
    expect(stderr).toMatch(/note\[KP336\]: systemd:kp2pcm-no-such-unit is not installed here/);
    expect(stderr).not.toContain('KP423');
    expect(stdout).toMatch(/Keepalived and Pacemaker hold the addresses on the same nodes/);
    expect(exitCode).toBe(0);
  });

  it('writes JUnit in which an agreement is one test that passed', async () => {
    writePair(configuration(150), configuration(100));
    const words = [...few, '--format', 'junit', 'lb1.conf', 'lb2.conf'];
    const { stdout } = await place.kp2pcm(words, { env });
    expect(stdout).toContain('<testsuites tests="1" failures="0">');
  });
});

describe('kp2pcm verify without its tools', () => {
  it('says which packages bring them and ends with 4', async () => {
    writePair(configuration(150), configuration(100));
    const { exitCode, stdout, stderr } = await place.kp2pcm([...few, 'lb1.conf', 'lb2.conf'], {
      env: { PATH: '/nowhere' },
    });
    expect(stderr).toMatch(/KP422/);
    expect(stderr).toMatch(/apt-get install pcs pacemaker-cli-utils resource-agents/);
    expect(stdout).toBe('');
    expect(exitCode).toBe(4);
  });

  it('does not begin where the peers are not known', async () => {
    place.write({ 'keepalived.conf': configuration(150) });
    const { exitCode, stderr } = await place.kp2pcm([...few, 'keepalived.conf']);
    expect(stderr).toMatch(/KP424/);
    expect(exitCode).toBe(2);
  });

  it('takes whole numbers only', async () => {
    const { exitCode, stderr } = await place.kp2pcm(['verify', '--scenarios', 'many', 'a.conf', 'b.conf']);
    expect(stderr).toMatch(/whole number/);
    expect(exitCode).toBe(2);
  });
});
