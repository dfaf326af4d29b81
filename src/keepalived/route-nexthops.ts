import { entryIn } from '../../grammar/source/table-entry.ts';
import { takeEncapsulation } from './encapsulation.ts';
import { dropOption } from './entry-messages.ts';
import { canBeInterface, reportImpossibleInterface } from './interface-name.ts';
import { type IpAddress, parseIpAddress } from './ip-address.ts';
import type { RouteReading } from './route-reading.ts';
import type { Nexthop } from './routing-configuration.ts';
import { takeRealms } from './routing-names.ts';
import { readStrictWhole } from './values.ts';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Reads one option of a nexthop. A text is the reason why this nexthop and all that follow are lost. */
type OptionReader = (nexthop: Mutable<Nexthop>, reading: RouteReading) => string | undefined;

/**
 * What follows `nexthop`, to the end of the line. The daemon keeps the route with the nexthops before the first one that it
 * cannot use.
 */
export function takeNexthops(reading: RouteReading): Nexthop[] {
  const { words, log } = reading;
  const nexthops: Nexthop[] = [];
  let problem: string | undefined;
  do {
    const nexthop: Mutable<Nexthop> = { onLink: false };
    problem = readNexthop(nexthop, reading);
    if (problem === undefined) nexthops.push(nexthop);
  } while (problem === undefined && words.takeIf('nexthop'));
  if (problem === undefined && !words.isDone) problem = `'${words.peek()}' is no option of a nexthop`;
  if (problem !== undefined && !words.hasFailed) {
    const kept = nexthops.length === 0 ? 'no nexthop' : `the first ${nexthops.length}`;
    dropOption(log, words.entry, 'what follows in the line', `${problem}; the route has ${kept}`);
  }
  return nexthops;
}

function readNexthop(nexthop: Mutable<Nexthop>, reading: RouteReading): string | undefined {
  const { words } = reading;
  while (!words.isDone) {
    const option = entryIn(options, words.peek() ?? '');
    if (!option) return undefined;
    words.skip();
    const problem = option(nexthop, reading);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const options: Readonly<Record<string, OptionReader>> = {
  via(nexthop, { words }) {
    const named = words.peek();
    if (named === 'inet' || named === 'inet6') {
      words.skip();
      const family = named === 'inet' ? 'ipv4' : 'ipv6';
      if (words.family !== undefined && words.family !== family) return 'it mixes IPv4 and IPv6';
      words.family = family;
    }
    const text = words.take();
    const address: IpAddress | undefined = parseIpAddress(text);
    if (!address) return `${text} is not an address`;
    if (words.family !== undefined && words.family !== address.family) return 'it mixes IPv4 and IPv6';
    words.family = address.family;
    nexthop.gateway = address;
    return undefined;
  },
  dev(nexthop, { words, log }) {
    const name = words.take();
    if (!words.hasFailed && !canBeInterface(name))
      reportImpossibleInterface('dev', name, words.last.span, log);
    nexthop.device = name;
    return undefined;
  },
  weight(nexthop, { words }) {
    const text = words.take();
    const weight = readStrictWhole(text, 1, 256);
    if (weight === undefined) return `weight ${text} is not from 1 to 256`;
    nexthop.weight = weight;
    return undefined;
  },
  onlink(nexthop) {
    nexthop.onLink = true;
    return undefined;
  },
  encap(nexthop, reading) {
    const encapsulation = takeEncapsulation(reading);
    if (encapsulation) nexthop.encapsulation = encapsulation;
    return undefined;
  },
  realms(nexthop, { words, log }) {
    const realms = takeRealms(words, log);
    if (!realms) return `realms ${words.last.value} cannot be used`;
    nexthop.realms = realms;
    if (words.family === 'ipv6') return 'realms are for IPv4';
    words.family = 'ipv4';
    return undefined;
  },
  as: () => 'address translation is not supported',
};
