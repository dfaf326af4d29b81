import type { Plan } from '../pacemaker/plan.ts';
import { type Artefact, type ArtefactName, artefactNames } from '../translation.ts';
import { emitPlan, emitReport } from './report.ts';
import { emitScripts, scriptNames } from './scripts.ts';

/**
 * The artefacts of a plan, the whole bundle if no names are given, in the bundle's order.
 * The same plan gives the same bytes. What is not asked for is not rendered: it would double the time of a small run.
 */
export function emitArtefacts(plan: Plan, names: readonly ArtefactName[] = artefactNames): Artefact[] {
  const scripts = scriptNames.filter((name) => names.includes(name));
  return [
    ...(scripts.length > 0 ? emitScripts(plan, scripts) : []),
    ...(names.includes('MIGRATION.md') ? [emitReport(plan)] : []),
    ...(names.includes('plan.json') ? [emitPlan(plan)] : []),
  ];
}
