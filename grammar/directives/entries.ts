import { addressShape } from './entries/address.ts';
import { type EntryShape, type EntryToken, oneWord, token } from './entries/entry-shape.ts';
import { routeShape } from './entries/route.ts';
import { ruleShape } from './entries/rule.ts';
import type { EntryKind } from './spec.ts';

export type { EntryShape, EntryToken };

const trackShape: EntryShape = {
  form: '<NAME> [weight <INT> [reverse|noreverse]]',
  first: '<NAME>',
  tokens: [
    oneWord(
      'weight',
      '<INT>',
      'weight of this object here, in place of its own; without a value the entry is dropped',
    ),
    token('reverse', 'success counts as failure and failure as success; only after weight', {
      since: '2.0.18',
    }),
    token('noreverse', 'cancels a reverse of the definition; only after weight, not for interfaces', {
      since: '2.0.18',
    }),
  ],
  unknownWord: 'drops the entry',
};

const unicastPeerShape: EntryShape = {
  form: '<ADDR> [min_ttl 0..255] [max_ttl 0..255]',
  first: '<ADDR>',
  tokens: [
    oneWord('min_ttl', '0..255', 'smallest TTL accepted from the peer; also turns on check_unicast_src', {
      since: '2.1.0',
    }),
    oneWord('max_ttl', '0..255', 'largest TTL accepted from the peer; also turns on check_unicast_src', {
      since: '2.1.0',
    }),
  ],
  unknownWord: 'is ignored',
};

const virtualServerGroupShape: EntryShape = {
  form: '<ADDR>[-<END>|/<MASKLEN>] [PORT] | fwmark <UINT> [inet|inet6]',
  first: '<ADDR>[-<END>|/<MASKLEN>]',
  tokens: [
    oneWord('fwmark', '<UINT>', 'packets with this firewall mark; stands in place of the address'),
    token('inet', 'the mark is for IPv4'),
    token('inet6', 'the mark is for IPv6'),
  ],
  unknownWord: 'is the port',
  notes: 'END is the last octet of an IPv4 address or the last group of an IPv6 address',
};

const linkbeatShape: EntryShape = {
  form: '<IFNAME> [MII|ETHTOOL|IOCTL]',
  first: '<IFNAME>',
  tokens: [
    token('MII', 'ask the MII registers'),
    token('ETHTOOL', 'ask through ethtool'),
    token('IOCTL', 'ask for the interface flags'),
  ],
  unknownWord: 'is ignored',
};

const interfaceDelayShape: EntryShape = {
  form: '<IFNAME> <DOWN_DELAY> [UP_DELAY]',
  first: '<IFNAME>',
  tokens: [],
  unknownWord: 'is a delay',
  notes: 'delays are 0..255 seconds, with decimals',
};

/** What an entry of each kind may hold. */
export const entryShapes: Readonly<Record<EntryKind, EntryShape>> = {
  address: addressShape,
  route: routeShape,
  rule: ruleShape,
  track: trackShape,
  'unicast-peer': unicastPeerShape,
  'virtual-server-group': virtualServerGroupShape,
  linkbeat: linkbeatShape,
  'interface-delay': interfaceDelayShape,
};

/** What a shape says of a word, under any of its spellings; undefined when the word is no token of it. */
export function findToken(shape: EntryShape, word: string): EntryToken | undefined {
  return shape.tokens.find((candidate) => candidate.token === word || candidate.aliases?.includes(word));
}

export type TrackKeyword = 'track_interface' | 'track_script' | 'track_file' | 'track_process' | 'track_bfd';

/** Weights that a track entry may carry. */
export interface WeightRange {
  readonly min: number;
  readonly max: number;
  /** What passes the daemon's check, on either side of 0; it is then read as the nearest that counts. */
  readonly taken: number;
}

const scriptWeights: WeightRange = { min: -253, max: 253, taken: 254 };
const fileWeights: WeightRange = { min: -254, max: 254, taken: 254 };

/** Out of range the entry stays, with the weight of the definition (measured with 2.2.7 and 2.4.3). */
export const trackWeights: Readonly<Record<TrackKeyword, WeightRange>> = {
  track_interface: scriptWeights,
  track_script: scriptWeights,
  track_file: fileWeights,
  track_process: fileWeights,
  track_bfd: { min: -253, max: 253, taken: 253 },
};

/** Whether a keyword heads a list of tracked objects. */
export function isTrackKeyword(keyword: string): keyword is TrackKeyword {
  return Object.hasOwn(trackWeights, keyword);
}
