// Runs inputs until its time is over: `run.ts SEED SECONDS OUT STATE MODE`. main.ts starts it, watches it, and starts another.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FuzzInput, type Problem, problemOf } from './check-input.ts';
import { Coverage } from './coverage.ts';
import { fuzzInputs, seedInputs } from './inputs.ts';
import { minimise } from './minimise.ts';

type Check = (input: FuzzInput) => Problem | undefined | Promise<Problem | undefined>;

const [seed = '1', seconds = '60', out = 'fuzz-finds', state = '', mode = ''] = process.argv.slice(2);
const end = performance.now() + Number(seconds) * 1000;
const isDaemon = mode === 'daemon';
const daemon = isDaemon ? await import('./daemon-check.ts') : undefined;
const check: Check = daemon?.differenceOf ?? problemOf;
// Blocks that are counted run slower, and the daemon takes a hundred times as long anyway.
const coverage = isDaemon ? undefined : new Coverage();
const pool = seedInputs();
const found = new Map<string, number>();
let inputs = 0;

for (const input of fuzzInputs(Number(seed), pool)) {
  if (performance.now() > end) break;
  const problem = await watched(input);
  inputs++;
  if (coverage?.isNew() && inputs > 1) pool.push(input);
  if (problem) await keep(input, problem);
  if (inputs % 50 === 0) writeFileSync(join(state, 'inputs'), String(inputs));
}
daemon?.close();
writeFileSync(join(state, 'inputs'), String(inputs));
process.stdout.write(
  `seed ${seed}: ${inputs} inputs, pool of ${pool.length}, ${coverage?.size ?? 0} blocks reached\n`,
);
for (const [kind, times] of found) process.stdout.write(`  ${times} × ${kind}\n`);

/** Whoever watches sees which input is looked at, and that it is another one. */
async function watched(input: FuzzInput): Promise<Problem | undefined> {
  writeFileSync(join(state, 'current.json'), JSON.stringify(input));
  return check(input);
}

async function keep(input: FuzzInput, problem: Problem): Promise<void> {
  const times = found.get(problem.kind) ?? 0;
  found.set(problem.kind, times + 1);
  if (times > 0) return;
  const smallest = await minimise(
    input,
    async (candidate) => (await watched(candidate))?.kind === problem.kind,
  );
  const folder = join(out, `${seed}-${found.size}`);
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(smallest)) writeFileSync(join(folder, name), text);
  const { details } = (await check(smallest)) ?? problem;
  writeFileSync(join(folder, 'problem.txt'), `${problem.kind}\n${details}\n`);
  process.stdout.write(`${problem.kind}: ${folder}\n`);
}
