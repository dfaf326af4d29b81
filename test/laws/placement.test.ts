import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { configurationXml } from '../../src/emit/cib.ts';
import type { Contender, ElectionGroup } from '../../src/keepalived/election/contender.ts';
import { countedObjects } from '../../src/keepalived/election/effective-priority.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import type { Translation } from '../../src/translation.ts';
import { contentOfCib } from '../targets/cib-content.ts';
import { requireTool } from '../tools.ts';
import { type ReadCandidate, type ReadCheck, stories } from './placement-stories.ts';
import { fixtureSubjects, translationOf } from './subjects.ts';

function translationNamed(fixture: string): Translation {
  const subject = fixtureSubjects.find(({ name }) => name === fixture);
  if (!subject) throw new Error(`no fixture ${fixture}`);
  return translationOf(subject);
}

function planOf(fixture: string): Plan {
  const { plan } = translationNamed(fixture);
  if (!plan) throw new Error(`no plan of ${fixture}`);
  return plan;
}

const inOrder = (checks: readonly ReadCheck[]) =>
  checks.map(({ kind, name, weight, reverse }) => `${kind} ${name} ${weight} ${reverse}`).sort();

/** What the model takes from a contender, in the words of the stories; the first instance stands for a sync group. */
function candidateOf(contender: Contender): ReadCandidate & { names: string[] } {
  const { node, members } = contender;
  const [first] = members;
  if (!first) throw new Error(`nothing on ${node}`);
  const checks = members.flatMap((member) => countedObjects(contender, member)) as ReadCheck[];
  const { priority, preempts } = first;
  return { node, priority, preempts, checks, names: [...new Set(inOrder(checks))] };
}

const candidatesOf = ({ contenders }: ElectionGroup) =>
  contenders
    .map(candidateOf)
    .map(({ node, priority, preempts, names }) => ({ node, priority, preempts, names }));

describe('the elections of a fixture are what a person reads in its files', () => {
  it.each(Object.entries(stories))('%s', (fixture, groups) => {
    const { elections = [] } = translationNamed(fixture);
    for (const [name, candidates] of Object.entries(groups)) {
      const election = elections.find((group) => group.name === name);
      if (!election) throw new Error(`no election ${name}`);
      const read = candidates.map(({ node, priority, preempts, checks }) => {
        return { node, priority, preempts, names: [...new Set(inOrder(checks))] };
      });
      expect(candidatesOf(election)).toEqual(read);
    }
  });
});

const readyForPcs = ['cibadmin', 'pcs'].every(requireTool);
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
