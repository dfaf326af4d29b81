import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { configuration, useWorkplace } from './cli-run.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { write, path } = useWorkplace();

/** The program as a process of its own, from source: what only a process can show. */
const program = `"${process.execPath}" --import "${root}templates/register.mjs" "${root}src/cli/main.ts"`;

function bash(script: string) {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    cwd: path(),
    encoding: 'utf8',
    env,
    maxBuffer: 2 ** 26,
  });
  return { status, stdout, stderr };
}

/** More than a pipe holds. */
function manyInstances(): string {
  return Array.from({ length: 250 }, (_, index) =>
    configuration(100)
      .replace('VI_1', `VI_${index}`)
      .replace('virtual_router_id 51', `virtual_router_id ${index + 1}`)
      .replace('192.0.2.50', `10.0.${index}.1`),
  ).join('');
}

describe('as a process', () => {
  test('the exit code and both streams are as in-process', () => {
    write({ 'lb1.conf': configuration(150), 'lb2.conf': configuration(100) });
    const { status, stdout } = bash(`${program} --emit plan lb1.conf lb2.conf`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).format).toBe('kp2pcm.plan/1');
    expect(bash(`${program} missing.conf`)).toMatchObject({ status: 3, stdout: '' });
  });

  test('a long output is complete in a pipe', () => {
    write({ 'lb1.conf': manyInstances() });
    const { stdout } = bash(`${program} --emit plan lb1.conf 2>/dev/null | cat`);
    expect(JSON.parse(stdout).instances).toHaveLength(250);
  });

  test('a reader that leaves early is no error and gets no message', () => {
    write({ 'lb1.conf': manyInstances() });
    const script = `${program} --emit plan lb1.conf 2>errors | head -1; echo "\${PIPESTATUS[0]}"; grep -c EPIPE errors`;
    expect(bash(script).stdout).toBe('{\n0\n0\n');
  });

  test('a file comes from a process substitution', () => {
    write({ 'lb1.conf': configuration(150) });
    const { status, stdout } = bash(`${program} --emit plan lb1=<(cat lb1.conf) lb2=lb1.conf`);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).nodes).toHaveLength(2);
  });

  test.skipIf(!existsSync('/dev/full'))(
    'an output that cannot be written is exit code 2 with a reason',
    () => {
      write({ 'lb1.conf': configuration(150) });
      const { status, stderr } = bash(`${program} lb1.conf >/dev/full`);
      expect(stderr).toContain('kp2pcm: cannot write the output: ');
      expect(status).toBe(2);
    },
  );
});
