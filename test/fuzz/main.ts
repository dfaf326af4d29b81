// npm run fuzz -- --minutes N [--seed S] [--daemon] [--out FOLDER]: looks for inputs that break a promise of kp2pcm, or with
// --daemon for texts that the real keepalived reads in another way. What it finds is made small and kept in FOLDER.
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ownJudge } from '../compare-daemon/judge.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'fuzz-finds' },
    daemon: { type: 'boolean', default: false },
  },
});
const runner = fileURLToPath(new URL('run.ts', import.meta.url));
const register = fileURLToPath(new URL('../../templates/register.mjs', import.meta.url));
/** An input of some kilobytes that takes so long never ends. The making small of a find shows as new inputs too. */
const silenceMs = 60_000;
/** More than any input of the fuzzer needs. */
const heapMegabytes = 1500;

if (!values.daemon || ownJudge()) process.exitCode = (await fuzz()) > 0 ? 1 : 0;

/** How many things were found. */
async function fuzz(): Promise<number> {
  const end = performance.now() + Number(values.minutes) * 60_000;
  let [seed, total, stopped] = [Number(values.seed), 0, 0];
  while (performance.now() < end) {
    const state = mkdtempSync(join(tmpdir(), 'kp2pcm-fuzz-'));
    const fault = await runOnce(seed, Math.ceil((end - performance.now()) / 1000), state);
    if (fault !== undefined) {
      stopped++;
      const folder = join(values.out, `${seed}-${fault.replaceAll(' ', '-')}`);
      mkdirSync(folder, { recursive: true });
      if (existsSync(join(state, 'current.json')))
        copyFileSync(join(state, 'current.json'), join(folder, 'input.json'));
      process.stdout.write(`${fault}: ${folder}\n`);
    }
    if (existsSync(join(state, 'inputs'))) total += Number(readFileSync(join(state, 'inputs'), 'utf8'));
    rmSync(state, { recursive: true });
    seed++;
  }
  const kept = existsSync(values.out);
  process.stdout.write(
    `${total} inputs in ${values.minutes} minutes; ${kept ? `finds are in ${values.out}` : 'no finds'}\n`,
  );
  return kept ? 1 : stopped;
}

/** Runs until its time is over; what stopped it before, if anything did. */
function runOnce(seed: number, seconds: number, state: string): Promise<string | undefined> {
  const current = join(state, 'current.json');
  writeFileSync(current, '{}');
  const words = [`--max-old-space-size=${heapMegabytes}`, '--import', register, runner];
  const child = spawn(
    process.execPath,
    [...words, String(seed), String(seconds), values.out, state, values.daemon ? 'daemon' : ''],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  return new Promise((resolve, reject) => {
    let hangs = false;
    const watch = setInterval(() => {
      hangs = Date.now() - statSync(current).mtimeMs > silenceMs;
      if (hangs) child.kill('SIGKILL');
    }, 1000);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearInterval(watch);
      resolve(hangs ? 'hang' : code === 0 ? undefined : `ended with ${code ?? signal}`);
    });
  });
}
