import type { Directive } from '../../grammar/ast/nodes.ts';
import { type IpAddress, parseBareAddress } from './ip-address.ts';
import { readLeadingWhole } from './values.ts';

export interface ServerAddress {
  readonly address: IpAddress;
  /** 0: none was given. */
  readonly port: number;
}

/** `ADDR [PORT]` as all servers have it; undefined where the daemon takes it for none. A port of zeros is no port. */
export function readServerAddress(address: string, port?: string): ServerAddress | undefined {
  const parsed = parseBareAddress(address);
  if (port === undefined || /^0*$/.test(port)) return parsed && { address: parsed, port: 0 };
  const number = readLeadingWhole(port, 1, 65_535);
  const value = 'value' in number ? number.value : number.instead;
  return parsed && value !== undefined ? { address: parsed, port: value } : undefined;
}

/** A firewall mark, with the daemon's leniency. */
export function readMark(text: string): number | undefined {
  const reading = readLeadingWhole(text, 0, 4_294_967_295);
  return 'value' in reading ? reading.value : reading.instead;
}

/** Why the daemon skips a virtual_server or real_server block as a whole, if it does. */
export function serverHeadProblem({ words }: Directive): string | undefined {
  const [keyword, first, second] = words.map(({ value }) => value);
  if (first === undefined) return undefined;
  if (keyword === 'virtual_server') {
    if (first === 'group') return undefined;
    if (first === 'fwmark') {
      if (second === undefined || readMark(second) !== undefined) return undefined;
      return `'${second}' is no firewall mark: the whole block is skipped.`;
    }
  }
  if (readServerAddress(first, second)) return undefined;
  const given = second === undefined ? first : `${first} ${second}`;
  return `'${given}' is no address with a port: the whole block is skipped.`;
}
