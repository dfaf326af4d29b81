import type { Instance, Setup } from '../harness/keepalived-nodes.ts';

export const threeNodes = ['lb1', 'lb2', 'lb3'];
/** lb1 comes first, then lb2, then lb3. */
const downwards = { lb1: 150, lb2: 100, lb3: 50 };
const upwards = { lb1: 100, lb2: 150, lb3: 50 };

const instance = (
  name: string,
  routerId: number,
  address: string,
  priorities: Instance['priorities'] = downwards,
): Instance => ({ name, routerId, addresses: [address], priorities });

export const oneInstance = (address: string): Setup => ({ instances: [instance('VI_1', 51, address)] });

/** The clusters whose migration is measured, by what the table calls them. */
export const migrated: readonly (readonly [string, Setup, string])[] = [
  ['one instance, IPv4 /24', oneInstance('192.0.2.50/24'), ''],
  ['one instance, IPv4 /24, `--cutover adopt`', oneInstance('192.0.2.50/24'), '--cutover adopt'],
  ['one instance, IPv4 /32', oneInstance('192.0.2.50/32'), ''],
  ['one instance, IPv6 /64', oneInstance('2001:db8:77::50/64'), ''],
  ['one instance, IPv6 /128', oneInstance('2001:db8:77::50/128'), ''],
  [
    'active/active: one instance on lb1, one on lb2',
    { instances: [instance('VI_1', 51, '192.0.2.50/24'), instance('VI_2', 52, '192.0.2.51/32', upwards)] },
    '',
  ],
  [
    'sync group of two instances, IPv4 /24 and IPv6 /64',
    {
      lines: ['vrrp_sync_group BOTH {', '    group {', '        VI_1', '        VI_2', '    }', '}'],
      instances: [instance('VI_1', 51, '192.0.2.50/24'), instance('VI_2', 52, '2001:db8:77::50/64')],
    },
    '',
  ],
];
