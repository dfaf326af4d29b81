import { readBfdInstance } from './bfd-instance.ts';
import type { BoundDirective } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type { GlobalDefinitions, VrrpScript } from './node-configuration.ts';
import type { ReadingLog } from './reading-log.ts';
import { readTrackFile } from './track-file.ts';
import { readTrackProcess } from './track-process.ts';
import type { BfdInstance, TrackedFile, TrackedProcess } from './tracked-objects.ts';
import { readVrrpScript } from './vrrp-script.ts';

/** What instances and groups may track by name. Filled in the order of the text: what is tracked must be defined before. */
export class Definitions {
  readonly scripts = new Map<string, VrrpScript>();
  readonly trackFiles = new Map<string, TrackedFile>();
  readonly trackProcesses = new Map<string, TrackedProcess>();
  readonly bfdInstances: BfdInstance[] = [];
  /** Of a bfd_instance that informs only the checker the VRRP process knows nothing. */
  readonly vrrpBfds = new Map<string, BfdInstance>();
  private readonly globals: GlobalDefinitions;
  private readonly log: ReadingLog;

  constructor(globals: GlobalDefinitions, log: ReadingLog) {
    this.globals = globals;
    this.log = log;
  }

  /** Reads a block of the root; one of another kind is left alone. */
  read(block: BoundDirective): void {
    const { log } = this;
    const keyword = block.directive.words[0].value;
    if (keyword === 'vrrp_script') {
      add(this.scripts, readVrrpScript(block, this.globals.scriptUser?.value, log), keyword, log);
    } else if (keyword === 'track_file' || keyword === 'vrrp_track_file') {
      add(this.trackFiles, readTrackFile(block, log), keyword, log);
    } else if (keyword === 'vrrp_track_process') {
      add(this.trackProcesses, readTrackProcess(block, log), keyword, log);
    } else if (keyword === 'bfd_instance') {
      const bfd = readBfdInstance(block, this.bfdInstances, log);
      if (bfd) this.bfdInstances.push(bfd);
      if (bfd?.informs.vrrp) this.vrrpBfds.set(bfd.name, bfd);
    }
  }
}

/** Two of one name are both kept, but every look-up finds the first. */
function add<T extends { readonly name: string; readonly directive: BoundDirective }>(
  known: Map<string, T>,
  found: T | undefined,
  keyword: string,
  log: ReadingLog,
): void {
  if (!found) return;
  const earlier = known.get(found.name);
  if (!earlier) {
    known.set(found.name, found);
    return;
  }
  const { name, directive } = found;
  log.ignore(directive, `A ${keyword} ${name} was defined before; the daemon uses the first.`);
  log.warn(keepalivedFindings.skippedBlock, {
    summary: `a second ${keyword} ${name} is not used`,
    detail: `Every ${keyword.replace('vrrp_', '').replace(/^(?=script)/, 'track_')} finds the first one of the name.`,
    at: directive.directive.span,
    notes: [{ text: 'the first one is here', at: earlier.directive.directive.span }],
    help: 'give it a name of its own, or delete it',
  });
}
