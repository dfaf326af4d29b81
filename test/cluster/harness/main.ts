// npm run cluster:up [NODES], cluster:exec MACHINE [COMMAND…], cluster:down: a test cluster to work with by hand.
import { spawnSync } from 'node:child_process';
import { LiveCluster } from './live-cluster.ts';
import { whyNoCluster } from './requirements.ts';

const name = 'hand';

async function up(count = '3'): Promise<number> {
  if (!/^[1-9]$/.test(count)) return usage();
  const nodes = Array.from({ length: Number(count) }, (_, index) => `lb${index + 1}`);
  process.stdout.write(
    `Booting ${nodes.join(', ')}; the first time the image is made, which takes some minutes.\n`,
  );
  await LiveCluster.boot(name, nodes, false);
  process.stdout.write(
    `Node N is 192.0.2.N and 2001:db8:77::N on eth0, hacluster's password is «password».\nnpm run cluster:exec lb1 is a shell in lb1; client and monitor are machines too. npm run cluster:down ends it all.\n`,
  );
  return 0;
}

function exec(machine: string, words: readonly string[]): number {
  const cluster = LiveCluster.find(name);
  if (!cluster) {
    process.stderr.write('No cluster is up: npm run cluster:up\n');
    return 1;
  }
  const [program = '', ...rest] = cluster.enter(machine, ...(words.length > 0 ? words : ['bash', '-l']));
  return spawnSync(program, rest, { stdio: 'inherit' }).status ?? 1;
}

async function down(): Promise<number> {
  await LiveCluster.find(name)?.down();
  return 0;
}

function usage(): number {
  process.stderr.write('usage: npm run cluster:up [2|3], cluster:exec MACHINE [COMMAND…], cluster:down\n');
  return 2;
}

async function main([verb, ...words]: readonly string[]): Promise<number> {
  const why = whyNoCluster();
  if (why !== undefined) {
    process.stderr.write(`A test cluster cannot run here: ${why}\n`);
    return 1;
  }
  const [first, ...rest] = words;
  if (verb === 'up') return up(first);
  if (verb === 'exec' && first !== undefined) return exec(first, rest);
  if (verb === 'down') return down();
  return usage();
}

process.exitCode = await main(process.argv.slice(2));
