import type { ConfigurationAst } from '../../grammar/ast/nodes.ts';
import { type Diagnostic, type Outcome, report } from '../../grammar/source/diagnostic.ts';
import { bind } from './bind.ts';
import { argumentSpan, type BoundDirective, walkBound } from './bound-directive.ts';
import { keepalivedFindings } from './findings.ts';
import type {
  GlobalDefinitions,
  NodeConfiguration,
  SyncGroup,
  VrrpInstance,
  VrrpScript,
} from './node-configuration.ts';
import { ReadingLog } from './reading-log.ts';
import { maskSecrets } from './secrets.ts';
import { readSyncGroup } from './sync-group.ts';
import { readWhole } from './values.ts';
import { readVrrpInstance } from './vrrp-instance.ts';
import { readUser, readVrrpScript } from './vrrp-script.ts';

/** AST → the configuration of one node as the daemon understands it, with a diagnostic wherever the two may differ. */
export function understand(ast: ConfigurationAst, node: string, file: string): Outcome<NodeConfiguration> {
  const { ast: shown, secrets } = maskSecrets(ast);
  const bound = bind(shown);
  const log = new ReadingLog();
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
    syncGroups,
    ignored: collectIgnored(bound.value, log),
    secrets,
  };
  return { value, diagnostics: [...bound.diagnostics, ...log.diagnostics, ...fatalProblems(instances)] };
}

function readGlobals(blocks: readonly BoundDirective[], log: ReadingLog): GlobalDefinitions {
  const children = blocks
    .filter((block) => block.directive.words[0].value === 'global_defs')
    .flatMap((block) => block.children);
  const [first] = blocks;
  if (!first) return { vrrpVersion: { value: 2 }, downTimerAdverts: { value: 3 } };
  // Several global_defs blocks are one to the daemon.
  const merged: BoundDirective = { ...first, children };
  const version = log.last<2 | 3>(merged, 'vrrp_version', 2, (bound) => {
    const reading = readWhole(bound, 2, 3);
    return 'problem' in reading ? { problem: reading.problem } : { value: reading.value as 2 | 3 };
  });
  const scriptUser = log.last(merged, 'script_user', { user: '' }, readUser);
  return {
    vrrpVersion: version,
    downTimerAdverts: log.last(merged, 'vrrp_down_timer_adverts', 3, (bound) => readWhole(bound, 1, 100)),
    ...(scriptUser.from && { scriptUser }),
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

/** What makes the daemon exit instead of running an instance. */
function fatalProblems(instances: readonly VrrpInstance[]): Diagnostic[] {
  const problems: Diagnostic[] = [];
  const seen = new Map<string, VrrpInstance>();
  for (const instance of instances) {
    const at = instance.directive.directive.span;
    const id = instance.virtualRouterId;
    if (id.value === 0 && !lacksValue(instance, 'virtual_router_id')) problems.push(noRouterId(instance));
    const hasInterface = instance.interface.value !== undefined || lacksValue(instance, 'interface');
    if (!hasInterface && instance.unicastPeers.length === 0) {
      problems.push(
        report(keepalivedFindings.fatalValue, {
          summary: `vrrp_instance ${instance.name} has no interface`,
          detail: 'The daemon exits: only a unicast instance may do without one.',
          at,
          help: 'add: interface NAME',
        }),
      );
    }
    const key = `${id.value} ${instance.interface.value ?? ''} ${instance.family} ${instance.unicastPeers.length > 0}`;
    const twin = seen.get(key);
    if (twin && id.value !== 0) problems.push(sameRouterId(instance, twin));
    else seen.set(key, instance);
  }
  return problems;
}

/** A keyword without its value has been reported already. */
function lacksValue({ directive }: VrrpInstance, keyword: string): boolean {
  return directive.children.some(
    ({ directive: line }) => line.words[0].value === keyword && line.words.length === 1,
  );
}

function noRouterId(instance: VrrpInstance): Diagnostic {
  const given = instance.directive.children.find(
    (child) => child.directive.words[0].value === 'virtual_router_id',
  );
  return report(keepalivedFindings.fatalValue, {
    summary: `vrrp_instance ${instance.name} has no valid virtual_router_id`,
    detail: 'The daemon exits: the identifier ties the nodes of an instance together.',
    at: given ? argumentSpan(given) : instance.directive.directive.span,
    help: 'give it a virtual_router_id from 1 to 255, the same on every node',
  });
}

function sameRouterId(instance: VrrpInstance, twin: VrrpInstance): Diagnostic {
  const at = instance.virtualRouterId.from?.directive.span ?? instance.directive.directive.span;
  return report(keepalivedFindings.fatalValue, {
    summary: `vrrp_instance ${instance.name} has the virtual_router_id and interface of ${twin.name}`,
    detail: 'The daemon exits: on one interface an identifier belongs to one instance of a family.',
    at,
    notes: [
      {
        text: 'the other one is here',
        at: twin.virtualRouterId.from?.directive.span ?? twin.directive.directive.span,
      },
    ],
    help: 'give each instance an identifier of its own',
  });
}
