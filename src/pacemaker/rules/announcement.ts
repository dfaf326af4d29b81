import type { Announcement } from '../../keepalived/announcement.ts';
import { refreshWayOut } from '../dispositions/announcement.ts';
import type { MovingAddress, MovingGroup } from '../moving-group.ts';
import { fatesOf, type Rule, type RuleFate } from '../rule.ts';

/** What IPaddr2 sends where nobody says otherwise, which is Keepalived's number too (resource-agents 4.7 to 4.16). */
const usualCount = 5;

export const announcement: Rule = {
  name: 'announcement',
  sentence:
    'how often a new holder announces an address, and whether it goes on doing so, become arp_count and arp_count_refresh of IPaddr2',
  apply({ cluster, groups }) {
    const addresses = groups.flatMap((group) => group.addresses);
    const example = addresses.find(({ address }) => address.first.address.family === 'ipv4') ?? addresses[0];
    const wayOut = refreshWayOut(example?.id ?? '');
    const instances = groups.flatMap(({ source }) => source.instances).flatMap(({ members }) => members);
    const own = instances.flatMap(({ configured }) => fatesOfLines(configured.announcement, wayOut));
    const defaults = cluster.configurations.flatMap(({ globals }) =>
      fatesOfLines(globals.announcement, wayOut),
    );
    return { fates: groups.length === 0 ? [] : [...own, ...defaults] };
  },
};

/** IPaddr2's parameters for the announcements of an address; none where its defaults are Keepalived's. */
export function announcementAttributes(group: MovingGroup, moving: MovingAddress): Record<string, string> {
  const instance = group.source.instances.find(({ addresses }) => addresses.includes(moving.address));
  const told = instance?.members[0]?.configured.announcement;
  if (!told) return {};
  const { repeat, refreshSeconds, refreshRepeat } = told;
  // The agent repeats no neighbour advertisements, only ARP.
  const refreshes = refreshSeconds.value > 0 && moving.address.first.address.family === 'ipv4';
  return {
    ...(repeat.value !== usualCount && { arp_count: String(repeat.value) }),
    ...(refreshes && { arp_count_refresh: String(refreshRepeat.value) }),
  };
}

function fatesOfLines({ repeat, refreshSeconds, refreshRepeat }: Announcement, wayOut: string): RuleFate[] {
  const times = repeat.value === 1 ? 'once' : `${repeat.value} times`;
  const burst = `IPaddr2 announces an address ${times} when it starts (arp_count), as requests and as answers.`;
  // vrrp_min_garp stands behind several numbers; it has a word of its own.
  const lines = [refreshSeconds.from, refreshRepeat.from].filter((line) => line !== repeat.from);
  if (refreshSeconds.value === 0)
    return [
      ...fatesOf([repeat.from], 'equivalent', burst),
      ...fatesOf(lines, 'equivalent', 'Nothing is announced again, as before.'),
    ];
  const again = `Keepalived announced each address again every ${refreshSeconds.value} s. IPaddr2 does it at each of its monitors, every 10 s, with ${refreshRepeat.value} gratuitous ARP (arp_count_refresh); IPv6 addresses are announced at their start only.`;
  return [...fatesOf([repeat.from], 'equivalent', burst), ...fatesOf(lines, 'approximate', again, wayOut)];
}
