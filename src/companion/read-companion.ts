import { type Diagnostic, hasErrors, type Outcome } from '../../grammar/source/diagnostic.ts';
import type { Companion } from './companion.ts';
import { companionShape } from './companion-shape.ts';
import { readYaml } from './read-yaml.ts';
import { Reading } from './shape.ts';

/**
 * Reads a companion file.
 *
 * @param text what stands in it
 * @param file its name, as messages and artefacts print it
 * @returns what it says; absent when something in it is an error. An empty file says nothing, and that is no error.
 */
export function readCompanion(text: string, file: string): Outcome<Companion | undefined> {
  const yaml = readYaml(text, file);
  const diagnostics: Diagnostic[] = [...yaml.diagnostics];
  if (!yaml.value) {
    const empty = { file, cluster: {}, nodes: [], services: [] };
    return { value: hasErrors(diagnostics) ? undefined : empty, diagnostics };
  }
  const read = companionShape.read(yaml.value, new Reading('', diagnostics));
  if (!read || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const { cluster = {}, nodes = [], fencing, services = [] } = read;
  return { value: { file, cluster, nodes, ...(fencing && { fencing }), services }, diagnostics };
}
