import { isAtLeast } from '../../grammar/source/release.ts';
import { keepalivedFindings } from './findings.ts';
import { addressKey } from './ip-address.ts';
import type { VirtualAddress } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';

/** Up to 1.2.19 an instance holds so many addresses of virtual_ipaddress (a constant of its source). */
const mostAddresses = 20;

/** The addresses of an instance's blocks without those that its release does not hold. */
export function heldAddresses(addresses: readonly VirtualAddress[], log: ReadingLog): VirtualAddress[] {
  const held = withoutRepeats(addresses, log);
  const excluded = held.filter((address) => address.excluded);
  return [
    ...withoutSurplus(
      held.filter((address) => !address.excluded),
      log,
    ),
    ...excluded,
  ];
}

/** From 2.3.3 on an address that the instance has already is dropped; before, it is held twice, silently. */
function withoutRepeats(addresses: readonly VirtualAddress[], log: ReadingLog): VirtualAddress[] {
  if (!isAtLeast(log.release, '2.3.3')) return [...addresses];
  const first = new Map<string, VirtualAddress>();
  return addresses.filter((address) => {
    const key = addressKey(address.address);
    const earlier = first.get(key);
    if (!earlier) {
      first.set(key, address);
      return true;
    }
    log.ignore(address.from, `The instance has ${address.address.text} already; the daemon drops the entry.`);
    log.warn(keepalivedFindings.repeatedAddress, {
      summary: `${address.address.text} is dropped: the instance has it already`,
      detail: 'From 2.3.3 on the daemon reports the entry and leaves it out.',
      at: address.from.directive.span,
      notes: [{ text: 'the one that counts is here', at: earlier.from.directive.span }],
      help: 'delete one of the two',
    });
    return false;
  });
}

function withoutSurplus(addresses: readonly VirtualAddress[], log: ReadingLog): VirtualAddress[] {
  const [first] = isAtLeast(log.release, '1.2.20') ? [] : addresses.slice(mostAddresses);
  if (!first) return [...addresses];
  for (const { from } of addresses.slice(mostAddresses))
    log.ignore(from, `Up to 1.2.19 the daemon holds the first ${mostAddresses} addresses of an instance.`);
  log.warn(keepalivedFindings.addressLimit, {
    summary: `an instance holds ${mostAddresses} addresses: those from ${first.address.text} on are dropped`,
    detail: 'Up to 1.2.19 an advert has place for so many, and the daemon drops the rest.',
    at: first.from.directive.span,
    help: 'put the others into virtual_ipaddress_excluded, or into an instance of their own',
  });
  return addresses.slice(0, mostAddresses);
}
