import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { agentPath } from '../../templates/agents/index.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { contentOfCib, contentOfPlan } from './cib-of-plan.ts';
import { samplePlans } from './sample-plans.ts';

const ready =
  ['pcs', 'cibadmin', 'crm_verify'].every(requireTool) &&
  requireRoot('pcs must find the agent that a plan ships');

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-replay-'));
const agent = agentPath('track');
const made = [dirname(agent), agent].find((path) => !existsSync(path));

beforeAll(() => {
  if (!ready || existsSync(agent)) return;
  mkdirSync(dirname(agent), { recursive: true });
  cpSync(new URL('../../templates/agents/track', import.meta.url), agent);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  if (ready && made !== undefined) rmSync(made, { recursive: true, force: true });
});

/** Runs the plan's commands of the step `configure` on an empty CIB. */
function replay(plan: Plan, name: string): string {
  const file = join(folder, `${name.replaceAll(/\W/g, '-')}.xml`);
  writeFileSync(file, execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' }));
  for (const { argv } of plan.commands.filter(({ step }) => step === 'configure')) {
    const [program = '', ...words] = argv;
    execFileSync(program, ['-f', file, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  }
  return file;
}

describe.skipIf(!ready)('the commands of the step configure, run by pcs on an empty CIB', () => {
  it.each(Object.entries(samplePlans))('give the resources and constraints of the plan: %s', (name, plan) => {
    const file = replay(plan, name);
    expect(contentOfCib(readFileSync(file, 'utf8'), plan)).toEqual(contentOfPlan(plan));
    execFileSync('crm_verify', ['--xml-file', file]);
  });
});
