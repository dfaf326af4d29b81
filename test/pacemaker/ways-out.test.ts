import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cibXml } from '../../src/emit/cib.ts';
import type { Plan } from '../../src/pacemaker/plan.ts';
import { fixturePlans } from '../docs/fixture-plans.ts';
import { Machine } from '../targets/machine.ts';
import { requireRoot, requireTool } from '../tools.ts';

const ready = ['pcs', 'bash'].every(requireTool) && requireRoot('pcs must find the agents that a plan ships');
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-ways-out-'));
let remove = () => {};
beforeAll(() => {
  const files = [...lists.values()].flatMap(({ plan }) => plan.files);
  if (ready) remove = new Machine(folder).install(files);
});
afterAll(() => {
  remove();
  rmSync(folder, { recursive: true, force: true });
});

/** Needs a running cluster, so that it cannot be tried on a file. */
const elsewhere = /^pcs (?:status|resource (?:cleanup|describe|move|clear))/;

/** The commands of one way out, in order. Dispositions have made-up names in theirs, and a test of their own. */
const lists = new Map<
  string,
  { readonly name: string; readonly plan: Plan; readonly lines: readonly string[] }
>();
for (const [name, plan] of fixturePlans) {
  const elements = [...plan.resources.map(({ id }) => id), ...plan.instances.map(({ group }) => group)];
  for (const { wayOut = '', rule } of plan.fates) {
    const lines = [...wayOut.matchAll(/`(pcs [^`]+)`/g)]
      .map(([, line = '']) => line)
      .filter((line) => !elsewhere.test(line));
    if (lines.length === 0 || rule === 'disposition') continue;
    // One of each kind: what differs in nothing but an id is the same to pcs.
    const shape = lines
      .join(' ')
      .split(' ')
      .map((word) => (elements.includes(word) ? 'ID' : word));
    lists.set(shape.slice(0, 6).join(' '), { name, plan, lines });
  }
}

describe.skipIf(!ready)('the commands that ways out give', () => {
  it('are of several kinds', () => {
    expect(lists.size).toBeGreaterThan(4);
  });

  it.each([...lists.values()])('change the cluster of $name: $lines.0', ({ plan, lines }) => {
    const file = join(folder, 'cib.xml');
    // As in a CIB in use: by the feature set pcs makes its differences, and without one it makes some that fail.
    writeFileSync(file, cibXml(plan).replace('<cib ', '<cib crm_feature_set="3.13.0" '));
    for (const line of lines) {
      const before = readFileSync(file, 'utf8');
      const { status, stderr } = spawnSync('bash', ['-c', line.replace(/^pcs /, `pcs -f '${file}' `)], {
        encoding: 'utf8',
      });
      expect(status, `${line}\n${stderr}`).toBe(0);
      expect(readFileSync(file, 'utf8'), line).not.toBe(before);
    }
  });
});
