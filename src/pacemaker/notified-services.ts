import type { Companion, Service } from '../companion/companion.ts';
import type { NotifyScript } from '../keepalived/node-configuration.ts';
import type { ElementIds } from './element-ids.ts';
import type { MovingGroup } from './moving-group.ts';
import { isRun, type NotifyOwner, notifyOwners } from './notify-owners.ts';
import { type ServiceCall, serviceCallOf, unitOfProcess } from './service-idioms.ts';
import { configuredNodes } from './tracking.ts';

/** Who has notify scripts, in the configuration or in a plan. */
export interface ScriptOwner {
  /** The Pacemaker group with which it changes its state. */
  readonly group: string;
  /** The commands of each node that configures it. */
  readonly nodes: readonly (readonly EventCommand[])[];
}

export interface EventCommand {
  readonly event: string;
  readonly argv: readonly string[];
}

/** A service that notify scripts start with the addresses of a group and stop when they leave. */
export interface Following<Owner> {
  readonly unit: string;
  readonly group: string;
  readonly owners: readonly Owner[];
  /** Whether BACKUP stops it on every node; otherwise FAULT or the end of the daemon does. */
  readonly stopsInBackup: boolean;
}

/**
 * The services of which both twins are there: on every node notify_master only starts it, and a script of BACKUP, FAULT or
 * the end only stops it. One that a script of anybody else starts or stops too is left to the scripts: the cluster would
 * take the other's doing for a failure.
 */
export function followingServices<Owner extends ScriptOwner>(owners: readonly Owner[]): Following<Owner>[] {
  const calling = new Map<string, { readonly owner: Owner; readonly calls: NodeCalls }[]>();
  for (const owner of owners) {
    const calls = owner.nodes.map((commands) => commands.flatMap(eventCall));
    for (const unit of new Set(calls.flat().map((call) => call.unit))) {
      const known = calling.get(unit);
      if (known) known.push({ owner, calls });
      else calling.set(unit, [{ owner, calls }]);
    }
  }
  return [...calling].flatMap(([unit, callers]) => {
    const [first] = callers;
    const isFollowing = callers.every(
      ({ owner, calls }) => owner.group === first?.owner.group && isPair(calls, unit),
    );
    if (!first || !isFollowing) return [];
    const stopsInBackup = callers.some(({ calls }) =>
      calls.every((node) => has(node, unit, 'stop', ['backup'])),
    );
    return [{ unit, group: first.owner.group, owners: callers.map(({ owner }) => owner), stopsInBackup }];
  });
}

interface EventCall extends ServiceCall {
  readonly event: string;
}
type NodeCalls = readonly (readonly EventCall[])[];

function eventCall({ event, argv }: EventCommand): EventCall[] {
  const call = serviceCallOf(argv);
  return call ? [{ ...call, event }] : [];
}

const ends = ['backup', 'fault', 'stop'];

function isPair(calls: NodeCalls, unit: string): boolean {
  return calls.every(
    (node) =>
      has(node, unit, 'start', ['master']) &&
      has(node, unit, 'stop', ends) &&
      !has(node, unit, 'start', [...ends, 'any']) &&
      !has(node, unit, 'stop', ['master', 'any']),
  );
}

function has(
  calls: readonly EventCall[],
  unit: string,
  verb: ServiceCall['verb'],
  events: readonly string[],
): boolean {
  return calls.some((call) => call.unit === unit && call.verb === verb && events.includes(call.event));
}

/** A service that the cluster runs as a member of a group, in place of notify scripts. */
export interface NotifiedService extends Omit<Following<NotifyOwner>, 'owners'> {
  readonly id: string;
  /** What it replaces. */
  readonly scripts: readonly NotifyScript[];
}

export interface NotifiedServices {
  readonly following: readonly NotifiedService[];
  /** A script of MASTER for each service that scripts go on starting: the other twin is missing, or something else runs it. */
  readonly left: readonly {
    readonly script: NotifyScript;
    readonly unit: string;
    readonly isTaken: boolean;
  }[];
}

export const noNotifiedServices: NotifiedServices = { following: [], left: [] };

/** @param taken units that something else runs */
export function findNotified(
  groups: readonly MovingGroup[],
  taken: ReadonlySet<string>,
  ids: ElementIds,
): NotifiedServices {
  const owners = groups.flatMap((group) =>
    notifyOwners(group).map((owner) => ({ ...scriptsOf(owner), owner })),
  );
  const following = followingServices(owners)
    .filter(({ unit }) => !taken.has(unit))
    .map(({ unit, group, stopsInBackup, owners: callers }): NotifiedService => {
      const scripts = callers.flatMap(({ owner }) =>
        scriptsOn(owner).filter(({ argv }) => serviceCallOf(argv)?.unit === unit),
      );
      return { id: ids.take(unit), unit, group, stopsInBackup, scripts };
    });
  const replaced = new Set(following.map(({ unit }) => unit));
  const left = new Map<string, NotifiedServices['left'][number]>();
  for (const script of owners.flatMap(({ owner }) => scriptsOn(owner))) {
    const call = script.event === 'master' ? serviceCallOf(script.argv) : undefined;
    if (call?.verb !== 'start' || replaced.has(call.unit) || left.has(call.unit)) continue;
    left.set(call.unit, { script, unit: call.unit, isTaken: taken.has(call.unit) });
  }
  return { following, left: [...left.values()] };
}

function scriptsOn({ members }: NotifyOwner): NotifyScript[] {
  return members.flatMap(({ configured }) => configured.scripts).filter(isRun);
}

/** A node of the group that does not configure the owner has no scripts, and so no twins. */
function scriptsOf({ group, members }: NotifyOwner): ScriptOwner {
  const byNode = new Map(members.map(({ node, configured }) => [node, configured.scripts]));
  return {
    group: group.id,
    nodes: [...configuredNodes(group)].map((node) => (byNode.get(node) ?? []).filter(isRun)),
  };
}

/** Units that services of the companion file run, as far as their agents tell. */
export function companionUnits(companion: Companion | undefined): ReadonlySet<string> {
  return new Set((companion?.services ?? []).flatMap(unitsOfService));
}

/** By its own name and by the one that a check of its process is taken to mean: mysqld and mysql. */
export function unitsOfService({ what }: Service): string[] {
  if (what.kind === 'agent') {
    const unit = what.agent.value.replace(/^.*:/, '').replace(/\.service$/, '');
    return [unit, unitOfProcess(unit)];
  }
  if (what.kind === 'nginx') return ['nginx'];
  return what.kind === 'nfs' ? ['nfs-server', 'nfs-kernel-server'] : [];
}
