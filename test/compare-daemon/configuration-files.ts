import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every `*.conf` file at or below a path, sorted. */
export function configurationFiles(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.conf') && statSync(join(path, name)).isFile())
    .sort()
    .map((name) => join(path, name));
}

/** The nodes that a file distinguishes by `@id` lines, at most three of them, and one that it does not know. */
export function configIdsOf(file: string): string[] {
  const text = readFileSync(file, 'latin1');
  const ids = [...text.matchAll(/^\s*@\^?([\w.-]+)[ \t]/gm)].map(([, id = '']) => id);
  return ['node1', ...[...new Set(ids)].filter((id) => id !== 'node1').slice(0, 3)];
}
