import type { Diagnostic } from '../grammar/source/diagnostic.ts';
import type { FileTree } from '../grammar/source/file-tree.ts';
import type { Release } from '../grammar/source/release.ts';
import type { Companion } from './companion/companion.ts';
import type { ElectionGroup } from './keepalived/election/contender.ts';
import type { ClusterSettings, Plan } from './pacemaker/plan.ts';

/** A node of the cluster and the file that configures it. */
export interface NodeInput {
  /** The node's name in the cluster, and the config-id for `@id` lines. */
  readonly name: string;
  /** Its main configuration file, in the file tree's terms. */
  readonly path: string;
  /** False when nobody said the name: it is an assumption, and an editable variable in the scripts. */
  readonly named: boolean;
}

/**
 * Whose spelling of the commands: `portable` is what pcs 0.10.8 to 0.12 share, which 0.12 warns of in some places; the
 * others are what that line of versions takes without a warning.
 */
export const pcsDialects = ['portable', '0.10', '0.11', '0.12'] as const;
export type PcsDialect = (typeof pcsDialects)[number];

export interface TranslateOptions {
  /** The release of keepalived whose reading counts; 2.2's if not said. */
  readonly keepalived?: Release;
  /** Overrides the quorum policy that follows from the number of nodes. */
  readonly quorum?: ClusterSettings['quorumPolicy'];
  /** The Pacemaker cluster's name; `keepalived` if not said. */
  readonly clusterName?: string;
  /** In which spelling the plan has its commands; `portable` if not said. */
  readonly pcs?: PcsDialect;
  /** `none` leaves fencing off even if the companion file has devices, and says that data without it is wanted so. */
  readonly fencing?: 'none';
  /** What the companion file says. */
  readonly companion?: Companion;
  /** Services that checks only look after become resources of the cluster. */
  readonly manageServices?: boolean;
  /** Who keeps the virtual servers: Keepalived as a checker without VRRP if not said, or ldirectord. */
  readonly lvs?: LvsKeeper;
  /** What becomes of use_vmac: the addresses go to the interface below if not said, or keep a macvlan with their MAC. */
  readonly vmac?: VmacKeeping;
}

export const vmacKeepings = ['drop', 'macvlan'] as const;
export type VmacKeeping = (typeof vmacKeepings)[number];

export const lvsKeepers = ['keepalived', 'ldirectord'] as const;
export type LvsKeeper = (typeof lvsKeepers)[number];

export interface TranslateInput {
  /** In the order given, which no output depends on except the order of listings. */
  readonly nodes: readonly NodeInput[];
  readonly files: FileTree;
  readonly options: TranslateOptions;
}

export const artefactNames = [
  'migrate.sh',
  'backup.sh',
  'rollback.sh',
  'check.sh',
  'MIGRATION.md',
  'plan.json',
] as const;
export type ArtefactName = (typeof artefactNames)[number];

/** What a plan can be written as besides, each for tools of its own. They are no part of the bundle. */
export const targetNames = ['cib.xml', 'configure.crm', 'ha_cluster.yml'] as const;
export type TargetName = (typeof targetNames)[number];

/** One file of the bundle. */
export interface Artefact {
  readonly name: ArtefactName;
  readonly text: string;
  readonly executable: boolean;
}

/** A source text as far as code frames need it. Lines that hold a secret have it replaced already. */
export interface ShownSource {
  readonly name: string;
  readonly lines: readonly string[];
}

export interface Translation {
  /** Absent when a diagnostic is an error. */
  readonly plan?: Plan;
  /** The elections that the daemons would hold among the nodes: what the plan is measured by. There with the plan. */
  readonly elections?: readonly ElectionGroup[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly ShownSource[];
}
