import { type Stats, statSync } from 'node:fs';

/** What lies at a path, links followed; nothing if it is not there or cannot be looked at. */
export function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
