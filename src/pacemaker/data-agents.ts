import type { Service } from '../companion/companion.ts';

/**
 * Agents that open data which only one node may write at a time, by the last part of their names. A node that is taken
 * for dead and is not may go on writing: without fencing that costs the data.
 */
const dataAgents = new Set([
  'Filesystem',
  'nfsserver',
  'exportfs',
  'LVM',
  'LVM-activate',
  'clvm',
  'drbd',
  'ZFS',
  'Raid1',
  'mdraid',
  'crypt',
  'iscsi',
  'iSCSITarget',
  'iSCSILogicalUnit',
  'VirtualDomain',
  'mysql',
  'mariadb',
  'pgsql',
  'oracle',
  'db2',
]);

/** File systems of a server elsewhere, which keeps its writers apart by itself, or of memory. */
const sharedTypes = /^(?:nfs4?|cifs|smb3|glusterfs|ceph|fuse\..*|lustre|gfs2|ocfs2|tmpfs)$/;

/** Whether two nodes that both run the service may destroy data. */
export function holdsData({ what, parameters, place }: Service): boolean {
  switch (what.kind) {
    case 'nginx':
      return false;
    case 'filesystem':
      return !sharedTypes.test(what.filesystem.type);
    case 'nfs':
      return what.nfs.filesystem !== undefined && !sharedTypes.test(what.nfs.filesystem.type);
    case 'agent': {
      const agent = what.agent.value.split(':').at(-1) ?? '';
      const type = parameters.find(({ name }) => name === 'fstype')?.value;
      const shared = typeof type === 'string' && sharedTypes.test(type);
      return place.kind === 'follows' && dataAgents.has(agent) && !shared;
    }
  }
}
