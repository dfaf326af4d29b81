import { emitArtefacts } from '../../../src/emit/artefacts.ts';
import type { Artefact, TranslateOptions } from '../../../src/translation.ts';
import { translateNodes } from '../../memory-tree.ts';
import { keepalivedConf, type Setup } from './keepalived-nodes.ts';
import type { LiveCluster } from './live-cluster.ts';
import type { Ended } from './run-command.ts';

/** Where the scripts lie in the node that they run on. */
export const bundleFolder = '/root/migration';
/** Where they keep their work files there. */
export const workFolder = '/var/lib/kp2pcm/live';

/** What kp2pcm writes for these nodes. */
export function bundleOf(
  setup: Setup,
  nodes: readonly string[],
  options: TranslateOptions = {},
): readonly Artefact[] {
  const texts = Object.fromEntries(nodes.map((node) => [node, keepalivedConf(setup, node)]));
  const { plan, diagnostics } = translateNodes(texts, options);
  if (!plan) throw new Error(`not translated: ${diagnostics.map(({ summary }) => summary).join('\n')}`);
  return emitArtefacts(plan);
}

/** Puts a bundle on a node, where an administrator would, with a password file beside it. */
export async function deliverBundle(
  cluster: LiveCluster,
  node: string,
  bundle: readonly Artefact[],
): Promise<void> {
  for (const { name, text } of bundle) await cluster.write(node, `${bundleFolder}/${name}`, text);
  await cluster.write(node, `${bundleFolder}/password`, 'password\n', '600');
}

/** Runs one of the scripts with these options, as an administrator would, who answers yes to everything. */
export function runScript(cluster: LiveCluster, node: string, script: string, options = ''): Promise<Ended> {
  const password = script === 'migrate.sh' ? '--password-file password' : '';
  const command = `KP_WORK_DIR=${workFolder} bash ${script} --yes ${password} ${options} 2>&1`;
  return cluster.attempt(node, `cd ${bundleFolder} && ${command}`);
}

/** The same, where it must succeed: what it said. */
export async function mustRun(
  cluster: LiveCluster,
  node: string,
  script: string,
  options = '',
): Promise<string> {
  const { status, stdout } = await runScript(cluster, node, script, options);
  if (status !== 0) throw new Error(`${script} ${options} ended with ${status}:\n${stdout}`);
  return stdout;
}
