import type { Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import { translatedCases, translationInput } from '../fixtures.ts';

/** The plan of every fixture that is translated, by the fixture's name. */
export const fixturePlans: ReadonlyMap<string, Plan> = new Map(
  translatedCases.map((fixture) => {
    const { plan } = translate(translationInput(fixture));
    if (!plan) throw new Error(`${fixture.name} is not translated`);
    return [fixture.name, plan];
  }),
);

/** The plan of one fixture. */
export function planOf(name: string): Plan {
  const plan = fixturePlans.get(name);
  if (!plan) throw new Error(`there is no fixture ${name}`);
  return plan;
}
