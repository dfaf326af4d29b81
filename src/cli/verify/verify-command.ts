import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { Comparison, type VerificationSubject } from '../../verify/compare.ts';
import { verifyFindings } from '../../verify/findings.ts';
import { renderVerification } from '../../verify/render.ts';
import { reportOf, type ToolVersions } from '../../verify/report.ts';
import { chooseScenarios } from '../../verify/scenarios.ts';
import { type CliIo, exitCodes } from '../cli-io.ts';
import { type CommandResult, wrongUse } from '../command-result.ts';
import type { VerifyInvocation } from '../invocation.ts';
import type { Session } from '../session.ts';
import { refusalOf, translateFiles } from '../translate-files.ts';
import { CrmSimulation } from './crm-simulation.ts';
import { buildCib } from './pcs-cib.ts';
import { ProgramFailed, programRunner, type RunProgram } from './run-program.ts';

/** The programs that are run, and the Debian package of each. */
const programs = { pcs: 'pcs', crm_simulate: 'pacemaker-cli-utils' } as const;

/** A common pair is through with them in well under a minute. */
const usualScenarios = 400;
/** So that a large cluster, with more pairs of events than that, ends within minutes. */
const mostScenarios = 2000;

/** `kp2pcm verify FILES…`: does Pacemaker, configured so, hold the addresses where Keepalived does? */
export async function runVerify(invocation: VerifyInvocation, session: Session): Promise<CommandResult> {
  const { files, wishes } = invocation;
  const translated = await translateFiles({ words: files, wishes }, session);
  if (translated.kind === 'wrong' || !translated.translation.plan) {
    return refusalOf(translated) ?? { exitCode: exitCodes.bug, output: '', diagnostics: [] };
  }
  const { translation } = translated;
  const { plan, elections = [], diagnostics } = { ...translation, plan: translated.translation.plan };
  const unknown = plan.nodes.filter(({ file }) => file === undefined);
  if (unknown.length > 0) {
    const summary = `nothing is known of ${unknown.map(({ name }) => name).join(', ')}`;
    return wrongUse(verifyFindings.peersNotKnown, { summary, help: 'give the files of all nodes' });
  }
  try {
    return await verify({ plan, elections, diagnostics }, invocation, session.io);
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error;
    return failure(error);
  }
}

async function verify(
  subject: VerificationSubject,
  { scenarios: count, seed, format }: VerifyInvocation,
  io: CliIo,
): Promise<CommandResult> {
  const run = programRunner(io.env);
  const tools = await toolVersions(run);
  const show = progressOn(io);
  const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-verify-'));
  try {
    const file = join(folder, 'cib.xml');
    const missing = await buildCib(subject.plan, file, run, (done, all) =>
      show(`pcs: command ${done + 1} of ${all}`),
    );
    const scheduler = new CrmSimulation(readFileSync(file, 'utf8'), subject, { run, folder });
    const comparison = new Comparison(subject, scheduler);
    const wishes = { count: count ?? usualScenarios, most: count ?? mostScenarios, seed };
    const { scenarios, pairsLeftOut } = chooseScenarios(subject.elections, wishes);
    await comparison.playMinority();
    await comparison.playAll(scenarios, availableParallelism(), (played) =>
      show(`crm_simulate: scenario ${played} of ${scenarios.length}`),
    );
    const result = reportOf(comparison.result(), { seed, tools, pairsLeftOut });
    return {
      exitCode: result.agrees ? exitCodes.done : exitCodes.different,
      output: renderVerification(result, format),
      diagnostics: [...new Set(missing)].map(notHere),
    };
  } finally {
    show('');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Said at once, before anything is done: which programs answer, and in which version. */
async function toolVersions(run: RunProgram): Promise<ToolVersions> {
  const [pcs, pacemaker] = await Promise.all(
    Object.keys(programs).map(async (program) => {
      // crm_simulate 2.0.5 tells its version and ends with an error.
      const said = await run(program, ['--version']).catch((error: unknown) => {
        if (error instanceof ProgramFailed && !error.isMissing) return error.message;
        throw error;
      });
      return /\d+(?:\.\d+)+/.exec(said)?.[0] ?? said.trim();
    }),
  );
  return { pcs: pcs ?? '', Pacemaker: pacemaker ?? '' };
}

function notHere(agent: string): Diagnostic {
  return report(verifyFindings.agentMissing, {
    summary: `${agent} is not installed here, and was taken unseen`,
    help: 'see that it is on every node; migrate.sh asks for it',
  });
}

function failure({ message, isMissing }: ProgramFailed): CommandResult {
  const [program = ''] = message.split(/[ :]/);
  if (!isMissing) {
    return { ...wrongUse(verifyFindings.toolFailed, { summary: message }), exitCode: exitCodes.toolMissing };
  }
  const diagnostic = report(verifyFindings.toolMissing, {
    summary: `${program} is not installed`,
    help: `apt-get install ${[...new Set(Object.values(programs))].join(' ')} resource-agents (Debian, Ubuntu) or dnf install pcs pacemaker-cli resource-agents (Fedora, RHEL)`,
  });
  return { exitCode: exitCodes.toolMissing, output: '', diagnostics: [diagnostic] };
}

/** One line on a terminal that is written anew; an empty one takes it away. Nothing elsewhere. */
function progressOn({ stderr }: CliIo): (line: string) => void {
  if (!stderr.isTTY) return () => {};
  return (line) => stderr.write(`\r\u001b[K${line}`);
}
