import { entries, flag, value } from '../rows.ts';
import type { DirectiveTable } from '../spec.ts';

/** What the master holds, and how it announces it. */
export const addressKeywords: DirectiveTable = [
  entries(
    'virtual_ipaddress',
    'address',
    '<=1.2.1',
    'Addresses that the master holds and lists in its adverts; the first fixes the family.',
    { notes: 'the same address twice: both kept up to 2.3.2, the second dropped since' },
  ),
  entries(
    'virtual_ipaddress_excluded',
    'address',
    '<=1.2.1',
    'Addresses that the master holds and does not list in its adverts.',
    { notes: 'any family' },
  ),
  flag('no_virtual_ipaddress', '2.2.8', 'Accept an instance without VIPs silently.'),
  entries('virtual_routes', 'route', '<=1.2.1', 'Routes present while master.'),
  entries('virtual_rules', 'rule', '1.2.20', 'Policy rules present while master.'),
  flag(
    'promote_secondaries',
    '1.3.0',
    'Set the promote_secondaries sysctl, so that removing the first address of a subnet keeps its others.',
    { notes: 'ignored with VMAC' },
  ),
  flag('accept', '1.2.17', 'Let the host itself receive packets for the VIPs.', {
    default: 'on (off in strict mode)',
  }),
  flag('no_accept', '1.3.0', 'Block packets addressed to the VIPs.', { notes: 'needs firewall support' }),
  value(
    'garp_master_delay',
    '<UINT>',
    'uint seconds',
    '<=1.2.1',
    'Delay of the second burst of gratuitous ARPs after becoming master.',
    { default: 'global (5)', limits: [0, 4294] },
  ),
  value(
    'garp_master_repeat',
    '<UINT>',
    'uint',
    '1.2.14',
    'Gratuitous ARPs in each burst after becoming master.',
    { default: 'global (5)', limits: [1] },
  ),
  value(
    'garp_master_refresh',
    '<UINT>',
    'uint seconds',
    '1.2.10',
    'Period of gratuitous ARPs while master.',
    { default: 'global (0 = off)' },
  ),
  value('garp_master_refresh_repeat', '<UINT>', 'uint', '1.2.14', 'Gratuitous ARPs in each refresh.', {
    default: 'global (1)',
    limits: [1],
  }),
  value(
    'garp_lower_prio_delay',
    '<UINT>',
    'uint seconds',
    '1.2.20',
    'Delay of the second burst of gratuitous ARPs after hearing a lower-priority advert.',
    { default: 'global', limits: [0, 4294] },
  ),
  value(
    'garp_lower_prio_repeat',
    '<UINT>',
    'uint',
    '1.2.20',
    'Gratuitous ARPs after hearing a lower-priority advert.',
    { default: 'global', limits: [0, 2_147_483_647] },
  ),
  value(
    'garp_extra_if',
    '[all] <UINT>',
    'tokens',
    '2.2.3',
    'Period of gratuitous ARPs on each VMAC interface.',
    { default: 'global', limits: [0, 86_400] },
  ),
  value('vmac_garp_intvl', '[all] <UINT>', 'tokens', '2.2.0', 'Old spelling of garp_extra_if.', {
    deprecated: true,
    aliasOf: 'garp_extra_if',
  }),
  value(
    'lvs_sync_daemon_interface',
    '<IFNAME>',
    'string',
    '<=1.2.1',
    'Bind the IPVS sync daemon to this instance.',
    {
      default: 'none',
      repeat: 'first-wins',
      deprecated: true,
      notes: 'the global lvs_sync_daemon replaces it',
    },
  ),
];
