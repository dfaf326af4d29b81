import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { CrmSimulation } from '../../src/cli/verify/crm-simulation.ts';
import { programRunner } from '../../src/cli/verify/run-program.ts';
import { configurationXml } from '../../src/emit/cib.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import type { Translation } from '../../src/translation.ts';
import { Comparison, type VerificationSubject } from '../../src/verify/compare.ts';
import { renderVerification } from '../../src/verify/render.ts';
import { reportOf, type VerificationReport } from '../../src/verify/report.ts';
import { chooseScenarios, type Scenario } from '../../src/verify/scenarios.ts';

/** Everything of a translation that a verification needs; undefined where it knows too little of the nodes. */
export function subjectOf({ plan, elections, diagnostics }: Translation): VerificationSubject | undefined {
  if (!plan || !elections || plan.nodes.some(({ file }) => file === undefined)) return undefined;
  return { plan, elections, diagnostics };
}

/** So many of the usual scenarios: simple ones and random ones, taken at equal distances. */
export function someScenarios({ elections }: VerificationSubject, count: number, seed = 1): Scenario[] {
  const simple = chooseScenarios(elections, { count: 0, seed }).scenarios;
  const all = chooseScenarios(elections, { count: simple.length + Math.ceil(count / 4), seed });
  const random = all.scenarios.slice(simple.length);
  const step = Math.max(1, simple.length / (count - random.length));
  return [
    ...simple.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step)),
    ...random,
  ];
}

/**
 * What `kp2pcm verify` does, with the CIB that a test holds to be pcs's own instead of pcs.
 *
 * @param tested another plan than the subject's own, to see what becomes of a mistake
 */
export async function playScenarios(
  subject: VerificationSubject,
  scenarios: readonly Scenario[],
  tested: Plan = subject.plan,
): Promise<VerificationReport> {
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-verify-'));
  try {
    const empty = execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' });
    const cib = empty.replace(/<configuration>[\s\S]*<\/configuration>/, () =>
      configurationXml(tested).join('\n'),
    );
    const scheduler = new CrmSimulation(cib, subject, { run: programRunner(process.env), folder });
    const comparison = new Comparison(subject, scheduler);
    await comparison.playMinority();
    await comparison.playAll(scenarios, availableParallelism());
    return reportOf(comparison.result(), { seed: 1, tools: {}, pairsLeftOut: 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The differences that nothing announces, as the command would tell them. */
export function unannounced(report: VerificationReport): string {
  const differences = report.differences.filter(({ announced }) => !announced);
  return differences.length === 0 ? '' : renderVerification({ ...report, differences }, 'text');
}
