import type { Plan } from '../pacemaker/plan.ts';
import type { Artefact, PcsDialect } from '../translation.ts';
import { renderTemplate } from './render.ts';
import { scriptView } from './script-view.ts';

export const scriptNames = ['migrate.sh', 'backup.sh', 'rollback.sh', 'check.sh'] as const;
export type ScriptName = (typeof scriptNames)[number];

/** The scripts of a plan, all four if not said otherwise, which carry its id and know of each other by it. */
export function emitScripts(
  plan: Plan,
  names: readonly ScriptName[] = scriptNames,
  pcs: PcsDialect = 'portable',
): Artefact[] {
  const view = scriptView(plan, pcs);
  return names.map((name) => ({ name, text: renderTemplate(name, view), executable: true }));
}
