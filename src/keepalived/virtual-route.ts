import type { BoundDirective } from './bound-directive.ts';
import { takeEncapsulation } from './encapsulation.ts';
import { dropOption } from './entry-messages.ts';
import { EntryWords } from './entry-words.ts';
import { keepalivedFindings } from './findings.ts';
import { ofFamily } from './network.ts';
import type { ReadingLog } from './reading-log.ts';
import { takeNexthops } from './route-nexthops.ts';
import { routeOptions } from './route-options.ts';
import type { RouteReading } from './route-reading.ts';
import type { Route } from './routing-configuration.ts';
import { parseCNumber } from './routing-names.ts';

/** The protocol number by which the daemon knows its own routes and rules. */
export const ownProtocol = 18;

/**
 * Reads an entry of virtual_routes or, with the groups that are known, of static_routes. Undefined, with a diagnostic,
 * where the daemon drops it.
 */
export function readRoute(
  entry: BoundDirective,
  log: ReadingLog,
  trackGroups?: readonly string[],
): Route | undefined {
  const reading: RouteReading = {
    words: new EntryWords(entry, log),
    log,
    ...(trackGroups && { trackGroups }),
    route: { type: 'unicast', placement: 'prepend', table: 254, onLink: false, metrics: {}, nexthops: [] },
    tracked: true,
  };
  const { words } = reading;
  while (!words.isDone && readOption(reading));
  if (!reading.destination) words.drop('it has no destination');
  return words.conclude('route') ? settle(reading, entry, log) : undefined;
}

/** One option. False where nothing may follow. */
function readOption(reading: RouteReading): boolean {
  const { words, route } = reading;
  const word = words.take();
  const option = routeOptions.get(word);
  if (option) option(reading);
  else if (word === 'encap') {
    const encapsulation = takeEncapsulation(reading);
    if (encapsulation) route.encapsulation = encapsulation;
  } else if (word === 'track_group' && reading.trackGroups) {
    takeTrackGroup(reading);
  } else if (word === 'nexthop') {
    if (route.nexthops?.length) words.drop('nexthop cannot follow or');
    else route.nexthops = takeNexthops(reading);
    return false;
  } else takeDestination(reading, word);
  return true;
}

function takeTrackGroup(reading: RouteReading): void {
  const { words, route } = reading;
  const name = words.take();
  if (reading.namesGroup) {
    words.drop(`${name} is a second track_group`);
    return;
  }
  if (!reading.trackGroups?.includes(name)) unknownTrackGroup(name, words, reading.log);
  else {
    route.trackGroup = name;
    reading.namesGroup = true;
  }
}

export function unknownTrackGroup(name: string, words: EntryWords, log: ReadingLog): void {
  if (words.hasFailed) return;
  log.warn(keepalivedFindings.notTracked, {
    summary: `track_group ${name}: no such group at this point`,
    detail: 'The daemon looks the name up while it reads and keeps the entry without the group.',
    at: words.last.span,
    help: `define track_group ${name} above the entry, or correct the name`,
  });
}

const types: Readonly<Record<number, string>> = {
  1: 'unicast',
  2: 'local',
  3: 'broadcast',
  4: 'anycast',
  5: 'multicast',
  6: 'blackhole',
  7: 'unreachable',
  8: 'prohibit',
  9: 'throw',
  10: 'nat',
  11: 'xresolve',
};

/** The type of a route by its name or number, which must be a number that fits; `brd` is a broadcast. */
export function routeType(word: string): string | undefined {
  if (word === 'brd') return 'broadcast';
  if (Object.values(types).includes(word)) return word;
  const number = word.startsWith('-') ? undefined : parseCNumber(word);
  return number === undefined || number > 255 ? undefined : (types[number] ?? String(number));
}

/** `to` DST, TYPE DST or DST; after `to` a type is no type (measured with 2.2.7). */
function takeDestination(reading: RouteReading, word: string): void {
  const { words, route } = reading;
  const type = word === 'to' ? undefined : routeType(word);
  if (type !== undefined) {
    route.type = type;
    // The bit that notes a type is the one of `add` too (measured with 2.2.7).
    reading.hasType = true;
  } else if (word !== 'to') words.back();
  const destination = words.network('destination');
  if (!destination) return;
  reading.destination = destination;
  // A word for everything is of no family, which is another one than any that was decided before.
  if (destination === 'default' && words.family !== undefined)
    words.drop(`${words.last.value} stands after an address or a family: it must come first`);
  if (destination !== 'default') words.agreeOn(destination.family);
}

function settle(reading: RouteReading, entry: BoundDirective, log: ReadingLog): Route {
  const { words, destination = 'default', route, hasType } = reading;
  const { sourceSelector, trackGroup, ...rest } = route;
  const tracked = reading.tracked && rest.device !== undefined;
  if (reading.tracked) settleProtocol(reading, entry, log);
  if (reading.tracked && !tracked) {
    log.warn(keepalivedFindings.routeNotTracked, {
      summary: `the route to ${shownDestination(entry)} is not tracked: it has no dev`,
      detail: 'The daemon does not notice when somebody deletes it, nor when its interface goes down.',
      at: entry.directive.span,
      help: 'add dev INTERFACE, or no_track to say that this is meant',
    });
  }
  if (trackGroup !== undefined && rest.device === undefined)
    dropOption(log, entry, `track_group ${trackGroup}`, 'a route needs dev for it');
  return {
    ...rest,
    placement: hasType ? 'add' : rest.placement,
    ...(reading.tracked && { protocol: ownProtocol }),
    family: words.family ?? 'ipv4',
    destination: ofFamily(destination, words.family),
    ...(sourceSelector && { sourceSelector }),
    ...(trackGroup !== undefined && rest.device !== undefined && { trackGroup }),
    tracked,
    from: entry,
  };
}

function settleProtocol({ route }: RouteReading, entry: BoundDirective, log: ReadingLog): void {
  if (route.protocol === undefined || route.protocol === ownProtocol) return;
  dropOption(
    log,
    entry,
    `protocol ${route.protocol}`,
    `a tracked route has ${ownProtocol}, keepalived's own`,
  );
}

function shownDestination({ directive }: BoundDirective): string {
  return directive.words.find(({ value }) => /[.:]|^default|^any$|^all$/.test(value))?.value ?? '';
}
