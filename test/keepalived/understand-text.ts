import { parse } from '../../grammar/parse.ts';
import { readNode } from '../../grammar/reader/read-node.ts';
import type { Diagnostic } from '../../grammar/source/diagnostic.ts';
import type { NodeConfiguration, VrrpInstance } from '../../src/keepalived/node-configuration.ts';
import { withoutSuperseded } from '../../src/keepalived/superseded.ts';
import { understand } from '../../src/keepalived/understand.ts';
import { memoryTree } from '../memory-tree.ts';

/** One node's configuration, and what there is to say about it. */
export function understandText(text: string): {
  value: NodeConfiguration;
  diagnostics: readonly Diagnostic[];
  codes: string[];
  summaries: string[];
} {
  const files = memoryTree({ 'keepalived.conf': text });
  const { value } = readNode({ path: 'keepalived.conf', configId: 'lb1', files });
  const outcome = understand(parse(value.logical).value, 'lb1', 'keepalived.conf');
  const diagnostics = withoutSuperseded(outcome.diagnostics);
  return {
    value: outcome.value,
    diagnostics,
    codes: diagnostics.map(({ code }) => code),
    summaries: diagnostics.map(({ summary }) => summary),
  };
}

/** The one instance of a text whose instance has these lines besides the necessary ones. */
export function instanceWith(
  lines: string,
  before = '',
): { instance: VrrpInstance; codes: string[]; ignored: string[] } {
  const text = `${before}\nvrrp_instance VI_1 {\ninterface eth0\nvirtual_router_id 51\n${lines}\n}`;
  const { value, codes } = understandText(text);
  const [instance] = value.instances;
  if (!instance) throw new Error('no instance');
  return { instance, codes, ignored: [...value.ignored.keys()].map(({ path }) => path) };
}
