import { describe, expect, test } from 'vitest';
import { configuration, useWorkplace } from './cli-run.ts';

const { write, kp2pcm } = useWorkplace();

const pair = { 'lb1.conf': configuration(150), 'lb2.conf': configuration(100) };

describe('kp2pcm --emit config', () => {
  test('prints each node, and the messages on stderr as usual', async () => {
    write({ 'lb1.conf': configuration(150, '    prioritty 9\n'), 'lb2.conf': pair['lb2.conf'] });
    const { exitCode, stdout, stderr } = await kp2pcm(['--emit', 'config', 'lb1.conf', 'lb2.conf']);
    const { nodes } = JSON.parse(stdout);
    const codes = nodes.map(({ diagnostics }: { diagnostics: { code: string }[] }) =>
      diagnostics.map(({ code }) => code),
    );
    expect(codes).toEqual([['KP101'], []]);
    expect(stderr).toContain('warning[KP101]');
    expect(stdout).not.toContain('s3cr3t77');
    expect(exitCode).toBe(0);
  });

  test('reads one file once for each name of --nodes', async () => {
    write({ 'both.conf': configuration(100, '@lb1 priority 150\n@lb2 priority 90\n') });
    const { stdout } = await kp2pcm(['--emit', 'config', '--nodes', 'lb1,lb2', 'both.conf']);
    const { nodes } = JSON.parse(stdout);
    expect(nodes).toMatchObject([
      { name: 'lb1', instances: [{ priority: 150 }] },
      { name: 'lb2', instances: [{ priority: 90 }] },
    ]);
  });

  test('takes standard input, and needs no instance', async () => {
    const stdin = 'virtual_server 192.0.2.1 80 {\n  protocol TCP\n}\n';
    const { exitCode, stdout } = await kp2pcm(['--emit', 'config', '-'], { stdin });
    expect(JSON.parse(stdout)).toMatchObject({ format: 'kp2pcm.config/1', nodes: [{ instances: [] }] });
    expect(exitCode).toBe(0);
  });

  test('prints nothing where the daemon would refuse one of the files', async () => {
    write({ 'lb1.conf': 'vrrp_instance V {\n}\n', 'lb2.conf': pair['lb2.conf'] });
    const { exitCode, stdout, stderr } = await kp2pcm(['--emit', 'config', 'lb1.conf', 'lb2.conf']);
    expect(stderr).toContain('error[KP106]');
    expect([exitCode, stdout]).toEqual([3, '']);
  });

  test.each([['--strict'], ['-o', 'folder']])('does not go with %s', async (...words) => {
    write(pair);
    const { exitCode, stdout } = await kp2pcm(['--emit', 'config', ...words, 'lb1.conf', 'lb2.conf']);
    expect([exitCode, stdout]).toEqual([2, '']);
  });
});
