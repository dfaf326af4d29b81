import { argumentOf, argumentsOf, type BoundDirective } from './bound-directive.ts';
import { type Family, formatIpv4 } from './ip-address.ts';
import type { VirtualServer } from './lvs-configuration.ts';
import type { Reading, ReadingLog } from './reading-log.ts';
import { allowed, readWhole } from './values.ts';

/** What persistence has without a number (libipvs.h). */
export const persistenceDefaultS = 360;

type Persistence = Pick<
  VirtualServer,
  'persistenceTimeoutS' | 'persistenceGranularity' | 'persistenceEngine'
>;

/** `granularities` are the readings of the persistence_granularity lines, which depend on the family so far. */
export function readPersistence(
  block: BoundDirective,
  granularities: ReadonlyMap<BoundDirective, Reading<Granularity>>,
  log: ReadingLog,
): Persistence {
  const granularity = log.last<Granularity | undefined>(
    block,
    'persistence_granularity',
    undefined,
    (bound) => granularities.get(bound) ?? { problem: 'not read' },
  ).value;
  // A granularity turns persistence on.
  const isOn = [...granularities.values()].some((reading) => 'value' in reading);
  const timeout = log.last(block, 'persistence_timeout', isOn ? persistenceDefaultS : 0, readTimeout).value;
  const engine = log.last<string | undefined>(block, 'persistence_engine', undefined, (bound) => {
    const name = argumentOf(bound);
    return name.length <= 15
      ? { value: name }
      : { problem: 'longer than 15 characters', instead: name.slice(0, 15) };
  }).value;
  return {
    persistenceTimeoutS: timeout,
    ...(granularity !== undefined && granularity !== wholeHost && { persistenceGranularity: granularity }),
    ...(engine !== undefined && { persistenceEngine: engine }),
  };
}

type Granularity = string | number;

const wholeHost = '255.255.255.255';

function readTimeout(bound: BoundDirective): Reading<number> {
  return argumentsOf(bound).length === 0
    ? { value: persistenceDefaultS }
    : readWhole(bound, ...allowed(bound));
}

/** Without a family a dot tells it. An IPv4 mask goes through getaddrinfo, which takes `24` for 0.0.0.24. */
export function readGranularity(
  bound: BoundDirective,
  known: Family | undefined,
): { readonly family: Family; readonly reading: Reading<Granularity> } {
  const text = argumentOf(bound);
  const family = known ?? (text.includes('.') ? 'ipv4' : 'ipv6');
  if (family === 'ipv6') return { family, reading: readWhole(bound, 1, 128) };
  const mask = parseInternetAddress(text);
  const reading = mask === undefined ? { problem: 'not a netmask' } : { value: formatIpv4(BigInt(mask)) };
  return { family, reading };
}

/** One to four numbers, decimal, octal or hexadecimal, the last of which fills the rest (inet_aton). */
function parseInternetAddress(text: string): number | undefined {
  const parts = text.split('.').map((part) => {
    if (/^0x[\da-f]+$/i.test(part)) return Number.parseInt(part, 16);
    if (/^0[0-7]*$/.test(part)) return Number.parseInt(part, 8);
    return /^[1-9]\d*$/.test(part) ? Number(part) : Number.NaN;
  });
  const last = parts.pop();
  if (last === undefined || parts.length > 3) return undefined;
  const room = 2 ** (8 * (4 - parts.length));
  if (!(last < room) || !parts.every((part) => part < 256)) return undefined;
  return parts.reduce((sum, part, index) => sum + part * 2 ** (8 * (3 - index)), 0) + last;
}
