// How long kp2pcm takes against the least that Node takes: `node test/bench/start-up.mjs [RUNS]`, after `npm run build`.
import { fileURLToPath } from 'node:url';
import { median, program, timedRun } from './measured-run.mjs';

/** What the program promises, as a multiple of `node -e 0`. */
const goal = 2.5;

const sample = fileURLToPath(new URL('./three-kilobytes.conf', import.meta.url));
const rows = [
  { what: 'node -e 0', words: ['-e', '0'] },
  { what: 'kp2pcm --version', words: [program, '--version'] },
  { what: 'kp2pcm, a file of 3 kB', words: [program, '--color=never', sample] },
].map((row) => ({ ...row, times: [] }));

const runs = Number(process.argv[2] ?? 31);
const warmUp = 3;
// One of each in turn, so that whatever else the machine does meets all of them alike.
for (let run = -warmUp; run < runs; run++) {
  for (const { words, times } of rows) {
    const milliseconds = timedRun(words);
    if (run >= 0) times.push(milliseconds);
  }
}

const floor = median(rows[0].times);
console.log(`Node ${process.versions.node}, median of ${runs} interleaved runs, goal ${goal} × node -e 0\n`);
for (const { what, times } of rows) {
  const middle = median(times);
  const ratio = `${(middle / floor).toFixed(2)} ×`;
  const fastest = `fastest ${Math.min(...times).toFixed(1)} ms`;
  console.log(`${what.padEnd(24)}${middle.toFixed(1).padStart(7)} ms  ${ratio.padStart(7)}   ${fastest}`);
}
