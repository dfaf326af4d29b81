import { isAtLeast, type Release } from '../../grammar/source/release.ts';
import { argumentsOf, type BoundDirective } from './bound-directive.ts';
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

/** The first line counts (read in the source of 2.2.7). */
export function readSyncDaemon({ directives }: NodeConfiguration): SyncDaemon | undefined {
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
  const its = instances.find(({ name }) => name === daemon.instance);
  const hasId = daemon.options.some(([name]) => name === 'id');
  // The instance's identifier is the default, and 0 without an instance.
  const id = hasId || !its ? [] : ['id', String(its.virtualRouterId.value)];
  return ['lvs_sync_daemon', daemon.interface, ...daemon.options.flat(), ...id];
}
