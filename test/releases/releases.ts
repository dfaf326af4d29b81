import type { PcsDialect } from '../../src/translation.ts';

export interface Release {
  readonly name: string;
  /** What its pcs is called on the command line. */
  readonly pcs: PcsDialect;
}

/** Debian 11, 12 and 13: every line of pcs and of Pacemaker that is meant, as distributions have them. */
export const releases: readonly Release[] = [
  { name: 'bullseye', pcs: '0.10' },
  { name: 'bookworm', pcs: '0.11' },
  { name: 'trixie', pcs: '0.12' },
];
