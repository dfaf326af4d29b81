import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import type { NodeConfiguration } from './node-configuration.ts';

/** lvs_sync_daemon: the kernel's threads that tell other nodes of the connections. */
export interface SyncDaemon {
  readonly directive: BoundDirective;
  readonly interface: string;
  /** The instance whose state they follow; absent: both threads always run. */
  readonly instance?: string;
  /** `id`, `maxlen`, `port`, `ttl` and `group` with their values, as the author wrote them. */
  readonly options: readonly (readonly [string, string])[];
}

const optionNames: readonly string[] = ['id', 'maxlen', 'port', 'ttl', 'group'];

/**
 * The first line counts, and the global ones before those of instances, since global_defs are read first. An instance's
 * lvs_sync_daemon_interface stands for `lvs_sync_daemon IFNAME inst` with its name (read in the source of 2.2.7).
 */
export function readSyncDaemon(
  configuration: Pick<NodeConfiguration, 'directives' | 'instances'>,
): SyncDaemon | undefined {
  return globalSyncDaemon(configuration) ?? instanceSyncDaemon(configuration);
}

function instanceSyncDaemon({ instances }: Pick<NodeConfiguration, 'instances'>): SyncDaemon | undefined {
  for (const { name, directive } of instances) {
    for (const line of childrenNamed(directive, 'lvs_sync_daemon_interface')) {
      const [device] = argumentsOf(line);
      if (device !== undefined) return { directive: line, interface: device, instance: name, options: [] };
    }
  }
  return undefined;
}

function globalSyncDaemon({ directives }: Pick<NodeConfiguration, 'directives'>): SyncDaemon | undefined {
  const line = directives
    .filter(({ verdict, keywords }) => !verdict && keywords.join() === 'global_defs')
    .flatMap(({ children }) => children)
    .find(({ verdict, directive }) => !verdict && directive.words[0].value === 'lvs_sync_daemon');
  const [device, ...words] = line ? argumentsOf(line) : [];
  if (!line || device === undefined) return undefined;
  let instance: string | undefined;
  const options: (readonly [string, string])[] = [];
  for (let index = 0; index < words.length; index++) {
    const [word = '', value = ''] = words.slice(index, index + 2);
    if (word === 'inst') instance ??= value;
    else if (optionNames.includes(word)) options.push([word, value]);
    else {
      // Without their words the instance stands first, and the id after it.
      if (index === 0) instance = word;
      else if (index === 1) options.push(['id', word]);
      continue;
    }
    index++;
  }
  return { directive: line, interface: device, ...(instance !== undefined && { instance }), options };
}

/** The oldest release whose manual page says that no instance is needed; what its VRRP process did the checker then does. */
const instanceIsOptional: Release = '2.1.5';

/**
 * The words that make the checker run both threads, which need no instance: the kernel lets a node send and receive at a
 * time. Undefined where the release cannot.
 */
export function syncWithoutInstance(
  daemon: SyncDaemon,
  { instances }: Pick<NodeConfiguration, 'instances'>,
  release: Release,
): readonly string[] | undefined {
  if (!isAtLeast(release, instanceIsOptional)) return undefined;
  return ['lvs_sync_daemon', daemon.interface, ...syncOptions(daemon, instances).flat()];
}

/** With the identifier that counts: the instance's is the default, and 0 without an instance. */
export function syncOptions(
  { instance, options }: SyncDaemon,
  instances: NodeConfiguration['instances'],
): SyncDaemon['options'] {
  const its = instances.find(({ name }) => name === instance);
  const hasId = options.some(([name]) => name === 'id');
  return hasId || !its ? options : [...options, ['id', String(its.virtualRouterId.value)]];
}
