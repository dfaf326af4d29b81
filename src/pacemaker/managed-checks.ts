import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { Companion } from '../companion/companion.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { VrrpScript } from '../keepalived/node-configuration.ts';
import type { TrackedProcess } from '../keepalived/tracked-objects.ts';
import type { Checks, ObjectCheck } from './checks.ts';
import type { ElementIds } from './element-ids.ts';
import type { MovingGroup } from './moving-group.ts';
import { companionUnits, type NotifiedServices } from './notified-services.ts';
import { ownersToTell } from './notify-owners.ts';
import { type Idiom, idiomOf, processNamed } from './service-idioms.ts';
import { configuredNodes, rulesPerNode, type TrackEffect, trackingOf } from './tracking.ts';

/** A service that the cluster runs itself instead of asking whether it runs. */
export interface ServiceCheck {
  readonly kind: 'script' | 'process';
  /** What tracked it. */
  readonly name: string;
  /** Id of the resource; its clone's is derived. */
  readonly id: string;
  readonly unit: string;
  /** The unit has its name from a process. */
  readonly isGuess: boolean;
  readonly intervalMs: number;
  readonly definitions: readonly BoundDirective[];
  /** Nodes that look after it. */
  readonly nodes: readonly string[];
}

export interface ManagedChecks {
  readonly services: readonly ServiceCheck[];
  /** Scripts that only ask a host for an answer. */
  readonly pings: readonly ObjectCheck<VrrpScript>[];
  /** Recognised, but left as checks: Pacemaker has no form for what their weights say. */
  readonly left: readonly {
    readonly check: ObjectCheck<Defined>;
    readonly unit: string;
    readonly why: LeftCheck;
  }[];
}

/**
 * Why a check stays one: something else of the plan runs the service; notify scripts or a FIFO of a group hear of the
 * check, and know location rules only; or a colocation cannot say what its weights do.
 */
export type LeftCheck = 'taken' | 'told' | 'weights';

interface Defined {
  readonly directive: BoundDirective;
}

/**
 * Which checks the cluster can replace by the thing itself. A colocation holds for all nodes, counts while the service runs,
 * and cannot want it not to run: so all nodes of a group must track it with one weight, without reverse. Of two checks that
 * look after one service the first becomes the service, the second stays.
 */
function findManaged(
  scripts: readonly ObjectCheck<VrrpScript>[],
  processes: readonly ObjectCheck<TrackedProcess>[],
  groups: readonly MovingGroup[],
  taken: ReadonlySet<string>,
  told: ReadonlySet<string>,
  ids: ElementIds,
): ManagedChecks {
  const services = new Map<string, ServiceCheck>();
  const pings: ObjectCheck<VrrpScript>[] = [];
  const left: ManagedChecks['left'][number][] = [];
  const manage = <One extends Defined>(
    kind: ServiceCheck['kind'],
    check: ObjectCheck<One>,
    idiom: Extract<Idiom, { kind: 'service' }>,
    intervalMs: number,
  ) => {
    const { unit, isGuess } = idiom;
    const isHeard = groups.some(
      (group) => told.has(group.id) && effectsOn(group, kind, check.name).length > 0,
    );
    const canBecome = !services.has(unit) && canColocate(kind, check.name, groups);
    const why = taken.has(unit) ? 'taken' : isHeard ? 'told' : canBecome ? undefined : 'weights';
    if (why) {
      left.push({ check, unit, why });
      return;
    }
    const nodes = check.variants.flatMap((variant) => variant.nodes);
    const definitions = check.variants.flatMap(({ directives }) => directives);
    const id = ids.take(unit);
    services.set(unit, { kind, name: check.name, id, unit, isGuess, intervalMs, definitions, nodes });
  };
  for (const check of scripts) {
    const idiom = commonIdiom(check.variants.map(({ definition }) => idiomOf(definition.argv)));
    const [first] = check.variants;
    if (!idiom || !first) continue;
    // One agent for all nodes, however each of them waits: pcs refuses two that keep one attribute.
    const nodes = check.variants.flatMap((variant) => variant.nodes);
    if (idiom.kind === 'ping')
      pings.push({
        ...check,
        variants: [{ ...first, nodes, directives: check.variants.flatMap((one) => one.directives) }],
      });
    else manage('script', check, idiom, first.definition.intervalMs);
  }
  for (const check of processes) {
    const idiom = commonIdiom(check.variants.map(({ definition }) => idiomOfProcess(definition)));
    if (idiom?.kind === 'service') manage('process', check, idiom, 2000);
  }
  return { services: [...services.values()], pings, left };
}

/** The checks with what the cluster can take over put among the managed ones. A service is one resource: first come the companion file's, then those that move with a group. */
export function withManaged(
  checks: Checks,
  groups: readonly MovingGroup[],
  told: ReadonlySet<string>,
  companion: Companion | undefined,
  ids: ElementIds,
): Checks {
  const following = checks.notified.following.map(({ unit }) => unit);
  const taken = new Set([...companionUnits(companion), ...following]);
  const managed = findManaged(checks.scripts, checks.processes, groups, taken, told, ids);
  const gone = (kind: ServiceCheck['kind']) =>
    new Set(managed.services.filter((service) => service.kind === kind).map(({ name }) => name));
  const scripts = new Set([...gone('script'), ...managed.pings.map(({ name }) => name)]);
  const processes = gone('process');
  return {
    ...checks,
    scripts: checks.scripts.filter(({ name }) => !scripts.has(name)),
    processes: checks.processes.filter(({ name }) => !processes.has(name)),
    managed,
  };
}

/** Groups with somebody who hears FAULT, or the priority that the weights make: from location rules, by their attributes. */
export function toldGroups(
  cluster: FailoverCluster,
  groups: readonly MovingGroup[],
  { following }: NotifiedServices,
): ReadonlySet<string> {
  const replaced = new Set(following.flatMap(({ scripts }) => scripts));
  return new Set(ownersToTell(cluster, groups, replaced).map(({ group }) => group.id));
}

/** What the definitions of all nodes say alike. */
export function commonIdiom(idioms: readonly (Idiom | undefined)[]): Idiom | undefined {
  const [first, ...others] = idioms;
  const text = JSON.stringify(first);
  return others.every((other) => JSON.stringify(other) === text) ? first : undefined;
}

/** One process at least, with any arguments. */
export function idiomOfProcess({ argv, quorum, quorumMax }: TrackedProcess): Idiom | undefined {
  return quorum === 1 && quorumMax === undefined ? processNamed(argv.slice(0, 1)) : undefined;
}

function canColocate(kind: ServiceCheck['kind'], name: string, groups: readonly MovingGroup[]): boolean {
  return groups.every((group) => {
    const own = effectsOn(group, kind, name);
    if (own.length === 0) return true;
    const [rule, ...others] = rulesPerNode(configuredNodes(group), own);
    return rule !== undefined && rule.node === undefined && others.length === 0 && !rule.effect.reverse;
  });
}

/** What a check does to a group, node by node. */
export function effectsOn({ source }: MovingGroup, kind: TrackEffect['kind'], name: string): TrackEffect[] {
  return trackingOf(source).effects.filter((effect) => effect.kind === kind && effect.name === name);
}
