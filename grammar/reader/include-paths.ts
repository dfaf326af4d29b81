/** Paths of the file tree are POSIX paths: these few functions spare the reader Node's path module. */

export function directoryOf(path: string): string {
  const slash = path.lastIndexOf('/');
  if (slash < 0) return '';
  return slash === 0 ? '/' : path.slice(0, slash);
}

/** `path` seen from `directory`; an absolute one stays what it is. */
export function resolvePath(directory: string, path: string): string {
  const joined = path.startsWith('/') || directory === '' ? path : `${directory}/${path}`;
  const absolute = joined.startsWith('/');
  const parts: string[] = [];
  for (const part of joined.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '..' || !absolute) parts.push(part);
  }
  return (absolute ? '/' : '') + parts.join('/');
}

export function hasWildcard(pattern: string): boolean {
  return /[*?[{]/.test(pattern);
}

/**
 * The directory that `${_PWD}` has on the production host: configurations are read from wherever they were copied to,
 * but they belong below /etc/keepalived, the daemon's own directory.
 */
export function productionDirectory(mainPath: string, path: string): string {
  const directory = directoryOf(path);
  if (directory.startsWith('/')) return directory;
  const base = partsOf(directoryOf(mainPath));
  const parts = partsOf(directory);
  const differs = base.findIndex((part, index) => part !== parts[index]);
  const shared = differs < 0 ? base.length : differs;
  const upwards = base.slice(shared).map(() => '..');
  return resolvePath('/etc/keepalived', [...upwards, ...parts.slice(shared)].join('/'));
}

function partsOf(directory: string): string[] {
  return directory === '' ? [] : directory.split('/');
}
