/** Words that say what a file is, not whose it is. */
const genericFileNames = new Set([
  'keepalived',
  'conf',
  'config',
  'default',
  'old',
  'new',
  'before',
  'after',
  'orig',
  'bak',
  '<stdin>',
  '',
]);
const genericFolderNames = new Set(['keepalived', 'etc', 'conf', 'config', 'conf.d', 'files', 'rootfs', '']);

/** The name of a node when nobody said one and the file does not tell. */
export const assumedNodeName = 'node1';

/** Host names as the resolver and Corosync take them, with the underscore that some sites use. */
export function isNodeName(name: string): boolean {
  return (
    name.length <= 255 && name.split('.').every((label) => /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/.test(label))
  );
}

/**
 * The node's name that a file's own name tells: `lb1.conf` and `keepalived-lb1.conf` → `lb1`;
 * nothing when it has the name that such files have on every node.
 */
export function nodeNameOfFile(path: string): string | undefined {
  const base = path.split('/').at(-1) ?? '';
  const stem = base
    .replace(/\.(?:old|new|orig|bak)$/, '')
    .replace(/\.(?:conf|cfg|txt)$/, '')
    .replace(/^keepalived(?:\.conf)?[-_.]/, '')
    .replace(/[-_.]keepalived(?:\.conf)?$/, '');
  return genericFileNames.has(stem.toLowerCase()) ? undefined : stem;
}

/** The node's name that the folders of a file tell: `lb1/etc/keepalived/keepalived.conf` → `lb1`. */
export function nodeNameOfFolder(absolutePath: string): string | undefined {
  const folders = absolutePath.split('/').slice(0, -1);
  return folders.findLast((folder) => !genericFolderNames.has(folder.toLowerCase()));
}
