import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { agentText } from '../../templates/agents/index.ts';
import { requireRoot, requireTool } from '../tools.ts';

const agent = fileURLToPath(new URL('../../templates/agents/notify', import.meta.url));

describe('the text of ocf:kp2pcm:notify', () => {
  it('is what plans carry', () => {
    expect(agentText.notify).toBe(readFileSync(agent, 'utf8'));
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
    const described = [...metadata.matchAll(/<parameter name="(\w+)"/g)].map(([, name]) => name);
    const lists = [...agentText.notify.matchAll(/^(?:scripts='|words="(?:\$words)?)([\w $]+)/gm)];
    const stored = lists.flatMap(([, names = '']) => names.split(' ')).filter((name) => /^\w+$/.test(name));
    expect(new Set(described)).toEqual(new Set(['tell', 'type', ...stored]));
  });

  it.skipIf(!requireTool('ocf-tester') || !requireRoot('ocf-tester writes to /run'))(
    'passes ocf-tester',
    () => {
      for (const parameters of [['name=VI_1', 'notify=/bin/true', 'user=root'], ['tell=kp2pcm_other']]) {
        const output = execFileSync(
          'ocf-tester',
          ['-n', 'kp2pcm_test', ...parameters.flatMap((parameter) => ['-o', parameter]), agent],
          {
            encoding: 'utf8',
            stdio: 'pipe',
          },
        );
        expect(output).toMatch(/passed all tests/);
      }
      for (const id of ['kp2pcm_test', 'kp2pcm_other'])
        rmSync(`/run/resource-agents/kp2pcm-notify/${id}`, { recursive: true, force: true });
    },
  );
});
