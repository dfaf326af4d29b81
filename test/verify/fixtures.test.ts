import { describe, expect, it } from 'vitest';
import { subjects, translationOf } from '../laws/subjects.ts';
import { requireTool } from '../tools.ts';
import { playScenarios, someScenarios, subjectOf, unannounced } from './play.ts';

const ready = ['crm_simulate', 'cibadmin'].every(requireTool);

/** Enough to reach every rule of a plan; `npm run verify:fixtures` plays all. */
const scenariosEach = 24;

const cases = subjects
  .filter(({ name }) => !/^(?:single|multi)\//.test(name))
  .flatMap((subject) => {
    const found = subjectOf(translationOf(subject));
    return found ? [[subject.name, found] as const] : [];
  });

describe.skipIf(!ready)(
  'the holder in crm_simulate is the one that Keepalived elects, or a message says why not',
  () => {
    it.each(cases)(
      '%s',
      async (_name, subject) => {
        const report = await playScenarios(subject, someScenarios(subject, scenariosEach));
        expect(unannounced(report)).toBe('');
        expect(report.compared).toBeGreaterThan(scenariosEach);
      },
      300_000,
    );
  },
);
