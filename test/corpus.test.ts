import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { emitArtefacts } from '../src/emit/artefacts.ts';
import { fateKinds } from '../src/pacemaker/plan.ts';
import { translate } from '../src/translate.ts';
import { type CorpusCase, corpusCases, corpusFolder } from './corpus.ts';

/** Exit codes of `keepalived -t` of a file that the daemon would run with: clean, complaints, remarks on scripts. */
const accepted = [0, 5, 6];

/**
 * Why a file that the daemon runs with may be refused all the same: it has nothing that Pacemaker could hold (KP201,
 * KP301), or its braces leave open what belongs where (KP040). KP106 is what the daemon's test does not look at: it has
 * an interface for every name and does not join the instances.
 */
const goodReasons = ['KP201', 'KP301', 'KP040', 'KP104', 'KP106'];

interface Entry {
  readonly file: string;
  readonly keepalived_t?: { readonly exit?: number };
}

function daemonExits(): ReadonlyMap<string, number> {
  const file = join(corpusFolder ?? '', 'manifest.json');
  if (corpusFolder === undefined || !existsSync(file)) return new Map();
  const { entries } = JSON.parse(readFileSync(file, 'utf8')) as { entries: readonly Entry[] };
  return new Map(
    entries.flatMap(({ file: name, keepalived_t: test }) =>
      test?.exit === undefined ? [] : [[name, test.exit]],
    ),
  );
}

const exits = daemonExits();
const runsWithIt = ({ files }: CorpusCase) =>
  files.every((file) => accepted.includes(exits.get(file) ?? Number.NaN));

const tally = {
  translated: 0,
  refused: new Map<string, string[]>(),
  fates: new Map<string, number>(),
  slowestMs: 0,
};

function note(name: string, codes: readonly string[]): void {
  const key = [...new Set(codes)].sort().join(' ');
  tally.refused.set(key, [...(tally.refused.get(key) ?? []), name]);
}

afterAll(() => {
  if (corpusCases.length === 0) return;
  const directives = [...tally.fates.values()].reduce((sum, count) => sum + count, 0);
  const shares = fateKinds.map(
    (kind) => `${kind} ${(((tally.fates.get(kind) ?? 0) / directives) * 100).toFixed(1)} %`,
  );
  const refused = [...tally.refused].map(
    ([codes, names]) => `  ${codes}: ${names.length}\n    ${names.join('\n    ')}`,
  );
  process.stderr.write(
    [
      `corpus: ${corpusCases.length} cases, ${tally.translated} translated, slowest ${Math.round(tally.slowestMs)} ms`,
      `fates of ${directives} directives: ${shares.join(', ')}`,
      'refused, by code:',
      ...refused,
      '',
    ].join('\n'),
  );
});

if (corpusFolder === undefined) {
  process.stderr.write(
    '\n*** KP2PCM_CORPUS is not set: the laws are held against the fixtures alone, foreign files are SKIPPED ***\n\n',
  );
}

describe('a foreign configuration', () => {
  it.skipIf(corpusCases.length === 0)('comes from a corpus', () =>
    expect(corpusCases.length).toBeGreaterThan(0),
  );

  it.each(corpusCases.map((found) => [found.name, found] as const))(
    'is translated, or refused with a reason, and comes to an end: %s',
    (name, found) => {
      // The time of the processor, since other programs may want it too. The bound is for a runaway alone: how fast a
      // machine is is not the project's doing, and speed is the benchmark's business.
      const before = process.cpuUsage();
      const { plan, diagnostics } = translate(found.input);
      if (plan) emitArtefacts(plan);
      const { user, system } = process.cpuUsage(before);
      const usedMs = (user + system) / 1000;
      tally.slowestMs = Math.max(tally.slowestMs, usedMs);
      expect(usedMs).toBeLessThan(60_000);
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      expect(plan === undefined).toBe(errors.length > 0);
      if (plan) {
        tally.translated++;
        for (const { fate } of plan.fates) tally.fates.set(fate, (tally.fates.get(fate) ?? 0) + 1);
        return;
      }
      const codes = errors.map(({ code }) => code);
      note(name, codes);
      if (runsWithIt(found)) for (const code of codes) expect(goodReasons, name).toContain(code);
    },
  );
});
