import type { Release } from '../../grammar/source/release.ts';
import type { ClusterSettings } from '../pacemaker/plan.ts';
import type { ArtefactName, LvsKeeper, PcsDialect, TargetName, VmacKeeping } from '../translation.ts';
import type { VerifyFormat } from '../verify/render.ts';

export const diagnosticsFormats = ['human', 'json', 'sarif', 'github'] as const;
export type DiagnosticsFormat = (typeof diagnosticsFormats)[number];

export const colorModes = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof colorModes)[number];

export const diffFormats = ['text', 'markdown'] as const;
export type DiffFormat = (typeof diffFormats)[number];

/** How diagnostics are shown: every command has this. */
export interface Presentation {
  readonly diagnostics: DiagnosticsFormat;
  readonly color: ColorMode;
}

/** What shapes a translation. */
export interface Wishes {
  /** Names that one file is read for; empty if nobody said any. */
  readonly nodes: readonly string[];
  /** The release whose reading counts. */
  readonly keepalived?: Release;
  readonly quorum?: ClusterSettings['quorumPolicy'];
  readonly clusterName?: string;
  readonly pcs?: PcsDialect;
  readonly fencing?: 'none';
  /** Absent: one that lies with the configurations. */
  readonly companion?: string | false;
  readonly manageServices?: boolean;
  readonly lvs?: LvsKeeper;
  readonly vmac?: VmacKeeping;
}

interface FromFiles {
  readonly files: readonly string[];
  readonly wishes: Wishes;
  /** Anything approximate or manual ends with exit code 1. */
  readonly strict: boolean;
}

/** One artefact to stdout. */
export interface TranslateInvocation extends FromFiles {
  readonly command: 'translate';
  readonly emit: ArtefactName | TargetName;
}

/** What was understood of each node, to stdout. */
export interface ConfigInvocation extends Omit<FromFiles, 'strict'> {
  readonly command: 'config';
}

/** All artefacts into a folder. */
export interface BundleInvocation extends FromFiles {
  readonly command: 'bundle';
  readonly folder: string;
}

/** Is the bundle in the folder what would be written? */
export interface StaleInvocation extends FromFiles {
  readonly command: 'stale';
  readonly folder: string;
}

/** A companion file to begin with, to stdout. */
export interface InitInvocation extends Omit<FromFiles, 'strict'> {
  readonly command: 'init';
}

/** Only the diagnostics. */
export interface CheckInvocation extends FromFiles {
  readonly command: 'check';
}

export interface DiffInvocation {
  readonly command: 'diff';
  readonly before: string;
  readonly after: string;
  readonly wishes: Wishes;
  readonly format: DiffFormat;
}

/** Pacemaker against Keepalived, event by event. */
export interface VerifyInvocation {
  readonly command: 'verify';
  readonly files: readonly string[];
  readonly wishes: Wishes;
  /** How many scenarios, but for single events; absent: the usual number, and all pairs of events where they are not too many. */
  readonly scenarios?: number;
  readonly seed: number;
  readonly format: VerifyFormat;
}

export interface ExplainInvocation {
  readonly command: 'explain';
  /** A message's code or a keyword; absent: list all codes. */
  readonly word?: string;
}

/** A command line, understood. */
export type Invocation =
  | TranslateInvocation
  | ConfigInvocation
  | BundleInvocation
  | StaleInvocation
  | CheckInvocation
  | InitInvocation
  | DiffInvocation
  | VerifyInvocation
  | ExplainInvocation;
