import type { Outcome } from '../../grammar/source/diagnostic.ts';
import type { FileContent } from '../../grammar/source/file-tree.ts';
import { describeNodes } from '../describe-nodes.ts';
import { emitArtefacts } from '../emit/artefacts.ts';
import { emitTarget } from '../emit/target.ts';
import type { Plan } from '../pacemaker/plan.ts';
import { translate } from '../translate.ts';
import type {
  Artefact,
  ArtefactName,
  PcsDialect,
  TargetName,
  TranslateInput,
  Translation,
} from '../translation.ts';
import type { CliIo } from './cli-io.ts';
import { readStandardInput } from './disk-file-tree.ts';

/** The pure part of the program, as the command line uses it. */
export interface Core {
  translate(input: TranslateInput): Translation;
  describeNodes: typeof describeNodes;
  emitArtefacts(plan: Plan, names?: readonly ArtefactName[], pcs?: PcsDialect): readonly Artefact[];
  emitTarget(plan: Plan, name: TargetName): Outcome<string | undefined>;
}

export const core: Core = { translate, describeNodes, emitArtefacts, emitTarget };

/** What every command works with. */
export interface Session {
  readonly io: CliIo;
  readonly core: Core;
  /** What standard input held. It can be read once, but asked for twice. */
  standardInput(): Promise<FileContent>;
}

export function openSession(io: CliIo, pure: Core): Session {
  let content: Promise<FileContent> | undefined;
  return {
    io,
    core: pure,
    standardInput() {
      content ??= readStandardInput(io.stdin);
      return content;
    },
  };
}
