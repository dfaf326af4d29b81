// How long the reading of large files takes, stage by stage, and `keepalived -t` beside it:
// `node test/bench/reading.mjs [MEGABYTES…]`. The daemon needs root and makes its interfaces in a namespace of its own.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { largeConfiguration } from './large-configuration.mjs';
import { median } from './measured-run.mjs';

const stages = ['lines', 'lexing', 'parsing', 'binding', 'understanding'];
const runs = 3;
const words = process.argv.slice(2);
const sizes = words.length > 0 ? words.map(Number) : [1.25, 2.5, 5, 10];
const folder = mkdtempSync(join(tmpdir(), 'kp2pcm-reading-'));
const program = join(folder, 'read-stages.mjs');

/** The processor's milliseconds of each stage, in a process of its own. */
function readOnce(file) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The processor's seconds that the daemon takes to test the file; undefined, and said aloud, where it cannot be asked. */
function askDaemon(file, text) {
  const isThere = ['keepalived', 'unshare', 'ip'].every(
    (name) => spawnSync('sh', ['-c', 'command -v "$1"', 'sh', name]).status === 0,
  );
  if (!isThere || process.getuid?.() !== 0) {
    console.log('\n*** keepalived -t is SKIPPED: it needs keepalived, unshare, ip, and root ***');
    return undefined;
  }
  const links = [...new Set(text.match(/\beth\d+\b/g))].flatMap((name, index) => [
    `link add ${name} type veth peer name cable${index}`,
    `link set ${name} up`,
  ]);
  writeFileSync(join(folder, 'links'), `${links.join('\n')}\n`);
  // The shell's last line of `times` is what its children used. The making of the interfaces is in another shell.
  const script = 'keepalived -t -f "$1" >"$2" 2>&1; echo $?; times';
  const setUp = 'ip -batch "$1" && shift && exec sh -c "$@"';
  const inside = ['sh', '-c', setUp, 'sh', join(folder, 'links'), script, 'sh', file, join(folder, 'log')];
  const spaces = ['--net', '--pid', '--fork', '--kill-child'];
  const { stdout } = spawnSync('unshare', [...spaces, ...inside], { encoding: 'utf8' });
  // 5 and 6: complaints with which it runs.
  const [status = '', , children = ''] = stdout.split('\n');
  if (!['0', '5', '6'].includes(status)) throw new Error(`keepalived -t ended with ${status}`);
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => minutes * 60 + Number(rest),
  );
  return seconds.reduce((sum, some) => sum + some, 0);
}

try {
  await build({
    entryPoints: [fileURLToPath(new URL('read-stages.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  console.log(`Node ${process.versions.node}, median of ${runs} runs, seconds of the processor\n`);
  console.log(`      size${stages.map((stage) => stage.padStart(15)).join('')}          total       per MB`);
  for (const megabytes of sizes) {
    const text = largeConfiguration(megabytes * 1e6);
    const file = join(folder, 'large.conf');
    writeFileSync(file, text);
    const times = Array.from({ length: runs }, () => readOnce(file));
    const middle = stages.map((stage) => median(times.map((time) => time[stage])) / 1000);
    const total = middle.reduce((sum, seconds) => sum + seconds, 0);
    const cells = middle.map((seconds) => seconds.toFixed(2).padStart(15)).join('');
    console.log(
      `${`${megabytes} MB`.padStart(10)}${cells}${total.toFixed(2).padStart(15)}${(total / megabytes).toFixed(3).padStart(13)}`,
    );
    if (megabytes !== Math.max(...sizes)) continue;
    const daemon = askDaemon(file, text);
    if (daemon !== undefined)
      console.log(
        `\nkeepalived -t of ${megabytes} MB: ${daemon.toFixed(2)} s; ratio ${(total / daemon).toFixed(2)}`,
      );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
