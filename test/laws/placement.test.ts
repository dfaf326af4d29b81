import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { translateNodes } from '../memory-tree.ts';
import { contentOfCib } from '../targets/cib-content.ts';
import { requireTool } from '../tools.ts';
import type { Candidate } from './election.ts';
import { compareHolders, type Event, type Groups } from './history.ts';
import { stories } from './placement-stories.ts';
import { moderateClusters, type SmallCluster, textsOf } from './random-cluster.ts';
import { fixtureSubjects, translationOf } from './subjects.ts';

const ready = ['crm_simulate', 'cibadmin'].every(requireTool);

function planOf(fixture: string): Plan {
  const subject = fixtureSubjects.find(({ name }) => name === fixture);
  const plan = subject && translationOf(subject).plan;
  if (!plan) throw new Error(`no plan of ${fixture}`);
  return plan;
}

/** Deaths and returns in each order that matters, each check on each node by itself, on all nodes, and before deaths. */
function historiesOf(groups: Groups): Event[][] {
  const candidates = Object.values(groups).flat();
  const nodes = [...new Set(candidates.map(({ node }) => node))];
  const dies = nodes.map((node): Event => ({ kind: 'dies', node }));
  const returns = nodes.map((node): Event => ({ kind: 'returns', node }));
  const others = (node: string) => [...dies, ...returns].filter((event) => event.node !== node);
  const survivors = nodes.map((node) => others(node));
  const checks = [
    ...new Map(
      candidates.flatMap(({ node, checks: own }) =>
        own.map(({ name }) => [`${node} ${name}`, { node, name }]),
      ),
    ).values(),
  ];
  const alone = checks.map(({ node, name }): Event[] => [
    { kind: 'fails', node, check: name },
    { kind: 'recovers', node, check: name },
  ]);
  const together = [...new Set(checks.map(({ name }) => name))].map((check): Event[] => {
    const where = checks.filter(({ name }) => name === check).map(({ node }) => node);
    return [
      ...where.map((node): Event => ({ kind: 'fails', node, check })),
      ...where.map((node): Event => ({ kind: 'recovers', node, check })),
    ];
  });
  const thenDeath = checks
    .filter(({ node }) => node === nodes[0])
    .map(({ node, name }): Event[] => [
      { kind: 'fails', node, check: name },
      ...others(node),
      { kind: 'recovers', node, check: name },
    ]);
  // With many checks, the two kinds before have covered what a death could add.
  return [...survivors, alone.flat(), ...together, ...(checks.length <= 6 ? thenDeath : [])];
}

describe.skipIf(!ready)('the holder in crm_simulate is the one that Keepalived elects', () => {
  it.each(Object.entries(stories))('%s', (fixture, groups) => {
    const plan = planOf(fixture);
    const compared = historiesOf(groups).map((events) => compareHolders(plan, groups, events));
    // An election that is always undecided would prove nothing.
    expect(compared.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(historiesOf(groups).length);
  });

  it('in any history of any small cluster, unless a message says that nopreempt cannot be kept', () => {
    let compared = 0;
    fc.assert(
      fc.property(untiedClusters, fc.array(fc.nat(), { minLength: 5, maxLength: 10 }), (small, choices) => {
        const { plan, diagnostics } = translateNodes(textsOf(small));
        if (!plan) throw new Error('no plan');
        const approximate = diagnostics.filter(({ code }) => code === 'KP304').map(({ summary }) => summary);
        const groups = Object.entries(groupsOf(small)).filter(
          ([group]) => !approximate.some((summary) => summary.startsWith(`${group} `)),
        );
        if (groups.length === 0) return;
        compared += compareHolders(plan, Object.fromEntries(groups), eventsOf(small, choices));
      }),
      { numRuns: 30 },
    );
    expect(compared).toBeGreaterThan(60);
  });
});

/** Sync groups have stories of their own. */
const untiedClusters = moderateClusters.map((small): SmallCluster => ({ ...small, syncGroup: [] }));

function groupsOf({ nodes, scripts, instances }: SmallCluster): Groups {
  return Object.fromEntries(
    instances.map(({ name, members }) => [
      name,
      members.flatMap((member, index): Candidate[] => {
        const node = nodes[index];
        if (!member || node === undefined) return [];
        const checks = member.tracks.flatMap((track) => {
          const found = scripts.find((script) => script.name === track);
          return found ? [{ ...found, name: `kp_check_${found.name}` }] : [];
        });
        const link = { name: 'kp_link_eth0', weight: 0 };
        return [{ node, priority: member.priority, preempts: !member.nopreempt, checks: [link, ...checks] }];
      }),
    ]),
  );
}

/** Each number is something that changes: a node goes or comes, or a check of it does. */
function eventsOf({ nodes, scripts }: SmallCluster, choices: readonly number[]): Event[] {
  const things: { node: string; check?: string }[] = nodes.flatMap((node) => [
    { node },
    { node, check: 'kp_link_eth0' },
    // Checks change more often than nodes die.
    ...[...scripts, ...scripts].map(({ name }) => ({ node, check: `kp_check_${name}` })),
  ]);
  const wrong = new Set<string>();
  return choices.flatMap((choice): Event[] => {
    const thing = things[choice % things.length];
    if (!thing) return [];
    const key = JSON.stringify(thing);
    const before = wrong.delete(key);
    if (!before) wrong.add(key);
    const { node, check } = thing;
    if (check !== undefined) return [{ node, check, kind: before ? 'recovers' : 'fails' }];
    return [{ node, kind: before ? 'returns' : 'dies' }];
  });
}

const readyForPcs = ready && requireTool('pcs');
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-pcs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Without the shipped agent, which pcs would have to find installed; other tests replay plans that need it. */
const replayed = ['language/unknown-keyword-block'];

describe.skipIf(!readyForPcs)('what pcs makes of the commands', () => {
  it.each(replayed)('is what was simulated: %s', (fixture) => {
    const plan = planOf(fixture);
    const file = join(folder, 'cib.xml');
    writeFileSync(file, execFileSync('cibadmin', ['--empty'], { encoding: 'utf8' }));
    for (const { argv } of plan.commands.filter(({ step }) => step === 'configure')) {
      const [program = '', ...words] = argv;
      execFileSync(program, ['-f', file, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    }
    const written = `<cib>${configurationXml(plan).join('')}</cib>`;
    expect(contentOfCib(readFileSync(file, 'utf8'))).toEqual(contentOfCib(written));
  });
});
