import { similarWord } from '../../grammar/directives/suggest.ts';
import { type Diagnostic, report } from '../../grammar/source/diagnostic.ts';
import type { Companion, Located, NeededBy } from '../companion/companion.ts';
import { companionFindings } from '../companion/findings.ts';
import type { MovingGroup } from './moving-group.ts';
import type { Resource } from './plan.ts';

/** The group that an instance, or a sync group, has become. */
export function groupNamed(groups: readonly MovingGroup[], name: string): MovingGroup | undefined {
  return (
    groups.find(({ source }) => source.name === name) ??
    groups.find(({ source }) => source.instances.some((instance) => instance.name === name))
  );
}

/** What needs a service: members of a sync group that say the same are one. */
export function neededOnce(neededBy: readonly NeededBy[], groups: readonly MovingGroup[]): NeededBy[] {
  const isSame = (one: NeededBy, other: NeededBy) => {
    const group = groupNamed(groups, one.instance.value);
    return group !== undefined && group === groupNamed(groups, other.instance.value);
  };
  return neededBy.filter((one, place) => neededBy.findIndex((other) => isSame(one, other)) >= place);
}

/** What a companion file may name. */
interface Known {
  readonly nodes: readonly string[];
  readonly groups: readonly MovingGroup[];
  /** All that the plan has, the services and devices included. */
  readonly resources: readonly Resource[];
}

/** Names in the companion file that nothing has, and those that two things have. */
export function checkNames(companion: Companion, { nodes, groups, resources }: Known): Diagnostic[] {
  const { fencing, services } = companion;
  const devices = fencing?.kind === 'devices' ? fencing.devices : [];
  const levels = fencing?.kind === 'devices' ? fencing.levels : [];
  const instances = groups.flatMap(({ source }) => [
    source.name,
    ...source.instances.map(({ name }) => name),
  ]);
  const clones = services.filter(({ place }) => place.kind === 'clone').map(({ name }) => name.value);
  const deviceNames = devices.map(({ name }) => name.value);
  const unknown = (what: string, known: readonly string[]) => (used: Located<string>) =>
    known.includes(used.value) ? [] : [unknownName(what, used, known)];
  return [
    ...companion.nodes.flatMap(({ name }) => unknown('node', nodes)(name)),
    ...devices.flatMap((device) => device.nodes.flatMap(({ node }) => unknown('node', nodes)(node))),
    ...levels.flatMap(({ node }) => unknown('node', nodes)(node)),
    ...levels.flatMap((entry) => entry.levels.flat().flatMap(unknown('fencing device', deviceNames))),
    ...services.flatMap(({ place }) => {
      if (place.kind === 'follows') return unknown('instance', instances)(place.instance);
      return [
        ...place.neededBy.flatMap(({ instance }) => unknown('instance', instances)(instance)),
        ...place.after.flatMap(unknown('instance or clone', [...instances, ...clones])),
      ];
    }),
    ...services.flatMap(({ place }) => (place.kind === 'clone' ? neededTwice(place.neededBy, groups) : [])),
    ...namesTaken(
      [...devices, ...services].map(({ name }) => name),
      groups,
      resources,
    ),
  ];
}

function unknownName(what: string, { value, at }: Located<string>, known: readonly string[]): Diagnostic {
  const near = similarWord(value, known);
  const list = [...new Set(known)].join(', ');
  return report(companionFindings.unknownName, {
    summary: `there is no ${what} '${value}'`,
    at,
    help: near === undefined ? (list === '' ? undefined : `there is ${list}`) : `did you mean '${near}'?`,
    ...(near !== undefined && { suggestion: { at, text: near } }),
  });
}

function neededTwice(neededBy: readonly NeededBy[], groups: readonly MovingGroup[]): Diagnostic[] {
  return neededBy.flatMap(({ instance, score }, place) => {
    const group = groupNamed(groups, instance.value);
    const other = neededBy
      .slice(0, place)
      .find((one) => group && groupNamed(groups, one.instance.value) === group && one.score !== score);
    if (!other) return [];
    return [
      report(companionFindings.neededTwice, {
        summary: `${instance.value} needs it by ${score}, and ${other.instance.value}, which moves with it, by ${other.score}`,
        at: instance.at,
        notes: [{ text: `${other.instance.value} is here`, at: other.instance.at }],
        help: 'name one of them',
      }),
    ];
  });
}

/**
 * Ids differ in more than case. What a service or device becomes is called after it: `export-server`, `web-clone`.
 */
function namesTaken(
  names: readonly Located<string>[],
  groups: readonly MovingGroup[],
  resources: readonly Resource[],
): Diagnostic[] {
  const taken = new Map<string, string>();
  for (const { id, addresses } of groups) {
    taken.set(id.toLowerCase(), 'an instance');
    for (const address of addresses) taken.set(address.id.toLowerCase(), 'an address');
  }
  const twice = repeated(resources.map(({ id }) => id.toLowerCase()));
  return names.flatMap(({ value, at }) => {
    const name = value.toLowerCase();
    const made = twice.find((id) => id === name || id.startsWith(`${name}-`));
    const holder = taken.get(name) ?? (made === undefined ? undefined : `another resource, ${made}`);
    taken.set(name, 'something else of this file');
    if (holder === undefined) return [];
    const summary = `the name '${value}' is that of ${holder}`;
    return [report(companionFindings.nameTaken, { summary, at, help: 'choose another one' })];
  });
}

function repeated(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.has(id) || !seen.add(id));
}
