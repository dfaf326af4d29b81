import type { Plan } from '../pacemaker/plan.ts';
import type { Artefact, ArtefactName, PcsDialect } from '../translation.ts';
import { emitPlan, emitReport } from './report.ts';
import { emitScripts, scriptNames } from './scripts.ts';

/**
 * The artefacts of a plan, the whole bundle if no names are given, in the bundle's order.
 * `pcs` is the dialect that the plan was made with: the plan itself does not remember it. The same plan gives the same bytes. What is not asked for is not rendered: it would double the time of a small run.
 */
export function emitArtefacts(plan: Plan, names?: readonly ArtefactName[], pcs?: PcsDialect): Artefact[] {
  const wanted = (name: ArtefactName) => names === undefined || names.includes(name);
  const scripts = scriptNames.filter(wanted);
  return [
    ...(scripts.length > 0 ? emitScripts(plan, scripts, pcs) : []),
    ...(wanted('MIGRATION.md') ? [emitReport(plan)] : []),
    ...(wanted('plan.json') ? [emitPlan(plan)] : []),
  ];
}
