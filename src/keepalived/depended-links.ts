import type { BoundDirective } from './bound-directive.ts';
import type { VrrpInstance } from './node-configuration.ts';

/** An interface that an instance needs, and the entry that names it. */
export interface DependedLink {
  readonly name: string;
  readonly from: BoundDirective;
}

/**
 * The interfaces, besides its own, whose loss puts an instance into FAULT without any track_interface: those of its addresses,
 * and of its routes and rules that are tracked. A nexthop's is none (measured with 2.2.7).
 */
export function dependedLinks({ addresses, virtualRoutes, virtualRules }: VrrpInstance): DependedLink[] {
  const named = [
    ...addresses.filter(({ noTrack }) => !noTrack).map(({ device, from }) => ({ name: device, from })),
    ...virtualRoutes.filter(({ tracked }) => tracked).map(({ device, from }) => ({ name: device, from })),
    ...virtualRules
      .filter(({ tracked }) => tracked)
      .flatMap(({ incomingInterface, outgoingInterface, from }) => [
        { name: incomingInterface, from },
        { name: outgoingInterface, from },
      ]),
  ];
  return named.flatMap(({ name, from }) => (name === undefined ? [] : [{ name, from }]));
}
