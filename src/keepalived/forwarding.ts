import { argumentsOf, type BoundDirective } from './bound-directive.ts';
import type { Forwarding, Tunnel } from './lvs-configuration.ts';
import type { Reading } from './reading-log.ts';
import { readLeadingWhole } from './values.ts';

/** No words after the method. */
const plainTunnel: Tunnel = { type: 'ipip', port: 0, checksum: 'nocsum' };

/** What a server has that the daemon gives a method itself. */
export const forwardingDefault: Forwarding = { method: 'NAT', tunnel: plainTunnel };

/**
 * `NAT`, `DR` or `TUN` with the words of a tunnel. The daemon takes the method first: where a word after it is wrong, the
 * method counts all the same, with the tunnel as it was.
 */
export function readForwarding(bound: BoundDirective, before?: Forwarding): Reading<Forwarding> {
  const [method = '', ...words] = argumentsOf(bound);
  if (method !== 'NAT' && method !== 'DR' && method !== 'TUN') {
    return { problem: `'${method}' is none of NAT, DR and TUN` };
  }
  const tunnel = readTunnel(words);
  if (typeof tunnel !== 'string') return { value: { method, tunnel } };
  const instead: Forwarding = { method, tunnel: before?.tunnel ?? plainTunnel };
  return { problem: tunnel, instead, shown: `${method} without it` };
}

/** A tunnel, or what is wrong with it. */
function readTunnel(words: readonly string[]): Tunnel | string {
  let { type, port, checksum } = plainTunnel;
  for (let index = 0; index < words.length; index++) {
    const [word = '', next] = words.slice(index, index + 2);
    if (word === 'type' || word === 'port') {
      index++;
      if (next === undefined) return `${word} has no value`;
    }
    if (word === 'type') {
      if (next !== 'ipip' && next !== 'gue' && next !== 'gre') return `'${next}' is no type of a tunnel`;
      type = next;
    } else if (word === 'port') {
      const reading = readLeadingWhole(next ?? '', 1, 65_535);
      if ('problem' in reading) return `the port is ${reading.problem}`;
      port = reading.value;
    } else if (word === 'nocsum' || word === 'csum' || word === 'remcsum') checksum = word;
    else return `'${word}' is no word of a tunnel`;
  }
  if ((type === 'gue') !== (port !== 0)) return 'a gue tunnel needs a port, and no other may have one';
  if (type === 'ipip' && checksum !== 'nocsum') return 'an ipip tunnel has no checksum';
  if (type === 'gre' && checksum === 'remcsum') return 'a gre tunnel has no remote checksum';
  return { type, port, checksum };
}

/** The methods that a block's lines set, in order: what a server takes over is what the lines before it say. */
export function forwardingLines(
  block: BoundDirective,
  keywords: readonly string[],
  before?: Forwarding,
): readonly { readonly index: number; readonly forwarding: Forwarding }[] {
  const found: { index: number; forwarding: Forwarding }[] = [];
  for (const [index, line] of block.children.entries()) {
    if (line.kind !== 'keyword' || line.verdict || !keywords.includes(line.directive.words[0].value))
      continue;
    const reading = readForwarding(line, found.at(-1)?.forwarding ?? before);
    const forwarding = 'value' in reading ? reading.value : reading.instead;
    if (forwarding) found.push({ index, forwarding });
  }
  return found;
}
