import type { Place, PlanNode } from '../pacemaker/plan.ts';
import type { CommandWord, ScriptCommand } from './words.ts';

/** A node's name with literal text around it, as a word that may hold an editable variable. */
export type NodeWord = (name: string, suffix?: string, prefix?: string) => CommandWord;

export function nodeWords(nodes: readonly PlanNode[]): NodeWord {
  const variables = new Map(nodes.map(({ name, variable }) => [name, variable]));
  return (name, suffix = '', prefix = '') => {
    const variable = variables.get(name);
    if (variable === undefined) return prefix + name + suffix;
    return { variable, value: name, suffix, ...(prefix !== '' && { prefix }) };
  };
}

export function assignments(values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${value}`);
}

/** A command on the CIB file that the step `configure` prepares. */
export function configureCommand(
  words: readonly CommandWord[],
  { why, from }: { readonly why: string; readonly from: readonly Place[] },
): ScriptCommand {
  return { step: 'configure', words, why, from };
}
