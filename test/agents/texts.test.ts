import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type AgentName, agentText } from '../../templates/agents/index.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { AgentStage, agentFile } from './agent-stage.ts';

/** What an agent wants, for ocf-tester; the others have it in tests of their own. */
const parameters: Readonly<Partial<Record<AgentName, readonly string[]>>> = {
  'preempt-delay': ['name=kp_test', 'delay=60', 'addresses=192.0.2.1', 'watch=kp_link lt 1'],
  track: ['command=/bin/true', 'name=kp_test', 'user=root'],
  'track-file': ['file=/var/lib/kp2pcm-test', 'name=kp_test'],
  'track-process': ['process=init', 'name=kp_test'],
};
const names: readonly AgentName[] = [
  'address',
  'fifo',
  'notify',
  'preempt-delay',
  'route',
  'rule',
  'track',
  'track-file',
  'track-process',
  'vmac',
];

describe.each(names)('the text of ocf:kp2pcm:%s', (name) => {
  const agent = agentFile(name);

  it('is what plans carry', () => {
    expect(agentText[name]).toBe(readFileSync(agent, 'utf8'));
  });

  it.skipIf(!requireTool('shellcheck'))('passes ShellCheck', () => {
    execFileSync('shellcheck', [agent]);
  });

  it.skipIf(!requireTool('shfmt'))('is laid out as shfmt -i 2 -ci lays out', () => {
    expect(execFileSync('shfmt', ['-i', '2', '-ci', '-d', agent], { encoding: 'utf8' })).toBe('');
  });

  it.skipIf(!requireTool('xmllint'))('describes each parameter that it reads, in valid XML', () => {
    const metadata = execFileSync('/bin/sh', [agent, 'meta-data'], { encoding: 'utf8' });
    execFileSync('xmllint', ['--noout', '--nonet', '-'], { input: metadata });
    const described = [...metadata.matchAll(/<parameter name="(\w+)"/g)].map(([, parameter]) => parameter);
    const read = [...agentText[name].matchAll(/OCF_RESKEY_(\w+):-/g)].map(([, parameter]) => parameter);
    const own = read.filter((parameter) => !parameter?.startsWith('CRM_'));
    expect(described).toEqual(expect.arrayContaining(own));
  });

  it('has a help text', () => {
    expect(execFileSync('/bin/sh', [agent, 'help'], { encoding: 'utf8' })).toMatch(/^usage: /);
  });

  it.skipIf(!parameters[name] || !requireTool('ocf-tester') || !requireRoot('ocf-tester writes to /run'))(
    'passes ocf-tester',
    () => {
      const stage = new AgentStage(name, {});
      const options = (parameters[name] ?? []).flatMap((parameter) => ['-o', parameter]);
      const output = execFileSync('ocf-tester', ['-n', 'kp2pcm_test', ...options, agent], {
        encoding: 'utf8',
        env: { ...process.env, PATH: `${stage.folder}/bin:${process.env['PATH']}` },
        stdio: 'pipe',
      });
      stage.close();
      expect(output).toMatch(/passed all tests/);
    },
  );
});
