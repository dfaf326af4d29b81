import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { bundleOf, deliverBundle, mustRun } from '../harness/bundle.ts';
import { startKeepalived } from '../harness/keepalived-nodes.ts';
import { harnessFile } from '../harness/keeper-process.ts';
import type { LiveCluster } from '../harness/live-cluster.ts';
import { oneInstance, threeNodes } from './setups.ts';
import { say } from './watch.ts';

/** A client that wrote through the address while it changed hands. */
export interface ServiceRow {
  readonly acknowledged: number;
  /** The writes that the nodes have, each once. */
  readonly stored: number;
  readonly slowestMs: number;
  /** How often the connection broke. */
  readonly reconnects: number;
}

const address = '192.0.2.50';
const setup = oneInstance(`${address}/24`);
const writes = 100_000;

/**
 * A client writes at least 100,000 times through the address, each write acknowledged, while migrate.sh and rollback.sh run;
 * then the writes on the node are counted. In place of NFS: a kernel in a test seldom serves it.
 */
export async function proveService(cluster: LiveCluster, report: (row: ServiceRow) => void): Promise<void> {
  await startKeepalived(cluster, setup);
  await deliverBundle(cluster, 'lb1', bundleOf(setup, threeNodes));
  const server = readFileSync(harnessFile('writes.py'), 'utf8');
  for (const node of cluster.nodes) {
    await cluster.write(node, '/root/writes.py', server);
    await cluster.run(node, 'systemd-run --quiet --unit writes python3 /root/writes.py serve /root/written');
  }
  const client = startClient(cluster);
  await mustRun(cluster, 'lb1', 'migrate.sh');
  await mustRun(cluster, 'lb1', 'rollback.sh', '--destroy-cluster');
  const seen = await client.stop();
  let stored = 0;
  for (const node of cluster.nodes)
    stored += Number(
      await cluster.run(
        node,
        'if [[ -e /root/written ]]; then sort -un /root/written | wc -l; else echo 0; fi',
      ),
    );
  say(
    `service: ${seen.acknowledged} writes acknowledged, ${stored} stored, slowest ${seen.slowestMs} ms, ${seen.reconnects} reconnects`,
  );
  report({ ...seen, stored });
}

function startClient(cluster: LiveCluster): { stop(): Promise<Omit<ServiceRow, 'stored'>> } {
  const [program = '', ...words] = cluster.enter(
    'client',
    'python3',
    harnessFile('writes.py'),
    'write',
    address,
    String(writes),
  );
  const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return {
    async stop() {
      const ended = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await ended;
      return JSON.parse(output) as Omit<ServiceRow, 'stored'>;
    },
  };
}
