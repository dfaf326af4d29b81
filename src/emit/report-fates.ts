import {
  type Fate,
  type FateKind,
  fateKinds,
  type ManualStep,
  type Place,
  type Plan,
} from '../pacemaker/plan.ts';

/** How many directives came to which end; kinds without any are left out. */
export function countFates(plan: Pick<Plan, 'fates'>): ReadonlyMap<FateKind, number> {
  const all = new Map(fateKinds.map((kind): [FateKind, number] => [kind, 0]));
  for (const { fate } of plan.fates) all.set(fate, (all.get(fate) ?? 0) + 1);
  return new Map([...all].filter(([, count]) => count > 0));
}

/** `41 directives: 30 exact, 2 approximate, 9 not-needed`. */
export function fatesInWords(plan: Pick<Plan, 'fates'>): string {
  const total = plan.fates.length;
  const parts = [...countFates(plan)].map(([kind, count]) => `${count} ${kind}`);
  return `${total} directive${total === 1 ? '' : 's'}${parts.length > 0 ? `: ${parts.join(', ')}` : ''}`;
}

export const fateMeanings: Readonly<Record<FateKind, string>> = {
  exact: 'behaves the same',
  equivalent: 'the same result by other means',
  approximate: 'differs; see “What differs, and when”',
  manual: 'for you to do; see “Left to do by hand”',
  'not-needed': 'has no meaning after the migration',
  ignored: 'Keepalived ignored it too',
  unknown: 'not a word of keepalived.conf',
};

/** Directives with one fate for one reason. */
export interface FateGroup {
  readonly reason: string;
  /** Empty where nothing is lost. */
  readonly wayOut: string;
  readonly directives: readonly { readonly path: string; readonly places: string }[];
  /** How many more there are than are listed. */
  readonly moreCount: number;
}

/** More examples of one thing help nobody; plan.json has them all. */
const listedDirectives = 6;

/** The directives of one fate, those with the same reason and way out together, in the order of the plan; each path once. */
export function groupFates(fates: readonly Fate[], kind: FateKind): FateGroup[] {
  const groups = new Map<string, { reason: string; wayOut: string; members: Fate[] }>();
  for (const fate of fates) {
    if (fate.fate !== kind) continue;
    const key = JSON.stringify([fate.reason, fate.wayOut]);
    const group = groups.get(key);
    if (group) group.members.push(fate);
    else groups.set(key, { reason: fate.reason, wayOut: fate.wayOut ?? '', members: [fate] });
  }
  return [...groups.values()].map(({ reason, wayOut, members }) => {
    const paths = new Map<string, Place[]>();
    for (const fate of members) {
      const places = paths.get(fate.path);
      if (places) places.push(fate);
      else paths.set(fate.path, [fate]);
    }
    const directives = [...paths].map(([path, places]) => ({ path, places: placesInWords(places) }));
    const moreCount = Math.max(0, directives.length - listedDirectives);
    return { reason, wayOut, directives: directives.slice(0, listedDirectives), moreCount };
  });
}

/** Manual fates that no manual step speaks for: each directive is told once. */
export function untoldManualFates({
  fates,
  manualSteps,
}: {
  fates: readonly Fate[];
  manualSteps: readonly ManualStep[];
}): Fate[] {
  const told = new Set(manualSteps.flatMap(({ from }) => from.map(placeInWords)));
  return fates.filter((fate) => fate.fate === 'manual' && !told.has(placeInWords(fate)));
}

function placeInWords({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** `lb1.conf:3, lb2.conf:4`, each place once. */
export function placesInWords(places: readonly Place[]): string {
  const named = [...new Set(places.map(placeInWords))];
  const more = named.length - listedDirectives;
  return named.slice(0, listedDirectives).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
