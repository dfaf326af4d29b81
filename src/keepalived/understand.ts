import type { ConfigurationAst } from '../../grammar/ast/nodes.ts';
import type { Outcome } from '../../grammar/source/diagnostic.ts';
import { defaultRelease, isAtLeast, type Release } from '../../grammar/source/release.ts';
import { bind } from './bind.ts';
import { type BoundDirective, childrenNamed, walkBound } from './bound-directive.ts';
import { Definitions } from './definitions.ts';
import { fatalProblems } from './fatal-problems.ts';
import { readGlobalSettings } from './global-settings.ts';
import { readInterfaceSettings, settleLinkDelays } from './interface-settings.ts';
import { readLvs } from './lvs.ts';
import { mistakesIn } from './mistakes/index.ts';
import type { GlobalDefinitions, NodeConfiguration, SyncGroup, VrrpInstance } from './node-configuration.ts';
import { parentProblems } from './parent-process.ts';
import { ReadingLog } from './reading-log.ts';
import { RulePreferences } from './routing-rule.ts';
import { maskSecrets } from './secrets.ts';
import { settleMembers } from './settled-members.ts';
import { StaticReader } from './static-entries.ts';
import { readSyncGroup, settleSyncGroups } from './sync-group.ts';
import { allowed, readLenientWhole } from './values.ts';
import { readVrrpInstance } from './vrrp-instance.ts';
import { readUser } from './vrrp-script.ts';
import { wordsOfRelease } from './words-before-quotes.ts';

/** AST → the configuration of one node as the daemon of a release understands it, with a diagnostic wherever the two may differ. */
export function understand(
  ast: ConfigurationAst,
  node: string,
  file: string,
  release: Release = defaultRelease,
): Outcome<NodeConfiguration> {
  const words = wordsOfRelease(ast, release);
  const { ast: shown, secrets, passwords } = maskSecrets(words.value);
  const bound = bind(shown, release);
  const log = new ReadingLog(release);
  const blocks = bound.value.filter((block) => block.kind === 'keyword' && !block.verdict);
  const globals = readGlobals(blocks, log);
  const preferences = new RulePreferences();
  const definitions = new Definitions(globals, log);
  const statics = new StaticReader({ log, preferences });
  const instances: VrrpInstance[] = [];
  const virtualInterfaces = new Set<string>();
  const syncGroups: SyncGroup[] = [];
  // In the order of the text: what is tracked must be defined before.
  for (const block of blocks) {
    const keyword = block.directive.words[0].value;
    definitions.read(block);
    statics.read(block);
    if (keyword === 'vrrp_instance') {
      const context = { globals, definitions, preferences, virtualInterfaces, log };
      const instance = readVrrpInstance(block, context);
      instances.push(instance);
      const name = instance.virtualInterface?.name;
      if (name !== undefined) virtualInterfaces.add(name);
    } else if (keyword === 'vrrp_sync_group')
      syncGroups.push(readSyncGroup(block, globals, definitions, log));
  }
  const value: NodeConfiguration = {
    node,
    file,
    directives: bound.value,
    globals,
    scripts: [...definitions.scripts.values()],
    trackFiles: [...definitions.trackFiles.values()],
    trackProcesses: [...definitions.trackProcesses.values()],
    bfdInstances: definitions.bfdInstances,
    ...statics.settle(new Set(instances.map(({ name }) => name))),
    ...settleLinkDelays(readInterfaceSettings(blocks, log), instances, log),
    ...readLvs(blocks, globals.scriptUser?.value, definitions, log),
    instances: settleMembers(instances, syncGroups, globals, log),
    syncGroups: settleSyncGroups(syncGroups, instances, log),
    ignored: collectIgnored(bound.value, log),
    secrets,
    passwords,
  };
  const unseen = parentProblems(shown, instances, release);
  // What no process reads cannot be wrong in any other way.
  const fatal = unseen.length > 0 ? unseen : fatalProblems(instances, globals, release);
  const mistakes = mistakesIn(ast, value, release);
  const diagnostics = [words, bound, log].flatMap((stage) => stage.diagnostics);
  return { value, diagnostics: [...diagnostics, ...fatal, ...mistakes] };
}

/** Several global_defs blocks are one to the daemon. */
function readGlobals(blocks: readonly BoundDirective[], log: ReadingLog): GlobalDefinitions {
  const globals = {
    children: childrenNamed({ children: blocks }, 'global_defs').flatMap(({ children }) => children),
  };
  const version = log.last(globals, 'vrrp_version', 2, (bound) => readLenientWhole(bound, ...allowed(bound)));
  const strict = log.flag(globals, 'vrrp_strict');
  const scriptUser = log.last(globals, 'script_user', { user: 'root' }, readUser);
  return {
    ...readGlobalSettings(globals, log),
    vrrpVersion: { ...version, value: version.value === 3 ? 3 : 2 },
    downTimerAdverts: log.last(globals, 'vrrp_down_timer_adverts', 3, (bound) =>
      readLenientWhole(bound, ...allowed(bound)),
    ),
    strict: strict ? { value: true, from: strict } : { value: false },
    // Up to 1.2 there is no other user than root.
    ...((scriptUser.from || !isAtLeast(log.release, '1.3.0')) && { scriptUser }),
  };
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
