import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { AgentStage, statuses } from './agent-stage.ts';

let stage: AgentStage;
const started: ChildProcess[] = [];

beforeEach(() => {
  stage = new AgentStage('track-process', { name: 'kp_test' });
});

afterEach(() => {
  for (const one of started.splice(0)) one.kill('SIGKILL');
  stage.close();
});

/** A process with this command line, and a kernel name that is its own. */
async function run(argv0: string, ...words: string[]): Promise<ChildProcess> {
  // bash takes what follows its script for arguments, and keeps the words of its command line.
  const script = 'read -r; exit';
  const child = spawn('/bin/bash', ['-c', script, ...words], { argv0, stdio: ['pipe', 'ignore', 'ignore'] });
  started.push(child);
  await commandLine(child, argv0);
  return child;
}

async function commandLine({ pid }: ChildProcess, argv0: string): Promise<void> {
  while (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${argv0}\0`)) await sleep(5);
}

async function end(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** How many processes the agent finds, as it says at its start. */
function found(argv: readonly string[], match: string, shell?: string): number {
  const { log } = stage.call('start', { process: joinArguments(argv), match }, shell);
  return Number(/: (\d+) processes at the start/.exec(log)?.[1]);
}

describe('the agent ocf:kp2pcm:track-process', () => {
  it('compares the kernel’s name, the command, or the arguments', async () => {
    const name = `kp2pcm-${process.pid}`;
    const script = ['-c', 'read -r; exit'];
    await run(name, 'one', 'two');
    expect(found([name], 'command')).toBe(1);
    expect(found([`${name}x`], 'command')).toBe(0);
    expect(found([name], 'exact')).toBe(0);
    expect(found([name, ...script, 'one', 'two'], 'exact')).toBe(1);
    expect(found([name, ...script, 'one'], 'exact')).toBe(0);
    expect(found([name, ...script, 'one'], 'partial')).toBe(1);
    expect(found([name, ...script, 'on'], 'partial')).toBe(0);
    expect(found([name, ...script, 'on'], 'initial')).toBe(1);
    expect(found([name, ...script, 'two'], 'initial')).toBe(0);
    expect(found([name, ...script, 'one', 'two', 'three'], 'initial')).toBe(0);
    expect(found([name], 'partial')).toBe(1);
    // The kernel's name is the program's.
    expect(found([name], 'name')).toBe(0);
    expect(found(['bash'], 'name')).toBeGreaterThanOrEqual(1);
  });

  it.each(['/bin/sh', '/bin/bash'])('finds any words: %s', async (shell) => {
    for (const text of hostileTexts) {
      const child = await run(`${text}${process.pid}`, text, '');
      const argv = [`${text}${process.pid}`, '-c', 'read -r; exit', text, ''];
      expect([text, found(argv, 'exact', shell)]).toEqual([text, 1]);
      await end(child);
      expect([text, found(argv, 'exact', shell)]).toEqual([text, 0]);
    }
  });

  it('sets the attribute to 0 while enough run, and not too many', async () => {
    const parameters = {
      process: `kp2pcm-${process.pid}`,
      match: 'command',
      quorum: '2',
      quorum_max: '3',
    };
    stage.call('start', parameters);
    const children: ChildProcess[] = [];
    for (let count = 1; count <= 4; count++) {
      children.push(await run(parameters.process));
      stage.monitor(parameters);
    }
    for (const child of children) {
      await end(child);
      stage.monitor(parameters);
    }
    expect(stage.attributes()).toEqual(['1', '1', '0', '0', '1', '0', '0', '1', '1']);
  });

  it('waits after ends and forks as long as it is told, but not for the first process', async () => {
    const process_ = `kp2pcm-${process.pid}`;
    const parameters = { process: process_, match: 'command', terminate_delay: '0.4', fork_delay: '600' };
    stage.call('start', parameters);
    const child = await run(process_);
    stage.monitor(parameters);
    await end(child);
    stage.monitor(parameters);
    await sleep(500);
    stage.monitor(parameters);
    expect(stage.attributes()).toEqual(['1', '0', '0', '1']);
  });

  it('forgets a change that does not last', async () => {
    const process_ = `kp2pcm-${process.pid}`;
    const parameters = { process: process_, match: 'command', terminate_delay: '0.4' };
    const child = await run(process_);
    stage.call('start', parameters);
    await end(child);
    stage.monitor(parameters);
    const next = await run(process_);
    await sleep(500);
    stage.monitor(parameters);
    await end(next);
    stage.monitor(parameters);
    expect(stage.attributes()).toEqual(['0', '0', '0', '0']);
  });

  it('may want none to run', async () => {
    const parameters = { process: `kp2pcm-${process.pid}`, match: 'command', quorum: '0', quorum_max: '0' };
    stage.call('start', parameters);
    await run(parameters.process);
    stage.monitor(parameters);
    expect(stage.attributes()).toEqual(['0', '1']);
  });

  it('is not running before its start and after its stop, which deletes the attribute', () => {
    const parameters = { process: 'kp2pcm-no-such-process' };
    expect(stage.monitor(parameters).status).toBe(statuses.notRunning);
    stage.call('start', parameters);
    expect(stage.call('monitor', parameters).status).toBe(statuses.running);
    expect(stage.call('stop').status).toBe(0);
    expect(stage.monitor(parameters).status).toBe(statuses.notRunning);
    expect(stage.attributes()).toEqual(['1', 'gone']);
  });

  it.each([
    ['no process', { process: '' }],
    ['an open quote', { process: "'a" }],
    ['no name', { name: '' }],
    ['a comparison that it does not know', { match: 'fuzzy' }],
    ['a quorum that is no number', { quorum: '-1' }],
    ['a delay that is no number', { fork_delay: '1s' }],
  ])('refuses %s', (_, parameters) => {
    const { status, log } = stage.call('validate-all', { process: 'a', ...parameters });
    expect(status).toBe(statuses.notConfigured);
    expect(log).not.toBe('');
  });
});
