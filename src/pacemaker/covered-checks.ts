import type { Companion, NeededBy, Service } from '../companion/companion.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { Checks, ObjectCheck } from './checks.ts';
import { groupNamed } from './companion-names.ts';
import { commonIdiom, effectsOn, idiomOfProcess } from './managed-checks.ts';
import type { MovingGroup } from './moving-group.ts';
import { unitsOfService } from './notified-services.ts';
import { type Idiom, idiomOf } from './service-idioms.ts';
import type { TrackEffect } from './tracking.ts';

/** A check that no group counts any more, since the companion file has its service and says what that counts. */
export interface CoveredCheck {
  readonly kind: 'script' | 'process';
  readonly name: string;
}

/** What a service of the companion file is to a check that asks for it, in one group. */
export interface CoveredGroup extends CoveredCheck {
  readonly unit: string;
  readonly service: string;
  readonly definitions: readonly BoundDirective[];
  readonly group: MovingGroup;
  readonly effects: readonly TrackEffect[];
  /** What the companion file says. */
  readonly score: NeededBy['score'];
  /** What the weights say of all checks of the service together. */
  readonly weight: NeededBy['score'];
  /** Notify scripts or a FIFO of the group heard of the check. */
  readonly isTold: boolean;
}

export interface CoveredChecks {
  /** Those that are gone. */
  readonly checks: readonly CoveredCheck[];
  /** Where needed-by counts in the place of a check. */
  readonly groups: readonly CoveredGroup[];
  /** Where both say that the group may not be there, and the check stays for those who hear of it. */
  readonly kept: readonly CoveredGroup[];
  /** Checks of a service that is only where the addresses are. */
  readonly following: readonly Omit<CoveredGroup, 'score' | 'weight' | 'isTold'>[];
}

export const nothingCovered: CoveredChecks = { checks: [], groups: [], kept: [], following: [] };

/**
 * Which checks would count twice: a clone of the companion file runs what they ask for, and its needed-by already says what
 * a node without it loses. There the author's word counts. A hard condition stays for notify scripts: said twice it is the
 * same.
 */
export function withCovered(
  checks: Checks,
  groups: readonly MovingGroup[],
  told: ReadonlySet<string>,
  companion: Companion | undefined,
): Checks {
  if (!companion || companion.services.length === 0) return checks;
  const asking = [
    ...checks.scripts.flatMap((check) => askingFor('script', check, ({ argv }) => idiomOf(argv))),
    ...checks.processes.flatMap((check) => askingFor('process', check, idiomOfProcess)),
  ];
  const found = asking.flatMap((one) => ofServices(one, companion.services, groups));
  const needing = found.flatMap(({ neededBy, ...one }) => {
    if (!neededBy) return [];
    const same = found.filter(({ group, service }) => group === one.group && service === one.service);
    const weight = togetherOf(same.flatMap(({ effects }) => effects));
    return [{ ...one, score: neededBy.score, weight, isTold: told.has(one.group.id) }];
  });
  const isKept = ({ isTold, score, effects }: CoveredGroup) =>
    isTold && score === 'INFINITY' && effects.every(({ weight }) => weight === 0);
  const kept = needing.filter(isKept);
  const covered = needing.filter((one) => !isKept(one));
  const settle = <Check extends ObjectCheck<unknown>>(kind: CoveredCheck['kind'], all: readonly Check[]) =>
    all.flatMap((check): Check[] => {
      const own = covered.filter((one) => one.kind === kind && one.name === check.name);
      if (own.length === 0) return [check];
      const notCountedBy = new Set(own.map(({ group }) => group.id));
      const isNeeded = groups.some(
        (group) => !notCountedBy.has(group.id) && effectsOn(group, kind, check.name).length > 0,
      );
      return isNeeded ? [{ ...check, notCountedBy }] : [];
    });
  const scripts = settle('script', checks.scripts);
  const processes = settle('process', checks.processes);
  const gone = (
    kind: CoveredCheck['kind'],
    before: readonly { name: string }[],
    after: readonly { name: string }[],
  ) =>
    before
      .filter(({ name }) => after.every((one) => one.name !== name))
      .map(({ name }): CoveredCheck => ({ kind, name }));
  return {
    ...checks,
    scripts,
    processes,
    covered: {
      checks: [...gone('script', checks.scripts, scripts), ...gone('process', checks.processes, processes)],
      groups: covered,
      kept,
      following: found.filter(({ neededBy }) => !neededBy),
    },
  };
}

/** What several checks of a service take from a node together, as needed-by can say it. */
export function togetherOf(effects: readonly Pick<TrackEffect, 'weight' | 'name'>[]): NeededBy['score'] {
  const byName = new Map(effects.map(({ name, weight }) => [name, Math.abs(weight)]));
  const weights = [...byName.values()];
  return weights.includes(0)
    ? 'INFINITY'
    : Math.min(
        253,
        weights.reduce((sum, weight) => sum + weight, 0),
      );
}

interface Asking extends CoveredCheck {
  readonly unit: string;
  readonly definitions: readonly BoundDirective[];
}

function askingFor<One extends { readonly directive: BoundDirective }>(
  kind: CoveredCheck['kind'],
  { name, variants }: ObjectCheck<One>,
  idiomIn: (definition: One) => Idiom | undefined,
): Asking[] {
  const idiom = commonIdiom(variants.map(({ definition }) => idiomIn(definition)));
  const definitions = variants.flatMap(({ directives }) => directives);
  return idiom?.kind === 'service' ? [{ kind, name, unit: idiom.unit, definitions }] : [];
}

interface Meeting extends Omit<CoveredGroup, 'score' | 'weight' | 'isTold'> {
  /** Absent where the service follows the group. */
  readonly neededBy?: NeededBy;
}

/** The groups that track the check and that a service with its unit has to do with; who wants it not to run means another thing. */
function ofServices(asking: Asking, services: readonly Service[], groups: readonly MovingGroup[]): Meeting[] {
  const own = services.filter((service) => unitsOfService(service).includes(asking.unit));
  return own.flatMap(({ name, place }) =>
    groups.flatMap((group): Meeting[] => {
      const effects = effectsOn(group, asking.kind, asking.name);
      if (effects.length === 0 || effects.some(({ reverse }) => reverse)) return [];
      const found = { ...asking, service: name.value, group, effects };
      const isOwn = (instance: string) => groupNamed(groups, instance) === group;
      if (place.kind === 'follows') return isOwn(place.instance.value) ? [found] : [];
      const neededBy = place.neededBy.find(({ instance }) => isOwn(instance.value));
      return neededBy ? [{ ...found, neededBy }] : [];
    }),
  );
}
