import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AgentStage, statuses } from './agent-stage.ts';

let stage: AgentStage;

/** Answers questions for attributes from files, as attrd_updater prints them, and notes what it is told. */
const attributeDaemon = (folder: string) => `#!/bin/sh
if [ "$1" = -Q ]; then
  [ -f "${folder}/daemon/$3" ] || exit 105
  printf 'name="%s" host="lb1" value="%s"\\n' "$3" "$(cat "${folder}/daemon/$3")"
else
  echo "$*" >>${folder}/attributes
fi
`;

beforeEach(() => {
  stage = new AgentStage('preempt-delay', {
    name: 'kp_test',
    delay: '60',
    addresses: '192.0.2.1 2001:db8::1',
    watch: 'kp_link lt 1 kp_check eq 1',
  });
  mkdirSync(join(stage.folder, 'daemon'));
  stage.program('bin/attrd_updater', attributeDaemon(stage.folder));
  // The last word is the address that is asked for.
  stage.program(
    'bin/ip',
    `#!/bin/sh\nfor address; do :; done\n[ ! -f "${stage.folder}/has $address" ] || echo "2: eth0 inet $address/24"\n`,
  );
});
afterEach(() => stage.close());

const isTold = (attribute: string, value: string) =>
  writeFileSync(join(stage.folder, 'daemon', attribute), value);
const gets = (address: string) => writeFileSync(join(stage.folder, `has ${address}`), '');
const loses = (address: string) => rmSync(join(stage.folder, `has ${address}`));

/** As if the node had been waiting for so long. */
function hasWaited(seconds: number): void {
  const state = join(stage.folder, 'state', 'preempt-delay-agent.state');
  expect(existsSync(state)).toBe(true);
  const [uptime = ''] = readFileSync('/proc/uptime', 'utf8').split('.');
  writeFileSync(state, `${Number(uptime) - seconds} 1\n`);
}

describe('the agent ocf:kp2pcm:preempt-delay', () => {
  it.each(['/bin/sh', '/bin/bash'])('waits from its start until the delay has passed: %s', (shell) => {
    expect(stage.call('start', {}, shell)).toMatchObject({
      status: 0,
      log: expect.stringContaining('waits for 60 s'),
    });
    stage.monitor({}, shell);
    hasWaited(58);
    expect(stage.monitor({}, shell)).toEqual({ status: statuses.running, log: '' });
    hasWaited(60);
    expect(stage.monitor({}, shell).log).toMatch(/waits no longer/);
    stage.monitor({}, shell);
    expect(stage.attributes()).toEqual(['1', '1', '1', '0', '0']);
  });

  it('does not wait without a delay', () => {
    stage.call('start', { delay: '0' });
    expect(stage.attributes()).toEqual(['0']);
  });

  it.each(['192.0.2.1', '2001:db8::1'])('does not wait where the node holds %s already', (address) => {
    gets(address);
    stage.call('start');
    expect(stage.attributes()).toEqual(['0']);
  });

  it('waits no longer when the node gets an address, also after that has gone again', () => {
    stage.call('start');
    gets('192.0.2.1');
    stage.monitor();
    loses('192.0.2.1');
    stage.monitor();
    expect(stage.attributes()).toEqual(['1', '0', '0']);
  });

  it('begins anew while something forbids the node, and again waits for the whole delay', () => {
    isTold('kp_link', '1');
    isTold('kp_check', '0');
    stage.call('start');
    hasWaited(60);
    stage.monitor();
    isTold('kp_link', '0');
    stage.monitor();
    isTold('kp_link', '1');
    stage.monitor();
    hasWaited(60);
    stage.monitor();
    isTold('kp_check', '1');
    stage.monitor();
    expect(stage.attributes()).toEqual(['1', '0', '1', '1', '0', '1']);
  });

  it('also where the node still holds an address, which it is about to lose', () => {
    gets('192.0.2.1');
    stage.call('start');
    isTold('kp_check', '1');
    stage.monitor();
    loses('192.0.2.1');
    isTold('kp_check', '0');
    stage.monitor();
    expect(stage.attributes()).toEqual(['0', '1', '1']);
  });

  it('is not running before its start and after its stop, which deletes the attribute', () => {
    expect(stage.monitor().status).toBe(statuses.notRunning);
    stage.call('start');
    expect(stage.call('monitor').status).toBe(statuses.running);
    expect(stage.call('stop').status).toBe(0);
    expect(stage.monitor().status).toBe(statuses.notRunning);
    expect(stage.attributes()).toEqual(['1', 'gone']);
    expect(stage.call('stop', { addresses: '; rm', name: '; rm', watch: '*' }).status).toBe(0);
  });

  it('leaves the attribute of a node that holds an address, so that its own restart moves nothing', () => {
    gets('192.0.2.1');
    stage.call('start');
    stage.call('stop');
    stage.call('start');
    expect(stage.attributes()).toEqual(['0', '0']);
  });

  it.each([
    ['no name', { name: '' }],
    ['a delay that is no number', { delay: '6s' }],
    ['addresses that are none', { addresses: '192.0.2.1/24' }],
    ['half a comparison', { watch: 'kp_link lt' }],
    ['a comparison that it does not know', { watch: 'kp_link ne 1' }],
    ['a limit that is no number', { watch: 'kp_link lt x' }],
  ])('refuses %s', (_, parameters) => {
    const { status, log } = stage.call('validate-all', parameters);
    expect(status).toBe(statuses.notConfigured);
    expect(log).not.toBe('');
    expect(stage.call('validate-all')).toEqual({ status: 0, log: '' });
  });
});
