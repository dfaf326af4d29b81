import { entryIn } from '../../../grammar/source/table-entry.ts';
import type { BlockDisposition, Disposition } from './disposition.ts';
import { notNeeded } from './disposition.ts';
import { rootDispositions } from './root.ts';

export type { Disposition } from './disposition.ts';

const unknownToKeepalived = notNeeded(
  'Keepalived does not know this word and ignores it, so nothing is lost.',
);

/**
 * The fate of a directive that no mapping rule speaks for.
 * `path` holds the keywords from the root: `['vrrp_instance', 'garp_master_delay']`. Anything that has no own entry,
 * such as an address in its block or a checker of a real server, takes the disposition of the block around it.
 */
export function dispositionOf(path: readonly string[]): Disposition {
  let table: BlockDisposition['inside'] | undefined = rootDispositions;
  let found = unknownToKeepalived;
  for (const keyword of path) {
    const entry: Disposition | BlockDisposition | undefined = table && entryIn(table, keyword);
    if (!entry) return found;
    found = 'own' in entry ? entry.own : entry;
    table = 'own' in entry ? entry.inside : undefined;
  }
  return found;
}
