import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { printConfiguration } from '../../grammar/print.ts';
import { configurationFiles } from '../compare-daemon/configuration-files.ts';
import { cases } from '../fixtures.ts';
import { configurations } from '../laws/configurations.ts';
import { edited, edits } from '../laws/edits.ts';
import type { FuzzInput } from './check-input.ts';

/** The password of every input. It stands nowhere else. */
export const secret = 'Tq8wZr5v';

const password = /(auth_pass[ \t]+)(?:"[^"\n]*"|[^\s"{}#!]+)/g;
const withSecret = (text: string) => text.replace(password, `$1${secret}`);

const extra = '# read where it is included\nadvert_int 2\n$E=1\n';

/** Every configuration of the project: the fixtures with all their nodes, and what the daemon is asked about. */
export function seedInputs(): FuzzInput[] {
  const ofCases = cases.map(({ folder }) =>
    Object.fromEntries(
      configurationFiles(folder)
        .slice(0, 3)
        .map((file) => [basename(file), read(file)]),
    ),
  );
  const asked = fileURLToPath(new URL('../compare-daemon/configurations', import.meta.url));
  const alone = configurationFiles(asked).map((file) => ({ 'lb1.conf': read(file) }));
  return [...ofCases, ...alone].map((files) => ({ ...files, 'extra.conf': extra }));
}

function read(file: string): string {
  return withSecret(readFileSync(file, 'utf8'));
}

/** How the next input comes about: out of the tables, or out of one that is there already; then each text is changed. */
const step = fc.record({
  fresh: fc.option(fc.array(configurations, { minLength: 1, maxLength: 2 }), { freq: 3 }),
  pick: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  changes: fc.array(fc.option(edits, { freq: 4 }), { minLength: 4, maxLength: 4 }),
});

/** Inputs without end. The pool may grow meanwhile. The same seed and pool give the same inputs. */
export function* fuzzInputs(seed: number, pool: readonly FuzzInput[]): Generator<FuzzInput> {
  for (let batch = 0; ; batch++) {
    const steps = fc.sample(step, { seed: (seed * 100_003 + batch) | 0, numRuns: 100 });
    for (const { fresh, pick, changes } of steps) {
      const made = fresh?.map((ast, index) => [`lb${index + 1}.conf`, withSecret(printConfiguration(ast))]);
      const base: FuzzInput = made
        ? Object.fromEntries([...made, ['extra.conf', extra]])
        : (pool[Math.floor(pick * pool.length)] ?? {});
      const texts = Object.entries(base).map(([name, text], index) => {
        const list = changes[index];
        return [name, list ? edited(text, list) : text];
      });
      yield Object.fromEntries(texts);
    }
  }
}
