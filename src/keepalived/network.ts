import type { Word } from '../../grammar/ast/nodes.ts';
import { keepalivedFindings } from './findings.ts';
import { bitsOf, type Family, type IpAddress, parseIpAddress } from './ip-address.ts';
import type { ReadingLog } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';

/** Where a route leads, or what a rule looks at. */
export interface Network {
  readonly family: Family;
  /** As written; its host bits may be set. Absent for everything. */
  readonly address?: IpAddress;
  readonly prefixLength: number;
}

/** ADDR[/PREFIX]; a word for everything leaves the family open. Undefined for anything else. */
export function readNetwork(text: string, word: Word, log: ReadingLog): Network | 'default' | undefined {
  if (['default', 'any', 'all'].includes(text)) return 'default';
  // As 2.0.7 and older spelled `inet6 default`.
  if (text === 'default6') return { family: 'ipv6', prefixLength: 0 };
  const slash = text.indexOf('/');
  const address = parseIpAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const bits = bitsOf(address.family);
  if (slash < 0) return { family: address.family, address, prefixLength: bits };
  const length = text.slice(slash + 1);
  const reading = readLeadingWhole(length, 0, bits);
  const prefixLength = 'value' in reading ? reading.value : (reading.instead ?? bits);
  if ('problem' in reading) {
    log.warn(keepalivedFindings.valueNotUsed, {
      summary: `/${length} is not a prefix length`,
      detail: `The daemon reports it and uses /${prefixLength}.`,
      at: word.span,
      help: 'write the number of bits, such as /24',
    });
  }
  return { family: address.family, address, prefixLength };
}

/** Everything, of the family that the rest of the entry has decided; IPv4 where nothing has. */
export function ofFamily(network: Network | 'default', family: Family | undefined): Network {
  return network === 'default' ? { family: family ?? 'ipv4', prefixLength: 0 } : network;
}
