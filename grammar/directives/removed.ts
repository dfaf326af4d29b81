import { value } from './rows.ts';
import type { DirectiveSpec } from './spec.ts';

/** A keyword that old releases knew. */
export interface RemovedKeyword extends DirectiveSpec {
  /** The block it stood in. */
  readonly block: string;
  readonly until: string;
}

/** Keywords of old releases that no release since knows: to the daemon of today they are unknown words. */
export const removedKeywords: readonly RemovedKeyword[] = [
  {
    ...value('plugin_dir', '<PATH>', 'path', '<=1.2.1', 'Directory of plugins.'),
    block: 'global_defs',
    until: '1.2.19',
  },
  {
    ...value('nat_mask', '<NETMASK>', 'mask', '<=1.2.1', 'Netmask of NAT.'),
    block: 'virtual_server',
    until: '1.2.19',
  },
];

/** Names that the daemon's manual prints and its parser never knew, with the names that it does know. */
export const misprintedKeywords: Readonly<Record<string, string>> = {
  state_file_location: 'state_dump_file',
  stats_file_location: 'stats_dump_file',
  json_file_location: 'json_dump_file',
};
