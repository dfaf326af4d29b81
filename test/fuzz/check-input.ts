import { readNode } from '../../grammar/reader/read-node.ts';
import { renderHuman } from '../../src/diagnostics/render-human.ts';
import { renderJson } from '../../src/diagnostics/render-json.ts';
import { emitArtefacts } from '../../src/emit/artefacts.ts';
import { translate } from '../../src/translate.ts';
import type { TranslateInput } from '../../src/translation.ts';
import { fateFaults, noFateFaults } from '../laws/written-directives.ts';
import { memoryTree } from '../memory-tree.ts';
import { secret } from './inputs.ts';

/** Texts by the names of their files. Each is a node of its own, but for `extra.conf`, which is there to be included. */
export type FuzzInput = Readonly<Record<string, string>>;

export interface Problem {
  /** The same for the same fault, so that one is kept of a thousand. */
  readonly kind: string;
  readonly details: string;
}

function translationInput(files: FuzzInput): TranslateInput {
  const mains = Object.keys(files).filter((name) => name !== 'extra.conf');
  const nodes = mains.map((path) => ({ name: path.replace('.conf', ''), path, named: true }));
  return { nodes, files: memoryTree(files), options: {} };
}

/** What breaks a promise when these files are translated, if anything does. */
export function problemOf(files: FuzzInput): Problem | undefined {
  const input = translationInput(files);
  const before = process.cpuUsage();
  let said: string;
  let faults = noFateFaults;
  try {
    const translation = translate(input);
    const { user, system } = process.cpuUsage(before);
    const slow = slowness(files, input, (user + system) / 1000);
    if (slow) return slow;
    said = everythingSaid(translation);
    if (said !== everythingSaid(translate(input)))
      return { kind: 'differs', details: 'two runs do not say the same' };
    if (translation.plan) faults = fateFaults(input, translation.plan);
  } catch (error) {
    const [what = '', where = ''] = (error instanceof Error ? (error.stack ?? '') : String(error)).split(
      /\n\s*/,
    );
    return { kind: `throws at ${where.replace(/^.*\/([^/]+):\d+\)?$/, '$1')}`, details: `${what}\n${where}` };
  }
  const broken = Object.entries(faults).filter(([, keys]) => keys.length > 0);
  if (broken.length > 0)
    return { kind: `fates: ${broken.map(([law]) => law).join()}`, details: JSON.stringify(faults, null, 1) };
  if (hidesSecret(files) && said.includes(secret)) {
    const lines = said.split('\n').filter((line) => line.includes(secret));
    return { kind: 'secret', details: lines.slice(0, 5).join('\n') };
  }
  return undefined;
}

function everythingSaid({ plan, diagnostics, sources }: ReturnType<typeof translate>): string {
  const artefacts = plan ? emitArtefacts(plan).map(({ text }) => text) : [];
  return [renderHuman(diagnostics, { sources }), renderJson(diagnostics), ...artefacts].join('\n');
}

/** The bound: so much for each character of the input and of what it grows into, and for a start. */
const [startMs, characterMs] = [1500, 0.05];

function slowness(files: FuzzInput, input: TranslateInput, usedMs: number): Problem | undefined {
  if (usedMs <= startMs) return undefined;
  const given = Object.values(files).reduce((sum, text) => sum + text.length, 0);
  const grown = input.nodes.reduce((sum, { name, path }) => {
    const { logical } = readNode({ path, configId: name, files: input.files }).value;
    return sum + logical.text.length;
  }, 0);
  const allowedMs = startMs + (given + grown) * characterMs;
  if (usedMs <= allowedMs) return undefined;
  return { kind: 'slow', details: `${usedMs} ms for ${given} characters that become ${grown}` };
}

/** The password stands only where a reader must see that it is one. */
function hidesSecret(files: FuzzInput): boolean {
  const text = Object.values(files).join('\n');
  const asPassword = new RegExp(`(?:^|[ \\t{}])auth_pass[ \\t]+"?${secret}`, 'gm');
  return text.split(secret).length - 1 === [...text.matchAll(asPassword)].length;
}
