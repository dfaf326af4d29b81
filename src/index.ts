export type { Diagnostic, Finding, Note, Outcome, Severity } from '../grammar/source/diagnostic.ts';
export type { FileContent, FileTree, Unreadable } from '../grammar/source/file-tree.ts';
export { type Release, releaseNamed } from '../grammar/source/release.ts';
export type { Span } from '../grammar/source/span.ts';
export type * from './companion/companion.ts';
export { companionSchema } from './companion/companion-shape.ts';
export { readCompanion } from './companion/read-companion.ts';
export { type Description, describeNodes } from './describe-nodes.ts';
export { catalogue } from './diagnostics/catalogue.ts';
export { type HumanOptions, renderHuman } from './diagnostics/render-human.ts';
export { diagnosticsFormat, renderJson } from './diagnostics/render-json.ts';
export { renderSarif, type SarifOptions } from './diagnostics/render-sarif.ts';
export { comparePlans, type FieldChange, type PlanArea, type PlanChange } from './diff/compare-plans.ts';
export { type ArtefactDiff, type ComparedArtefact, diffArtefacts } from './diff/diff-artefacts.ts';
export { emitArtefacts } from './emit/artefacts.ts';
export { type ConfigDocument, configFormat, emitConfig } from './emit/config-document.ts';
export { emitTarget } from './emit/target.ts';
export { type Draft, initCompanion } from './init-companion.ts';
export type * from './pacemaker/plan.ts';
export { fateKinds, planFormat } from './pacemaker/plan.ts';
export { translate } from './translate.ts';
export {
  type Artefact,
  type ArtefactName,
  artefactNames,
  type NodeInput,
  type PcsDialect,
  pcsDialects,
  type ShownSource,
  type TargetName,
  type TranslateInput,
  type TranslateOptions,
  type Translation,
  targetNames,
} from './translation.ts';
export { version } from './version.ts';
