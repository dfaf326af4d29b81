import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { SpeedRow } from './configure-speed.ts';
import type { CutoverRow } from './cutover.ts';
import type { FailoverRow } from './failover.ts';
import type { FaultRow } from './faults.ts';
import type { ServiceRow } from './service.ts';

/** What the last run of each part has measured. A part that is measured anew replaces its own rows. */
export interface Results {
  readonly versions: string;
  readonly cutover: readonly CutoverRow[];
  readonly otherWays: readonly CutoverRow[];
  readonly failover: readonly FailoverRow[];
  readonly failedCheck: readonly FailoverRow[];
  readonly faults: readonly FaultRow[];
  readonly service: readonly ServiceRow[];
  readonly speed: readonly SpeedRow[];
}

const file = new URL('measured.json', import.meta.url);

export function readResults(): Results {
  const none: Results = {
    versions: '',
    cutover: [],
    otherWays: [],
    failover: [],
    failedCheck: [],
    faults: [],
    service: [],
    speed: [],
  };
  return existsSync(file)
    ? { ...none, ...(JSON.parse(readFileSync(file, 'utf8')) as Partial<Results>) }
    : none;
}

export function keepResults(changed: Partial<Results>): void {
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...readResults(), ...changed }, null, 1)}\n`);
}
