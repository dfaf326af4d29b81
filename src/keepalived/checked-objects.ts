import type { BoundDirective } from './bound-directive.ts';
import type { Definitions } from './definitions.ts';
import type { BfdInstance, TrackedFile } from './tracked-objects.ts';

/** What checkers may follow: of the files and BFD sessions of a configuration those that stand before them in the text. */
export class CheckedObjects {
  readonly files = new Map<string, TrackedFile>();
  readonly bfdInstances = new Set<string>();
  private readonly filesByBlock: ReadonlyMap<BoundDirective, TrackedFile>;
  private readonly bfdByBlock: ReadonlyMap<BoundDirective, BfdInstance>;

  constructor({ trackFiles, bfdInstances }: Pick<Definitions, 'trackFiles' | 'bfdInstances'>) {
    this.filesByBlock = new Map([...trackFiles.values()].map((file) => [file.directive, file]));
    this.bfdByBlock = new Map(bfdInstances.map((bfd) => [bfd.directive, bfd]));
  }

  /** Takes in a root block, whatever it is. */
  add(block: BoundDirective): void {
    const file = this.filesByBlock.get(block);
    if (file) this.files.set(file.name, file);
    const bfd = this.bfdByBlock.get(block);
    if (bfd?.informs.checker) this.bfdInstances.add(bfd.name);
  }
}
