import type { FailoverCluster } from '../cluster/failover-cluster.ts';
import type { BoundDirective } from '../keepalived/bound-directive.ts';
import type { NodeConfiguration } from '../keepalived/node-configuration.ts';
import { togetherOf } from '../pacemaker/covered-checks.ts';
import { ElementIds } from '../pacemaker/element-ids.ts';
import { idiomOfProcess } from '../pacemaker/managed-checks.ts';
import { type MovingGroup, nameGroups } from '../pacemaker/moving-group.ts';
import { idiomOf, serviceCallOf, unitOfProcess } from '../pacemaker/service-idioms.ts';
import {
  configuredNodes,
  effectsByName,
  rulesPerNode,
  type TrackEffect,
  trackingOf,
} from '../pacemaker/tracking.ts';

/** A unit that checks or notify scripts of the configurations name: one service, however many name it. */
export interface MentionedService {
  readonly unit: string;
  /** The instance or sync group whose notify scripts start it, where no other does. */
  readonly follows?: string;
  /** What each instance or sync group loses where it does not run. */
  readonly neededBy: readonly { readonly name: string; readonly score: number | 'INFINITY' }[];
  /** A check asks for more than the service, or needed-by cannot say its weights: it goes on counting. */
  readonly isAskedBesides: boolean;
  readonly commands: readonly { readonly text: string; readonly from: BoundDirective }[];
}

const word = '([A-Za-z0-9_][A-Za-z0-9_.@-]*?)(?:\\.service)?';
/** The field's ways to ask whether a service runs; the options of pidof and pgrep take no words of their own. */
const checks = [
  new RegExp(`\\b(?:killall|pkill)\\s+-(?:0|s\\s*0)\\s+${word}(?=[\\s;&|)"']|$)`),
  new RegExp(`\\b(?:pidof|pgrep)(?:\\s+-[a-z]+)*\\s+${word}(?=[\\s;&|)"']|$)`),
  new RegExp(
    `\\bsystemctl\\s+(?:-q\\s+|--quiet\\s+)?(?:is-active|status)\\s+(?:-q\\s+|--quiet\\s+)?${word}(?=[\\s;&|)"']|$)`,
  ),
  new RegExp(`\\bservice\\s+${word}\\s+status\\b`),
];
const starts = [
  new RegExp(`\\bsystemctl\\s+(?:start|restart)\\s+${word}(?=[\\s;&|)"']|$)`),
  new RegExp(`\\bservice\\s+${word}\\s+(?:start|restart)\\b`),
];

/** What one line says of a unit. */
interface Mention {
  readonly unit: string;
  readonly group: MovingGroup;
  readonly role: 'started' | 'counted' | 'asked besides';
  readonly effects: readonly TrackEffect[];
  readonly text: string;
  readonly from: BoundDirective;
}

/** The services that the configurations name, group by group in the order of the lines. */
export function mentionedServices(cluster: FailoverCluster): MentionedService[] {
  const groups = nameGroups(cluster, new ElementIds()).filter(({ addresses }) => addresses.length > 0);
  const byUnit = new Map<string, Mention[]>();
  for (const mention of groups.flatMap((group) => mentionsIn(group, cluster))) {
    const known = byUnit.get(mention.unit);
    if (known) known.push(mention);
    else byUnit.set(mention.unit, [mention]);
  }
  return [...byUnit].map(([unit, mentions]) => serviceOf(unit, mentions));
}

function serviceOf(unit: string, mentions: readonly Mention[]): MentionedService {
  const counted = mentions.filter(({ role }) => role === 'counted');
  const neededBy = [...new Set(counted.map(({ group }) => group))].map((group) => ({
    name: group.source.name,
    score: togetherOf(counted.filter((one) => one.group === group).flatMap(({ effects }) => effects)),
  }));
  const starting = new Set(
    mentions.filter(({ role }) => role === 'started').map(({ group }) => group.source.name),
  );
  const [only] = starting;
  const commands = new Map<string, BoundDirective>();
  for (const { text, from } of mentions) if (!commands.has(text)) commands.set(text, from);
  return {
    unit,
    ...(only !== undefined && starting.size === 1 && { follows: only }),
    neededBy,
    isAskedBesides: mentions.some(({ role }) => role === 'asked besides'),
    commands: [...commands].map(([text, from]) => ({ text, from })),
  };
}

function mentionsIn(group: MovingGroup, { configurations }: FailoverCluster): Mention[] {
  const { source } = group;
  const { effects } = trackingOf(source);
  const checked = (['script', 'process'] as const).flatMap((kind) =>
    [...effectsByName(effects.filter((effect) => effect.kind === kind))].flatMap(([name, own]) => {
      const nodes = new Set(own.map(({ node }) => node));
      const asked = configurations
        .filter(({ node }) => nodes.has(node))
        .map((configuration) => askedBy(kind, name, configuration))
        .find((one) => one !== undefined);
      // Who wants a service not to run is not offered one that runs.
      if (!asked || own.some(({ reverse }) => reverse)) return [];
      const [rule, ...others] = rulesPerNode(configuredNodes(group), own);
      const isAlike = rule?.node === undefined && others.length === 0;
      const role = asked.isWhole && isAlike ? 'counted' : 'asked besides';
      return [{ ...asked, group, role, effects: own } satisfies Mention];
    }),
  );
  const scripts = [...source.instances.flatMap(({ members }) => members), ...source.syncGroups].flatMap(
    ({ configured }) => configured.notifyScripts.filter(({ event }) => event === 'master'),
  );
  const started = scripts.flatMap(({ argv, from }): Mention[] => {
    const text = argv.join(' ');
    const call = serviceCallOf(argv);
    const unit = call?.verb === 'start' ? call.unit : named(starts, text);
    return unit === undefined ? [] : [{ unit, group, role: 'started', effects: [], text, from }];
  });
  return [...checked, ...started];
}

/** What a check asks for, by its only word or by one among others. */
function askedBy(kind: 'script' | 'process', name: string, configuration: NodeConfiguration) {
  if (kind === 'process') {
    const tracked = configuration.trackProcesses.find((one) => one.name === name);
    const idiom = tracked && idiomOfProcess(tracked);
    if (!tracked || idiom?.kind !== 'service') return undefined;
    return { unit: idiom.unit, isWhole: true, text: tracked.argv.join(' '), from: tracked.directive };
  }
  const script = configuration.scripts.find((one) => one.name === name);
  if (!script) return undefined;
  const idiom = idiomOf(script.argv);
  const text = script.argv.join(' ');
  const unit = idiom?.kind === 'service' ? idiom.unit : named(checks, text);
  if (unit === undefined) return undefined;
  return {
    unit: unitOfProcess(unit),
    isWhole: idiom?.kind === 'service',
    text,
    from: script.directive,
  };
}

function named(forms: readonly RegExp[], command: string): string | undefined {
  return forms.map((form) => form.exec(command)?.[1]).find((word) => word !== undefined);
}
