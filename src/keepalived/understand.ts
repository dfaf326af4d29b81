import type { ConfigurationAst } from '../../grammar/ast/nodes.ts';
import type { Outcome } from '../../grammar/source/diagnostic.ts';
import { defaultRelease, isAtLeast, type Release } from '../../grammar/source/release.ts';
import { bind } from './bind.ts';
import { type BoundDirective, walkBound } from './bound-directive.ts';
import { fatalProblems } from './fatal-problems.ts';
import { keepalivedFindings } from './findings.ts';
import type {
  GlobalDefinitions,
  NodeConfiguration,
  SyncGroup,
  VrrpInstance,
  VrrpScript,
} from './node-configuration.ts';
import { parentProblems } from './parent-process.ts';
import { ReadingLog } from './reading-log.ts';
import { maskSecrets } from './secrets.ts';
import { readSyncGroup, settleSyncGroups } from './sync-group.ts';
import { readLenientWhole } from './values.ts';
import { readVrrpInstance } from './vrrp-instance.ts';
import { readUser, readVrrpScript } from './vrrp-script.ts';
import { wordsOfRelease } from './words-before-quotes.ts';

/** AST → the configuration of one node as the daemon of a release understands it, with a diagnostic wherever the two may differ. */
export function understand(
  ast: ConfigurationAst,
  node: string,
  file: string,
  release: Release = defaultRelease,
): Outcome<NodeConfiguration> {
  const words = wordsOfRelease(ast, release);
  const { ast: shown, secrets } = maskSecrets(words.value);
  const bound = bind(shown, release);
  const log = new ReadingLog(release);
  const blocks = bound.value.filter((block) => block.kind === 'keyword' && !block.verdict);
  const globals = readGlobals(blocks, log);
  const scripts: VrrpScript[] = [];
  const instances: VrrpInstance[] = [];
  const syncGroups: SyncGroup[] = [];
  // In the order of the text: what is tracked must be defined before.
  for (const block of blocks) {
    const keyword = block.directive.words[0].value;
    if (keyword === 'vrrp_script') {
      const script = readVrrpScript(block, globals.scriptUser?.value, log);
      if (script) addScript(scripts, script, log);
    } else if (keyword === 'vrrp_instance')
      instances.push(readVrrpInstance(block, { globals, scripts, log }));
    else if (keyword === 'vrrp_sync_group') syncGroups.push(readSyncGroup(block, globals, scripts, log));
  }
  const value: NodeConfiguration = {
    node,
    file,
    directives: bound.value,
    globals,
    scripts,
    instances,
    syncGroups: settleSyncGroups(syncGroups, instances, log),
    ignored: collectIgnored(bound.value, log),
    secrets,
  };
  const unseen = parentProblems(shown, instances, release);
  // What no process reads cannot be wrong in any other way.
  const fatal = unseen.length > 0 ? unseen : fatalProblems(instances, release);
  return { value, diagnostics: [...words.diagnostics, ...bound.diagnostics, ...log.diagnostics, ...fatal] };
}

function readGlobals(blocks: readonly BoundDirective[], log: ReadingLog): GlobalDefinitions {
  const children = blocks
    .filter((block) => block.directive.words[0].value === 'global_defs')
    .flatMap((block) => block.children);
  const [first] = blocks;
  if (!first) return { vrrpVersion: { value: 2 }, downTimerAdverts: { value: 3 }, strict: { value: false } };
  // Several global_defs blocks are one to the daemon.
  const merged: BoundDirective = { ...first, children };
  const version = log.last(merged, 'vrrp_version', 2, (bound) => readLenientWhole(bound, 2, 3));
  const strict = log.flag(merged, 'vrrp_strict');
  const scriptUser = log.last(merged, 'script_user', { user: 'root' }, readUser);
  return {
    vrrpVersion: { ...version, value: version.value === 3 ? 3 : 2 },
    downTimerAdverts: log.last(merged, 'vrrp_down_timer_adverts', 3, (bound) =>
      readLenientWhole(bound, 1, 100),
    ),
    strict: strict ? { value: true, from: strict } : { value: false },
    // Up to 1.2 there is no other user than root.
    ...((scriptUser.from || !isAtLeast(log.release, '1.3.0')) && { scriptUser }),
  };
}

/** Two of one name are both kept, but every look-up finds the first. */
function addScript(scripts: VrrpScript[], script: VrrpScript, log: ReadingLog): void {
  const earlier = scripts.find(({ name }) => name === script.name);
  if (!earlier) {
    scripts.push(script);
    return;
  }
  log.ignore(script.directive, `A vrrp_script ${script.name} was defined before; the daemon uses the first.`);
  log.warn(keepalivedFindings.skippedBlock, {
    summary: `a second vrrp_script ${script.name} is not used`,
    detail: 'Every track_script finds the first one of the name.',
    at: script.directive.directive.span,
    notes: [{ text: 'the first one is here', at: earlier.directive.directive.span }],
    help: 'give it a name of its own, or delete it',
  });
}

/** Verdicts of the nesting and of the values in one map; what stands in an ignored block is ignored with it. */
function collectIgnored(directives: readonly BoundDirective[], log: ReadingLog): Map<BoundDirective, string> {
  const ignored = new Map(log.ignored);
  for (const bound of walkBound(directives)) {
    if (bound.verdict?.kind === 'ignored') ignored.set(bound, bound.verdict.reason);
    const reason = ignored.get(bound);
    if (reason === undefined) continue;
    for (const child of walkBound(bound.children)) {
      if (!ignored.has(child) && child.verdict?.kind !== 'unknown')
        ignored.set(child, `The block around it does not count: ${reason}`);
    }
  }
  return ignored;
}
