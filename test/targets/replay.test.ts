import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emitTarget } from '../../src/emit/target.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { samplePlans } from '../emit/sample-plans.ts';
import { fixtureSubjects, translationOf } from '../laws/subjects.ts';
import { requireRoot, requireTool } from '../tools.ts';
import { contentOfCib, contentOfPlan } from './cib-content.ts';
import { Machine } from './machine.ts';

const ready =
  ['pcs', 'crm', 'cibadmin', 'crm_verify'].every(requireTool) &&
  requireRoot('pcs must find the agent that a plan ships');

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-replay-'));
const machine = new Machine(folder);

const plans: readonly (readonly [string, Plan])[] = [
  ...Object.entries(samplePlans).map(([name, plan]) => [`sample ${name}`, plan] as const),
  ...fixtureSubjects.flatMap((subject) => {
    const { plan } = translationOf(subject);
    return plan ? [[subject.name, plan] as const] : [];
  }),
];

let remove = () => {};
beforeAll(() => {
  if (ready) remove = machine.install(plans.flatMap(([, { files }]) => files));
});

afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
});

function written(plan: Plan, name: 'cib.xml' | 'configure.crm'): string {
  const { value } = emitTarget(plan, name);
  if (value === undefined) throw new Error(`${name} is not written`);
  return value;
}

/** What crmsh cannot hold is refused, which its own test holds. */
const forCrmsh = plans.filter(([, plan]) => emitTarget(plan, 'configure.crm').value !== undefined);

describe.skipIf(!ready)('the configuration of the plan is reached', () => {
  it.each(plans)('by the commands, run by pcs on an empty CIB: %s', (_, plan) => {
    expect(contentOfCib(machine.reachWithPcs(plan).cib)).toEqual(contentOfPlan(plan));
  });

  it.each(plans)('by cib.xml: %s', (_, plan) => {
    expect(contentOfCib(machine.accept(written(plan, 'cib.xml')))).toEqual(contentOfPlan(plan));
  });

  it.each(forCrmsh)('by configure.crm, loaded by crmsh: %s', (_, plan) => {
    expect(contentOfCib(machine.reachWithCrmsh(written(plan, 'configure.crm')))).toEqual(contentOfPlan(plan));
  });

  it('by crmsh for nearly all fixtures', () => {
    expect(plans.filter((entry) => !forCrmsh.includes(entry)).map(([name]) => name)).toEqual([]);
  });
});
