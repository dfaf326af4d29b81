/**
 * npm run verify:fixtures [-- FIXTURE|FOLDER…]: `kp2pcm verify` with the real pcs over all fixtures of the project, or over
 * those that begin so (`pairs/`), or over folders of which each holds the configurations of a cluster. SCENARIOS in
 * the environment is how many. Ends with 1 if a difference is not announced.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../../src/cli/run.ts';
import { cases, translationInput } from '../fixtures.ts';

interface Subject {
  readonly name: string;
  readonly cwd: string;
  readonly words: readonly string[];
}

function fixtures(): Subject[] {
  return cases
    .filter((fixture) => fixture.exitCode === 0 && translationInput(fixture).nodes.length > 1)
    .map(({ name, folder, arguments: words }) => ({ name, cwd: folder, words }));
}

function folder(path: string): Subject {
  const words = readdirSync(path).filter((name) => name.endsWith('.conf'));
  return { name: path, cwd: join(process.cwd(), path), words: words.sort() };
}

const wanted = process.argv.slice(2);
const known = fixtures();
const subjects = wanted.flatMap((word) => {
  const found = known.filter(({ name }) => name.startsWith(word));
  return found.length > 0 ? found : [folder(word)];
});
if (wanted.length === 0) subjects.push(...known);
const { SCENARIOS: scenarios } = process.env;
const options = scenarios === undefined ? [] : ['--scenarios', scenarios];
const counts = new Map<number, number>();
for (const [index, { name, cwd, words }] of subjects.entries()) {
  const sink = { write: (text: string) => void process.stdout.write(text), isTTY: false };
  process.stdout.write(`\n${name} (${index + 1} of ${subjects.length})\n`);
  const io = { stdout: sink, stderr: sink, stdin: process.stdin, cwd, env: process.env };
  const exitCode = await runCli(['verify', ...options, ...words], io);
  counts.set(exitCode, (counts.get(exitCode) ?? 0) + 1);
}
const told = [...counts].map(([exitCode, count]) => `${count} ended with ${exitCode}`);
process.stdout.write(`\n${subjects.length} clusters: ${told.join(', ')}\n`);
process.exitCode = counts.has(1) || counts.has(4) || counts.has(70) ? 1 : 0;
