import { isDeepStrictEqual } from 'node:util';
import { emitTarget } from '../../src/emit/target.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translate } from '../../src/translate.ts';
import type { PcsDialect, TargetName } from '../../src/translation.ts';
import { translatedCases, translationInput } from '../fixtures.ts';
import { contentOfCib, contentOfPlan } from '../targets/cib-content.ts';
import type { Machine } from '../targets/machine.ts';
import type { Release } from './releases.ts';

interface Subject {
  readonly name: string;
  readonly plan: Plan;
  /** The same with the commands in the release's own spelling. */
  readonly own: Plan;
}

/** A way from a plan to a CIB, and how often it led there. */
interface Way {
  readonly name: string;
  readonly walk: (subject: Subject) => string | undefined;
}

/**
 * Prints a line for each way and each plan that is missed, and returns how many are.
 *
 * @param only fixtures whose name has this in it; empty: all
 */
export function replayRelease(
  machine: Machine,
  release: Release,
  only: string,
  print: (line: string) => void,
): number {
  const chosen = translatedCases.filter(({ name }) => name.includes(only));
  const subjects = chosen.map((fixture): Subject => {
    const input = translationInput(fixture);
    const planFor = (pcs: PcsDialect): Plan => {
      const { plan } = translate({ ...input, options: { ...input.options, pcs } });
      if (!plan) throw new Error(`${fixture.name} is not translated`);
      return plan;
    };
    return { name: fixture.name, plan: planFor('portable'), own: planFor(release.pcs) };
  });
  const remove = machine.install(subjects.flatMap(({ plan }) => plan.files));
  try {
    const version = (program: string, ...words: string[]) => machine.run([program, ...words]).split('\n')[0];
    print(
      `${release.name}: pcs ${version('pcs', '--version')}, ${version('crm', '--version')}, ${version('crm_verify', '--version')}`,
    );
    return waysOf(machine).reduce((missed, way) => missed + walkAll(way, subjects, print), 0);
  } finally {
    remove();
  }
}

function waysOf(machine: Machine): Way[] {
  const target =
    (name: TargetName, reach: (text: string) => string): Way['walk'] =>
    ({ plan }) => {
      const { value } = emitTarget(plan, name);
      return value === undefined ? undefined : reach(value);
    };
  return [
    { name: 'pcs, portable', walk: ({ plan }) => machine.reachWithPcs(plan).cib },
    {
      name: 'pcs, its own spelling, nothing deprecated',
      walk({ own }) {
        const { cib, said } = machine.reachWithPcs(own);
        const warnings = said.split('\n').filter(isOfTheCommand);
        if (warnings.length > 0) throw new Error([...new Set(warnings)].join('\n'));
        return cib;
      },
    },
    { name: 'crmsh', walk: target('configure.crm', (text) => machine.reachWithCrmsh(text)) },
    { name: 'cib.xml', walk: target('cib.xml', (text) => machine.accept(text)) },
  ];
}

/** What pcs says of the commands, not of a root in which no cluster and no interface of the plan is. */
function isOfTheCommand(line: string): boolean {
  return /deprecat/i.test(line);
}

function walkAll({ name, walk }: Way, subjects: readonly Subject[], print: (line: string) => void): number {
  const missed: string[] = [];
  let refused = 0;
  for (const subject of subjects) {
    try {
      const cib = walk(subject);
      if (cib === undefined) refused++;
      else if (!isDeepStrictEqual(contentOfCib(cib), contentOfPlan(subject.plan)))
        missed.push(`${subject.name}: another configuration`);
    } catch (error) {
      missed.push(`${subject.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  const reached = subjects.length - missed.length - refused;
  print(
    `  ${name}: ${reached} of ${subjects.length} reached${refused > 0 ? `, ${refused} not written` : ''}`,
  );
  for (const line of missed) print(`    ${line.replaceAll('\n', '\n      ')}`);
  return missed.length;
}
