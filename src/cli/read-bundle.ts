import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedArtefact } from '../diff/diff-artefacts.ts';
import { type Plan, planFormat } from '../pacemaker/plan.ts';
import { artefactNames } from '../translation.ts';

/** A folder that `-o` wrote, as far as it can be read. */
export interface Bundle {
  readonly artefacts: readonly ComparedArtefact[];
  readonly plan: Plan | undefined;
  /** Why there is no plan although there is a plan.json. */
  readonly planProblem?: string;
}

/** Reads a bundle. What is missing is missing in the result; throws when a file is there and cannot be read. */
export function readBundle(folder: string): Bundle {
  const artefacts = artefactNames.flatMap((name): ComparedArtefact[] => {
    const path = join(folder, name);
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return [];
    const text = readFileSync(path, 'utf8');
    // Windows has no run bit that could be compared.
    const mode = process.platform === 'win32' ? {} : { executable: (stats.mode & 0o111) !== 0 };
    return [{ name, text, ...mode }];
  });
  return { artefacts, ...parsePlan(artefacts.find(({ name }) => name === 'plan.json')?.text) };
}

function parsePlan(text: string | undefined): { plan: Plan | undefined; planProblem?: string } {
  if (text === undefined) return { plan: undefined };
  let plan: unknown;
  try {
    plan = JSON.parse(text);
  } catch {
    return { plan: undefined, planProblem: 'it is not JSON' };
  }
  if (isPlan(plan)) return { plan: { ...laterLists, ...plan } };
  const format = typeof plan === 'object' && plan !== null && 'format' in plan ? plan.format : undefined;
  return {
    plan: undefined,
    planProblem: format === planFormat ? 'parts of it are missing' : `its format is not ${planFormat}`,
  };
}

const lists = [
  'nodes',
  'properties',
  'resources',
  'constraints',
  'files',
  'manualSteps',
  'fates',
  'commands',
] as const;

/** Lists that older bundles of this format do not have. */
const laterLists = { secrets: [], colocations: [], orders: [], fencingLevels: [], alerts: [] };

/** Enough of a look that a comparison finds the lists it walks; the format's number vouches for what is in them. */
function isPlan(value: unknown): value is Plan {
  if (typeof value !== 'object' || value === null) return false;
  const plan = value as Partial<Record<string, unknown>>;
  const listed = lists.every((name) => Array.isArray(plan[name]));
  return (
    plan['format'] === planFormat && listed && typeof plan['cluster'] === 'object' && plan['cluster'] !== null
  );
}
