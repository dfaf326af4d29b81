import { describe, expect, it } from 'vitest';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { completePlan, layOutCommands } from '../../src/emit/commands.ts';
import { quoteWord } from '../../src/emit/quote.ts';
import { argvOf } from '../../src/emit/words.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { type PcsDialect, pcsDialects } from '../../src/translation.ts';
import { samplePlans } from './sample-plans.ts';

function bodyOf({ format: _, planId: __, commands: ___, ...body }: Plan) {
  return body;
}

const body = bodyOf(samplePlans['single file'] as Plan);
const lastOf = (pcs: PcsDialect) => completePlan(body, pcs).commands.at(-1)?.argv.slice(3);
const scriptFor = (pcs: PcsDialect) =>
  emitArtefacts(completePlan(body, pcs), ['migrate.sh'], pcs)[0]?.text ?? '';

describe('the commands for one version of pcs', () => {
  it('have a rule in words up to 0.11 and as one string for 0.12', () => {
    const head = ['VI_1', 'rule', 'id=VI_1-only-node2-rule', 'constraint-id=VI_1-only-node2', 'score=-20'];
    const words = ['kp_x', 'eq', '1', 'and', '#uname', 'eq', 'node2'];
    expect(lastOf('0.10')).toEqual([...head, ...words]);
    expect(lastOf('0.11')).toEqual([...head, ...words]);
    expect(lastOf('0.12')).toEqual([...head, words.join(' ')]);
  });

  it('keep an assumed name in its variable, also inside the string of a rule', () => {
    const rule = layOutCommands(body, '0.12').at(-1)?.words.at(-1);
    if (rule === undefined) throw new Error('no rule');
    expect(quoteWord(rule)).toBe(`'kp_x eq 1 and #uname eq '"$NODE2"`);
    expect(argvOf([rule])).toEqual(['kp_x eq 1 and #uname eq node2']);
  });

  it('call the switch of fencing stonith-enabled where no other name can be', () => {
    const names = pcsDialects.map((pcs) => {
      const words = layOutCommands(body, pcs).flatMap((command) => command.words);
      return words.find((word) => argvOf([word])[0] === 'stonith-enabled=false');
    });
    const variable = { variable: 'FENCING_PROPERTY', value: 'stonith-enabled', suffix: '=false' };
    expect(names).toEqual([variable, 'stonith-enabled=false', 'stonith-enabled=false', variable]);
  });

  it('belong to a plan whose scripts refuse another version', () => {
    expect(scriptFor('0.12')).toContain('in 0.12.*) ;; *) problem');
    expect(scriptFor('portable')).not.toContain('takes other commands');
  });

  it('make another plan only where they differ', () => {
    const ids = pcsDialects.map((pcs) => completePlan(body, pcs).planId);
    expect(ids[0]).toBe(completePlan(body).planId);
    expect(ids[3]).not.toBe(ids[0]);
  });
});
