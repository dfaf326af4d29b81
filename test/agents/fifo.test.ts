import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { agentText } from '../../templates/agents/index.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { requireRoot, requireTool } from '../tools.ts';

const agent = fileURLToPath(new URL('../../templates/agents/fifo', import.meta.url));
const notInstalled = 5;
const notConfigured = 6;
const notRunning = 7;

let folder = '';
let fifo = '';
let record = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kp2pcm-fifo-'));
  chmodSync(folder, 0o755);
  fifo = join(folder, 'fifo');
  record = join(folder, 'record');
  writeFileSync(record, '');
  chmodSync(record, 0o666);
});

afterEach(() => {
  call('stop', {});
  rmSync(folder, { recursive: true, force: true });
});

function call(action: string, parameters: Readonly<Record<string, string>>) {
  const reskey = { path: fifo, owner: 'root', script_user: 'root', ...parameters };
  const result = spawnSync('/bin/sh', [agent, action], {
    encoding: 'utf8',
    timeout: 30_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HA_RSCTMP: join(folder, 'state'),
      OCF_RESOURCE_INSTANCE: 'fifo-vrrp:0',
      ...Object.fromEntries(Object.entries(reskey).map(([key, value]) => [`OCF_RESKEY_${key}`, value])),
    },
  });
  return { status: result.status, log: result.stderr };
}

function reader(): string {
  const path = join(folder, 'reader');
  writeFileSync(
    path,
    `#!/bin/sh\ntrap 'echo TERM >>${record}; exit' TERM\n` +
      `{ printf '%s|' "$(id -un)" "$PWD" "$(umask)" "$@"; echo; } >>${record}\n` +
      `for last; do :; done\nwhile IFS= read -r line; do printf '%s\\n' "$line" >>${record}; done <"$last"\necho END >>${record}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

function recorded(lines: number): string[] {
  const read = () => readFileSync(record, 'utf8').split('\n').slice(0, -1);
  for (let tries = 0; tries < 100 && read().length < lines; tries++) pause(100);
  pause(200);
  return read();
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe('the agent ocf:kp2pcm:fifo', () => {
  it('makes the FIFO, keeps what is written until a reader comes, and removes it at the end', () => {
    expect(call('monitor', {}).status).toBe(notRunning);
    expect(call('start', {}).status).toBe(0);
    expect(call('start', {}).status).toBe(0);
    expect(call('monitor', {}).status).toBe(0);
    expect(statSync(fifo).isFIFO()).toBe(true);
    expect(statSync(fifo).mode & 0o777).toBe(0o600);
    for (const line of ['one', 'two']) appendFileSync(fifo, `${line}\n`);
    const lines = `exec 3<${fifo}; read -r a <&3; read -r b <&3; echo "$a $b"`;
    expect(execFileSync('/bin/sh', ['-c', lines], { encoding: 'utf8', timeout: 5000 })).toBe('one two\n');
    expect(call('stop', {}).status).toBe(0);
    expect(existsSync(fifo)).toBe(false);
    expect(call('monitor', {}).status).toBe(notRunning);
    expect(call('stop', {}).status).toBe(0);
  });

  it('starts the reader once, with the path last, and ends it with SIGTERM', () => {
    const script = joinArguments([reader(), ...hostileTexts.filter((text) => !text.includes('\n')), '']);
    call('start', { script });
    call('start', { script });
    appendFileSync(fifo, 'INSTANCE "VI_1" MASTER 150\n');
    const [call1, line, ...rest] = recorded(2);
    const words = hostileTexts.filter((text) => !text.includes('\n'));
    expect(call1).toBe(['root', '/', '0177', ...words, '', fifo, ''].join('|'));
    expect(line).toBe('INSTANCE "VI_1" MASTER 150');
    expect(rest).toEqual([]);
    call('stop', {});
    expect(recorded(3).at(-1)).toBe('TERM');
  });

  it('goes on without a reader that has ended, as Keepalived does', () => {
    call('start', { script: '/bin/false' });
    pause(300);
    expect(call('monitor', {}).status).toBe(0);
    expect(existsSync(fifo)).toBe(true);
  });

  it('kills a reader that ignores SIGTERM', () => {
    const path = join(folder, 'deaf');
    writeFileSync(path, `#!/bin/bash\ntrap '' TERM\necho $$ >>${record}\nwhile :; do sleep 0.1; done\n`);
    chmodSync(path, 0o755);
    call('start', { script: path });
    const [pid] = recorded(1);
    expect(call('stop', {}).status).toBe(0);
    pause(200);
    expect(
      existsSync(`/proc/${pid}`) && !/State:\s*Z/.test(readFileSync(`/proc/${pid}/status`, 'utf8')),
    ).toBe(false);
  });

  it('leaves a FIFO alone that was there before, and what is none', () => {
    execFileSync('mkfifo', [fifo]);
    call('start', {});
    call('stop', {});
    expect(statSync(fifo).isFIFO()).toBe(true);
    rmSync(fifo);
    writeFileSync(fifo, 'a file');
    expect(call('start', {}).status).toBe(1);
    call('stop', {});
    expect(readFileSync(fifo, 'utf8')).toBe('a file');
  });

  it.skipIf(!requireRoot('users change'))('gives FIFO and reader the users that are asked for', () => {
    call('start', { owner: 'nobody daemon', script: reader(), script_user: 'daemon' });
    const { uid, gid } = statSync(fifo);
    expect([uid, gid]).toEqual([65534, 1]);
    expect(recorded(1)[0]).toMatch(/^daemon\|/);
  });

  it.each([
    ['no path', { path: '' }, notConfigured],
    ['a path that is not from the root', { path: 'fifo' }, notConfigured],
    ['a script with an open quote', { script: "'" }, notConfigured],
    ['a user that is not here', { owner: 'no-such-user' }, notInstalled],
    ['what it takes', {}, 0],
  ])('says of %s with the right code what it thinks of it', (_, parameters, expected) => {
    const { status, log } = call('validate-all', parameters);
    expect(status).toBe(expected);
    expect(log === '').toBe(expected === 0);
  });

  it('is the text that plans carry', () => {
    expect(agentText.fifo).toBe(readFileSync(agent, 'utf8'));
  });

  it.skipIf(!requireTool('shellcheck'))('passes ShellCheck', () => {
    execFileSync('shellcheck', [agent]);
  });

  it.skipIf(!requireTool('shfmt'))('is laid out as shfmt -i 2 -ci lays out', () => {
    expect(execFileSync('shfmt', ['-i', '2', '-ci', '-d', agent], { encoding: 'utf8' })).toBe('');
  });

  it.skipIf(!requireTool('xmllint'))('describes its parameters in valid XML', () => {
    const metadata = execFileSync('/bin/sh', [agent, 'meta-data'], { encoding: 'utf8' });
    execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: metadata });
    const described = [...metadata.matchAll(/<parameter name="(\w+)"/g)].map(([, name]) => name);
    const read = [...agentText.fifo.matchAll(/OCF_RESKEY_(\w+):-/g)].map(([, name]) => name);
    expect(new Set(described)).toEqual(new Set(read));
  });

  it.skipIf(!requireTool('ocf-tester') || !requireRoot('ocf-tester writes to /run'))(
    'passes ocf-tester',
    () => {
      const output = execFileSync(
        'ocf-tester',
        ['-n', 'kp2pcm_test', '-o', `path=${fifo}`, '-o', 'script=/bin/true', agent],
        { encoding: 'utf8', stdio: 'pipe' },
      );
      expect(output).toMatch(/passed all tests/);
    },
  );
});
