import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { adjustmentOf } from '../../src/keepalived/election/effective-priority.ts';
import { joinArguments } from '../../src/pacemaker/script-arguments.ts';
import { hostileTexts } from '../emit/sample-plans.ts';
import { AgentStage, statuses } from './agent-stage.ts';

let stage: AgentStage;
let file = '';

beforeEach(() => {
  stage = new AgentStage('track-file', { name: 'kp_test' });
  file = join(stage.folder, 'drain');
});
afterEach(() => stage.close());

const start = (parameters = {}) => stage.call('start', { file, ...parameters });
const monitor = (parameters = {}, shell?: string) => stage.monitor({ file, ...parameters }, shell);
const write = (text: string) => writeFileSync(file, text);

/** What is in a file, and the value that strtol and Keepalived make of it; undefined: not used. */
const contents: readonly (readonly [string, number | undefined])[] = [
  ['20\n', 20],
  ['-20', -20],
  ['+7', 7],
  [' \t\n 9 and more', 9],
  ['0x1F', 31],
  ['-0X10', -16],
  ['0x', 0],
  ['010', 8],
  ['09', 0],
  ['000000000000000000005', 5],
  ['', 0],
  ['\n', 0],
  ['drain', 0],
  ['- 5', 0],
  ['--5', 0],
  ['1e3', 1],
  ['7\x009', 7],
  [`${' '.repeat(126)}12`, 1],
  ['2147483648', 2147483648],
  ['-2147483648', -2147483648],
  ['2147483649', undefined],
  ['-2147483649', undefined],
  ['0xFFFFFFFFF', undefined],
  ['99999999999999999999999', undefined],
];

describe('the agent ocf:kp2pcm:track-file', () => {
  it.each(['/bin/sh', '/bin/bash'])('reads a file as Keepalived does: %s', (shell) => {
    write('33');
    stage.call('start', { file }, shell);
    let before = 33;
    for (const [text, value] of contents) {
      write(text);
      const { status } = monitor({}, shell);
      expect([text, status]).toEqual([text, statuses.running]);
      before = value ?? before;
      expect([text, stage.attributes().at(-1)]).toEqual([text, shown(before, 1, false)]);
    }
  });

  it.each([
    [1, false],
    [-1, false],
    [2, true],
    [-254, false],
    [0, false],
    [0, true],
  ])('writes what the value does to a priority: weight %i, reverse %s', (weight, reverse) => {
    const parameters = { weight: `${weight}`, ...(reverse && { reverse: 'true' }) };
    const values = [0, 1, -1, 20, -127, 127, 253, 254, -253, -254, 255, 100000];
    write('0');
    start(parameters);
    for (const value of values) {
      write(`${value}\n`);
      monitor(parameters);
    }
    expect(stage.attributes().slice(1)).toEqual(values.map((value) => shown(value, weight, reverse)));
  });

  it('takes a file that is not there, or not plain, as 0, and one that comes at its value', () => {
    start();
    write('5');
    monitor();
    rmSync(file);
    monitor();
    mkdirSync(file);
    monitor();
    expect(stage.attributes()).toEqual(['0', '5', '0', '0']);
  });

  it('says once that it does not use a number', () => {
    write('99999999999');
    expect(start().log).toMatch(/beyond 32 bits/);
    expect(monitor().log).toBe('');
    write('1');
    expect(monitor().log).toMatch(/says 1/);
  });

  it('tracks nothing while the folder is not there, as Keepalived does, and begins when it comes', () => {
    const folder = join(stage.folder, 'later');
    file = join(folder, 'drain');
    expect(start().status).toBe(statuses.running);
    expect(monitor().status).toBe(statuses.running);
    expect(stage.attributes()).toEqual(['gone']);
    mkdirSync(folder);
    write('3');
    monitor();
    rmSync(folder, { recursive: true });
    monitor();
    expect(stage.attributes()).toEqual(['gone', '3', '0']);
  });

  it('writes the first value where there is no file, or over it, and into nothing that is not a plain file', () => {
    start({ init: '-12' });
    expect(readFileSync(file, 'utf8')).toBe('-12\n');
    write('5\n');
    start({ init: '-12' });
    start({ init: '0', overwrite: 'true' });
    expect(readFileSync(file, 'utf8')).toBe('0\n');
    expect(stage.attributes()).toEqual(['-12', '5', '0']);
    rmSync(file);
    mkdirSync(file);
    expect(start({ init: '4', overwrite: 'true' }).log).toMatch(/not a plain file/);
  });

  it('follows no link when it writes', () => {
    const other = join(stage.folder, 'other');
    symlinkSync(other, file);
    start({ init: '4' });
    expect(existsSync(other)).toBe(false);
    expect(readFileSync(file, 'utf8')).toBe('4\n');
  });

  it.each(['/bin/sh', '/bin/bash'])('finds files of any name: %s', (shell) => {
    for (const [place, text] of hostileTexts.entries()) {
      const path = join(stage.folder, text.replaceAll('/', '_'));
      writeFileSync(path, `${place + 1}`);
      stage.call('start', { file: joinArguments([path]) }, shell);
    }
    expect(stage.attributes()).toEqual(hostileTexts.map((_, place) => `${place + 1}`));
    expect(existsSync('/tmp/kp2pcm-injected')).toBe(false);
  });

  it('is not running before its start and after its stop, which deletes the attribute', () => {
    expect(monitor().status).toBe(statuses.notRunning);
    start();
    expect(stage.call('monitor', { file }).status).toBe(statuses.running);
    expect(stage.call('stop').status).toBe(0);
    expect(monitor().status).toBe(statuses.notRunning);
    expect(stage.attributes()).toEqual(['0', 'gone']);
    expect(stage.call('stop', { file: "'", name: '; rm' }).status).toBe(0);
  });

  it.each([
    ['no file', { file: '' }],
    ['two words for a file', { file: '/a /b' }],
    ['an open quote', { file: "'/a" }],
    ['no name', { name: '' }],
    ['a weight beyond', { weight: '255' }],
    ['a weight that is no number', { weight: 'x' }],
    ['a reverse that is neither', { reverse: 'maybe' }],
    ['a first value that is no number', { init: 'x' }],
  ])('refuses %s', (_, parameters) => {
    const { status, log } = stage.call('validate-all', { file: '/a', ...parameters });
    expect(status).toBe(statuses.notConfigured);
    expect(log).not.toBe('');
    expect(stage.call('validate-all', { file: '/a' })).toEqual({ status: 0, log: '' });
  });
});

/** What the election makes of a value, as the agent writes it. */
function shown(value: number, weight: number, reverse: boolean): string {
  const adjustment = adjustmentOf({ kind: 'file', weight, reverse }, value);
  return adjustment === 'fault' ? '-INFINITY' : `${adjustment}`;
}
