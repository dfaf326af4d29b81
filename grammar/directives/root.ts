import { bfdInstanceKeywords } from './bfd-instance.ts';
import { globalDefsKeywords } from './global-defs.ts';
import { garpGroupKeywords } from './interfaces.ts';
import { block, entries, flag, value } from './rows.ts';
import type { DirectiveTable } from './spec.ts';
import { staticEntryKeywords } from './static-entries.ts';
import { trackFileKeywords, vrrpTrackFileKeywords, vrrpTrackProcessKeywords } from './track-objects.ts';
import { sslKeywords, virtualServerKeywords } from './virtual-server.ts';
import { vrrpInstanceKeywords } from './vrrp-instance.ts';
import { vrrpScriptKeywords } from './vrrp-script.ts';
import { vrrpSyncGroupKeywords } from './vrrp-sync-group.ts';

/** Everything that may stand outside a block. */
export const rootTable: DirectiveTable = [
  flag(
    'linkbeat_use_polling',
    '<=1.2.1',
    'Poll link state (MII/ETHTOOL/IOCTL) on every VRRP interface instead of relying on netlink events.',
    { deprecated: true, notes: 'linkbeat_interfaces replaces it' },
  ),
  value(
    'net_namespace',
    '<NAME>',
    'string',
    '1.2.24',
    'Run the whole daemon inside this network namespace (also switches to the pid directory).',
    { minArgs: 0, default: 'main namespace', repeat: 'first-wins', notes: 'cannot change on reload' },
  ),
  value('net_namespace_ipvs', '[NAME]', 'string', '2.1.0', 'Namespace in which IPVS is programmed.', {
    default: 'same as net_namespace',
    repeat: 'first-wins',
    notes: 'empty = host namespace',
  }),
  flag('namespace_with_ipsets', '1.3.0', 'Allow ipsets to be used together with a network namespace.', {
    notes: 'obsolete need (old kernels)',
  }),
  flag(
    'use_pid_dir',
    '1.2.24',
    'Put pid files in the keepalived run directory; implied by instance and net_namespace.',
  ),
  value(
    'instance',
    '<NAME>',
    'string',
    '1.2.24',
    'Name of the daemon where several run on a host; part of pid file and log names. It is not the @config-id.',
    { minArgs: 0, default: 'none', repeat: 'first-wins', notes: 'ignored on reload' },
  ),
  value(
    'child_wait_time',
    '<UINT>',
    'uint seconds',
    '2.0.0',
    'How long the parent waits for its children to stop at shutdown.',
    { default: '5', limits: [0, 4_294_967_295] },
  ),
  block(
    'global_defs',
    globalDefsKeywords,
    '<=1.2.1',
    'Settings for the whole daemon and defaults for its instances.',
  ),
  block('vrrp_sync_group', vrrpSyncGroupKeywords, '<=1.2.1', 'Instances that change state together.', {
    args: '<NAME>',
    minArgs: 0,
    notes: 'exactly one name, duplicates skipped',
  }),
  ...staticEntryKeywords,
  block(
    'garp_group',
    garpGroupKeywords,
    '1.2.21',
    'Rate limits for gratuitous ARP/NA on one or more interfaces.',
    { notes: 'takes no name' },
  ),
  entries('linkbeat_interfaces', 'linkbeat', '2.0.13', 'Interfaces whose link state is polled.'),
  entries(
    'interface_up_down_delays',
    'interface-delay',
    '2.2.3',
    'How long a link must be down or up before it counts.',
  ),
  block(
    'vrrp_instance',
    vrrpInstanceKeywords,
    '<=1.2.1',
    'One virtual router: addresses that one of several nodes holds.',
    {
      args: '<NAME>',
      minArgs: 0,
      notes: 'exactly one word (quote spaces); duplicate name: whole block skipped',
    },
  ),
  block(
    'vrrp_script',
    vrrpScriptKeywords,
    '<=1.2.1',
    'A command that is run again and again; its result may count in instances and groups.',
    { args: '<NAME>', notes: 'of two with one name the first is found; the daemon warns of unused ones' },
  ),
  block(
    'vrrp_track_process',
    vrrpTrackProcessKeywords,
    '2.0.11',
    'Processes by name, watched through kernel events; they may count in instances and groups.',
    { args: '<NAME>', notes: 'needs kernel process events' },
  ),
  block(
    'track_file',
    trackFileKeywords,
    '2.1.0',
    'An integer in a file, watched for changes; it may count in instances and groups.',
    { args: '<NAME>', notes: '2.0 spells it vrrp_track_file' },
  ),
  block('vrrp_track_file', vrrpTrackFileKeywords, '2.0.0', 'Old spelling of track_file.', {
    args: '<NAME>',
    deprecated: true,
    aliasOf: 'track_file',
    notes: 'renamed after 2.0.20',
  }),
  block('SSL', sslKeywords, '<=1.2.1', 'Client certificate of SSL_GET checks.', {
    repeat: 'last-wins',
    notes: 'a repeat replaces the first',
  }),
  entries(
    'virtual_server_group',
    'virtual-server-group',
    '<=1.2.1',
    'Addresses and fwmarks that share real servers.',
    { args: '<NAME>' },
  ),
  block(
    'virtual_server',
    virtualServerKeywords,
    '<=1.2.1',
    'A service that IPVS, the kernel load balancer, distributes over real servers.',
    {
      type: 'tokens',
      args: '<ADDR> [PORT] / fwmark <UINT> / group <NAME>',
      notes: 'no real_server: ignored',
    },
  ),
  block(
    'bfd_instance',
    bfdInstanceKeywords,
    '2.0.0',
    'A BFD session with a neighbour; it may count in instances, groups and real servers.',
    { args: '<NAME>', range: 'name < 32 chars' },
  ),
];
