import { entryIn } from '../../grammar/source/table-entry.ts';
import { dropOption } from './entry-messages.ts';
import { parseIpAddress } from './ip-address.ts';
import type { RouteReading } from './route-reading.ts';
import type { Encapsulation } from './routing-configuration.ts';
import { parseCNumber, routingNames, takeNamed } from './routing-names.ts';
import { readStrictWhole } from './values.ts';

type Reader = Pick<RouteReading, 'words' | 'log'>;
type Tunnel = Extract<Encapsulation, { type: 'ip' | 'ip6' }>;

/** What follows `encap`: a type, and its attributes up to the first word that is none. */
export function takeEncapsulation({ words, log }: Reader): Encapsulation | undefined {
  const type = words.peek();
  // Without a type, and after one that it does not know, the daemon goes on with the route.
  if (type === undefined) {
    dropOption(log, words.entry, 'encap', 'no type follows');
    return undefined;
  }
  words.skip();
  if (type === 'ip' || type === 'ip6') return takeTunnel(type, { words, log });
  if (type === 'mpls') return { type, labels: takeLabels({ words, log }) };
  if (type === 'ila') return takeLocator({ words, log });
  dropOption(log, words.entry, `encap ${type}`, 'not a type that the daemon knows');
  // The word after it is lost too (measured with 2.2.7).
  words.skip();
  return undefined;
}

/** Pairs of a name and a value. A value that cannot be used ends them: its name is then read as an option of the route. */
function takeTunnel(type: Tunnel['type'], { words, log }: Reader): Tunnel {
  let tunnel: Tunnel = { type };
  let problem: string | undefined;
  while (problem === undefined && words.left > 1) {
    const name = words.take();
    const read = entryIn(attributeReaders[type], name);
    const pair = read?.({ words, log });
    if (pair && typeof pair !== 'string') tunnel = { ...tunnel, ...pair };
    else {
      if (typeof pair === 'string') problem = pair;
      if (read) words.back();
      words.back();
      if (problem === undefined) break;
    }
  }
  if (problem === undefined && !tunnel.destination && tunnel.id === undefined)
    problem = 'neither dst nor id is given';
  if (problem === undefined) return tunnel;
  dropOption(log, words.entry, `the addresses of encap ${type}`, problem);
  const { destination: _destination, source: _source, ...rest } = tunnel;
  return rest;
}

/** A text says why the value cannot be used. */
type AttributeReader = (reader: Reader) => Partial<Tunnel> | string;

const attributeReaders: Readonly<Record<Tunnel['type'], Readonly<Record<string, AttributeReader>>>> = {
  ip: {
    // Only 32 of its 64 bits count (measured with 2.2.7).
    id: number('id', 2 ** 64, 'id', 32),
    dst: address('destination', 'ipv4'),
    src: address('source', 'ipv4'),
    tos: tos,
    ttl: number('ttl', 255),
    flags: number('flags', 65_535),
  },
  ip6: {
    id: number('id', 2 ** 64, 'id', 32),
    dst: address('destination', 'ipv6'),
    src: address('source', 'ipv6'),
    tc: tos,
    hoplimit: number('ttl', 255, 'hoplimit'),
    flags: number('flags', 65_535),
  },
};

function number(
  field: 'id' | 'ttl' | 'flags',
  high: number,
  name = field as string,
  bits = 64,
): AttributeReader {
  return ({ words }) => {
    const text = words.take();
    const value = readStrictWhole(text, 0, high);
    if (value === undefined) return `${name} ${text} is no number that fits`;
    return { [field]: bits === 32 ? Number(BigInt.asUintN(32, BigInt(text.trim()))) : value };
  };
}

function address(field: 'destination' | 'source', family: 'ipv4' | 'ipv6'): AttributeReader {
  return ({ words }) => {
    const text = words.take();
    const value = parseIpAddress(text);
    return value?.family === family ? { [field]: value } : `${text} is no ${family} address`;
  };
}

function tos({ words, log }: Reader): Partial<Tunnel> | string {
  const value = takeNamed(words, routingNames.tos, log);
  return { tos: value };
}

/** Up to two labels, as 2.2.7 has room for. */
function takeLabels({ words, log }: Reader): number[] {
  const text = words.peek();
  words.skip();
  const labels = (text ?? '')
    .split('/')
    .map((label) => (/^\s/.test(label) ? undefined : parseCNumber(label)));
  const isUsable = text !== undefined && labels.length <= 2 && !/^-/.test(text) && !/[/]-/.test(text);
  const numbers = labels.filter((label) => label !== undefined && label <= 0xfffff);
  if (isUsable && numbers.length === labels.length) return numbers.filter((label) => label !== undefined);
  dropOption(log, words.entry, 'the labels of encap mpls', `${text ?? 'nothing'} is no list of labels`);
  return [];
}

/** Four hexadecimal groups. */
function takeLocator({ words, log }: Reader): Encapsulation {
  const text = words.peek();
  words.skip();
  if (text !== undefined && /^\s*(?:[0-9a-fA-F]{1,4}:){3}[0-9a-fA-F]{1,4}$/.test(text))
    return { type: 'ila', locator: text };
  dropOption(log, words.entry, 'the locator of encap ila', `${text ?? 'nothing'} is none`);
  return { type: 'ila' };
}
