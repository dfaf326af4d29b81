import type { FailoverGroup } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import { dependedLinks } from '../keepalived/depended-links.ts';

/** An interface that the daemon watches on a node, and the lines that name the interfaces of the instances that use it. */
export interface HardLink {
  readonly name: string;
  readonly node: string;
  readonly from: readonly BoundDirective[];
}

/** The interfaces whose loss puts the group's instance into FAULT on a node, without any track_interface. */
export function hardLinks({ instances }: FailoverGroup): readonly HardLink[] {
  const links = new Map<string, { name: string; node: string; from: BoundDirective[] }>();
  for (const { members } of instances) {
    for (const { node, configured } of members) {
      const own = configured.tracksOwnInterface.value ? [configured.interface.value] : [];
      const devices = dependedLinks(configured).map(({ name }) => name);
      const line = configured.interface.from ?? configured.directive;
      for (const name of new Set([...own, ...devices])) {
        // The loopback interface never loses its link.
        if (name === undefined || name === 'lo') continue;
        const key = `${node} ${name}`;
        const known = links.get(key);
        if (known) known.from.push(line);
        else links.set(key, { name, node, from: [line] });
      }
    }
  }
  return [...links.values()];
}
