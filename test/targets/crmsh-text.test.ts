import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { completePlan } from '../../src/emit/commands.ts';
import { isCrmshText } from '../../src/emit/crmsh-text.ts';
import { emitTarget } from '../../src/emit/target.ts';
import type { Plan, Primitive } from '../../src/pacemaker/plan.ts';
import { hostileTexts, samplePlans } from '../emit/sample-plans.ts';
import { requireTool } from '../tools.ts';
import { contentOfCib } from './cib-content.ts';
import { Machine } from './machine.ts';

const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-crmsh-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nasty = fc
  .array(fc.constantFrom(...'\'"\\$`<>&;#-!={}()é日\u00a0 \t\n-a'), { maxLength: 12 })
  .map((characters) => characters.join(''));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), nasty, fc.constantFrom(...hostileTexts));

/** A plan with these texts as parameters and as comments. */
function planWith(texts: readonly string[]): Plan {
  const { format: _, planId: __, commands: ___, ...body } = samplePlans['pair'] as Plan;
  const origin = body.cluster.origins.name;
  const resources = texts.map(
    (text, index): Primitive => ({
      kind: 'primitive',
      id: `p${index}`,
      agent: 'ocf:heartbeat:IPaddr2',
      attributes: { ip: `192.0.2.${index + 1}`, iflabel: text },
      operations: [{ name: 'monitor', options: { interval: '10s', timeout: '20s' } }],
      meta: {},
      origin: { ...origin, why: text },
    }),
  );
  return completePlan({ ...body, resources, constraints: [] });
}

describe.skipIf(!['crm', 'cibadmin', 'crm_verify'].every(requireTool))('crmsh', () => {
  it('keeps every value that is written for it, beside every comment', () => {
    const machine = new Machine(folder);
    fc.assert(
      fc.property(fc.array(anyText.filter(isCrmshText), { minLength: 40, maxLength: 40 }), (texts) => {
        const { value = '' } = emitTarget(planWith(texts), 'configure.crm');
        const reached = contentOfCib(machine.reachWithCrmsh(value)).resources as readonly Primitive[];
        const kept = new Map(reached.map(({ id, attributes }) => [id, attributes['iflabel']]));
        expect(texts.map((_, index) => kept.get(`p${index}`))).toEqual(texts);
      }),
      { numRuns: 5 },
    );
  });
});

describe('what a target cannot hold', () => {
  it.each([
    ['configure.crm', 'a\tb'],
    ['configure.crm', 'ends with \\'],
    ['configure.crm', 'say \\"hello\\"'],
    ['configure.crm', '"déjà"'],
    ['cib.xml', 'bell \u0007'],
    ['ha_cluster.yml', 'bell \u0007'],
  ] as const)('is refused with its place, and nothing is written: %s, %j', (target, text) => {
    const { value, diagnostics } = emitTarget(planWith(['harmless', text]), target);
    expect(value).toBeUndefined();
    expect(diagnostics.map(({ code, severity, summary }) => ({ code, severity, summary }))).toEqual([
      { code: 'KP320', severity: 'error', summary: `${target} cannot hold iflabel of p1` },
    ]);
  });
});
