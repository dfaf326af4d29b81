import { argumentOf, argumentsOf, type BoundDirective, childrenNamed } from './bound-directive.ts';
import { readLeadingWhole } from './values.ts';

/** What checkers may follow of what stands before them in the text. */
export interface TrackedObjects {
  /** By name. */
  readonly files: ReadonlyMap<string, { readonly weight: number; readonly reverse: boolean }>;
  readonly bfdInstances: ReadonlySet<string>;
}

/** The same, growing while the file is read. */
export class TrackedObjectsSoFar implements TrackedObjects {
  readonly files = new Map<string, { readonly weight: number; readonly reverse: boolean }>();
  readonly bfdInstances = new Set<string>();

  /** Takes in a root block, whatever it is. Of two files with one name the first is found. */
  add(block: BoundDirective): void {
    const [keyword] = block.directive.words;
    const name = argumentOf(block);
    if (keyword.value === 'track_file' || keyword.value === 'vrrp_track_file') {
      const hasFile = childrenNamed(block, 'file').some((line) => argumentsOf(line).length > 0);
      if (hasFile && !this.files.has(name)) this.files.set(name, readFileWeights(block));
    }
    // With vrrp alone the checkers hear nothing of the session.
    const isForCheckers =
      childrenNamed(block, 'checker').length > 0 || childrenNamed(block, 'vrrp').length === 0;
    if (keyword.value === 'bfd_instance' && isForCheckers) this.bfdInstances.add(name);
  }
}

/** The first weight that is not 1 counts; one out of range is 1. */
function readFileWeights(block: BoundDirective): { weight: number; reverse: boolean } {
  let [weight, reverse] = [1, false];
  for (const line of childrenNamed(block, 'weight')) {
    const [text, option] = argumentsOf(line);
    if (text === undefined || weight !== 1) continue;
    const reading = readLeadingWhole(text, -254, 254);
    weight = ('value' in reading ? reading.value : reading.instead) ?? 1;
    if (option === 'reverse') reverse = true;
  }
  return { weight, reverse };
}
