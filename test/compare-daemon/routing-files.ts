import { walkBound } from '../../src/keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../../src/keepalived/node-configuration.ts';
import { routingNames } from '../../src/keepalived/routing-names.ts';

type Kind = keyof typeof routingNames;

/**
 * The number that the stage gives to a name of a routing table, a realm and so on: the same for every file, and below any
 * limit. Two names of one configuration that share a number would only hide a difference between them.
 */
export function numberOfName(kind: Kind, name: string): number {
  const sum = [...name].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % 50, 0);
  return (kind === 'transport' ? 60 : 100) + sum;
}

/** Files of the host by which the daemon finds names that stand somewhere in a configuration's routes and rules. */
export function routingFiles({ directives }: NodeConfiguration): Map<string, string> {
  const files = new Map<string, string>();
  const words = new Set<string>();
  for (const bound of walkBound(directives)) {
    const kind = bound.spec?.entry;
    if (bound.kind === 'entry' && (kind === 'route' || kind === 'rule'))
      for (const { value } of bound.directive.words) for (const name of value.split('/')) words.add(name);
  }
  // A name may be any word of such a file; a number or an address is never looked up.
  const names = [...words].filter((name) => /^[^\s\d#.:][^\s#.:]*$/.test(name));
  for (const [kind, { file, known }] of Object.entries(routingNames)) {
    const lines = names
      .filter((name) => !Object.hasOwn(known, name))
      .map((name) =>
        kind === 'transport'
          ? `${name} ${numberOfName('transport', name)}\n`
          : `${numberOfName(kind as Kind, name)} ${name}\n`,
      );
    files.set(file, lines.join(''));
  }
  return files;
}
