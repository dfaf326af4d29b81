import { visibleLine } from '../diagnostics/visible-text.ts';
import type { Plan, PlanInstance, Primitive } from '../pacemaker/plan.ts';
import { fatesInWords, groupFates, placesInWords, untoldManualFates } from './report-fates.ts';
import { quorumStory } from './report-quorum.ts';
import { wrapText } from './wrap-text.ts';

/** A heading with what is to be known before the script is run. */
export interface HeadStatement {
  readonly heading: string;
  readonly lines: readonly string[];
}

/** What stands above the code of migrate.sh about its plan; every text is one line of a comment. */
export interface ScriptHead {
  /** Nodes × groups. */
  readonly table: readonly string[];
  readonly statements: readonly HeadStatement[];
  readonly counts: string;
  /** What differs or is left to do: a list of notices, each with its lines. */
  readonly notices: readonly (readonly string[])[];
}

const width = 112;

export function headOf(plan: Plan): ScriptHead {
  return {
    table: [...tableOf(plan), ...addressLines(plan)].map(visibleLine),
    statements: [fencingStatement(plan), quorumStatement(plan), failoverStatement(plan)],
    counts: fatesInWords(plan),
    notices: noticesOf(plan),
  };
}

const fencing =
  'no device is configured, as Keepalived had none. A node that is silent is taken for dead, and an address whose stop fails moves nowhere.';

/** Said in the head, in the log and by check.sh: nobody shall find out in a bad night. */
export const fencingLine = `FENCING IS OFF: ${fencing}`;

export function fenceDevices({ resources }: Plan): Primitive[] {
  return resources.flatMap((resource) =>
    resource.kind === 'primitive' && resource.agent.startsWith('stonith:') ? [resource] : [],
  );
}

function fencingStatement(plan: Plan): HeadStatement {
  if (plan.cluster.fencing === 'none') return statement('FENCING IS OFF', fencing);
  const devices = fenceDevices(plan).map(({ id, origin }) => `${id} ${origin.why}`);
  return statement(
    'FENCING IS ON',
    `a node that falls silent is cut off before anything of it starts elsewhere. ${devices.join('. ')}.`,
  );
}

function quorumStatement({ cluster, nodes }: Plan): HeadStatement {
  const { partition, loneBoot } = quorumStory(cluster, nodes.length);
  return statement('QUORUM', `no-quorum-policy=${cluster.quorumPolicy}. ${partition} ${loneBoot}`);
}

function failoverStatement({ cluster, instances }: Plan): HeadStatement {
  const before = Math.max(0, ...instances.map(({ failoverMs }) => failoverMs));
  return statement(
    'FAILOVER',
    `About ${seconds(cluster.failoverMs)} s after a node falls silent its addresses are up on another one ` +
      `(token ${cluster.tokenMs} ms); Keepalived took up to ${seconds(before)} s.`,
  );
}

function statement(heading: string, text: string): HeadStatement {
  return { heading, lines: wrapText(visibleLine(text), width) };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1);
}

function tableOf({ nodes, instances }: Plan): string[] {
  const rows = instances.map((instance) => [
    instance.group,
    ...nodes.map(({ name }) => `${scoreOf(instance, name) ?? '-'}`),
    instance.preempts ? 'goes back to the best node' : 'stays where it is',
  ]);
  const all = [['group', ...nodes.map(({ name }) => name), ''], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** The score of an instance's group on a node; undefined where it never runs. */
export function scoreOf({ nodes }: PlanInstance, name: string): number | undefined {
  return nodes.find(({ node }) => node === name)?.score;
}

function addressLines({ instances }: Plan): string[] {
  return instances.flatMap(({ group, addresses }) => {
    const listed = addresses.map(({ address, prefixLength, interfaces }) => {
      const names = [...new Set(Object.values(interfaces))].join(' or ');
      return `${address}/${prefixLength} on ${names}`;
    });
    return wrapText(`${group}: ${listed.join(', ')}`, width, '  ');
  });
}

function noticesOf(plan: Plan): string[][] {
  const steps = plan.manualSteps.map(
    ({ title, instruction, when, from }) =>
      `by hand, ${when} the migration: ${title}. ${instruction}${from.length > 0 ? ` (${placesInWords(from)})` : ''}`,
  );
  const untold = { fates: untoldManualFates(plan), kind: 'manual' as const };
  const different = { fates: plan.fates, kind: 'approximate' as const };
  const grouped = [untold, different].flatMap(({ fates, kind }) =>
    groupFates(fates, kind).map(({ reason, wayOut, directives, moreCount }) => {
      const where = directives.map(({ path, places }) => `${path} (${places})`).join(', ');
      // Of a difference MIGRATION.md tells the way out; what is left to do stands here as well.
      const toDo = kind === 'manual' ? ` ${wayOut}` : '';
      return `${kind}: ${where}${moreCount > 0 ? ` and ${moreCount} more` : ''}: ${reason}${toDo}`;
    }),
  );
  return [...steps, ...grouped].map((text) => wrapText(visibleLine(`- ${text}`), width, '  '));
}
