import { type Diagnostic, report } from '../../../grammar/source/diagnostic.ts';
import { agentPath, agentText } from '../../../templates/agents/index.ts';
import { type BoundDirective, childrenNamed } from '../../keepalived/bound-directive.ts';
import type { VrrpScript } from '../../keepalived/node-configuration.ts';
import type { ScriptCheck } from '../checks.ts';
import { pacemakerFindings } from '../findings.ts';
import { locationId } from '../location-id.ts';
import type { MovingGroup } from '../moving-group.ts';
import type { Clone, Constraint, Primitive, Resource } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';
import {
  conditionOf,
  configuredNodes,
  effectsByName,
  partialReason,
  rulesPerNode,
  type TrackEffect,
  trackingOf,
} from '../tracking.ts';

const name = 'track-script';

/** Time that the agent itself may need beside the script: two seconds between TERM and KILL, and the attribute's update. */
const agentOverheadMs = 10_000;

export const trackScript: Rule = {
  name,
  sentence:
    'a vrrp_script becomes a cloned agent that runs it and keeps a node attribute; its weight becomes a location rule',
  apply(context) {
    const { checks, groups } = context;
    const used = checks.scripts.length > 0;
    const placed = new Map(checks.scripts.map((check, place) => [check.name, { check, place }]));
    return {
      resources: checks.scripts.flatMap(buildAgents),
      constraints: [
        ...checks.scripts.flatMap((check) => confine(check, context)),
        ...groups.flatMap((group) => weightRules(group, placed)),
      ],
      files: used
        ? [
            {
              path: agentPath('track'),
              mode: '0755',
              content: agentText.track,
              why: 'agent that runs the track scripts',
            },
          ]
        : [],
      fates: [...scriptFates(context), ...groups.flatMap(entryFates)],
      diagnostics: checks.scripts.flatMap(definitionsDiffer),
    };
  },
};

function buildAgents(check: ScriptCheck): Resource[] {
  return check.variants.flatMap(({ id, script }): [Primitive, Clone] => {
    const origin = originOf(
      name,
      'equivalent',
      `runs vrrp_script ${check.name} and sets ${check.attribute}: 0 good, 1 bad`,
      [script.directive],
    );
    const agent: Primitive = {
      kind: 'primitive',
      id,
      agent: 'ocf:kp2pcm:track',
      attributes: agentAttributes(script, check.attribute),
      operations: [
        {
          name: 'monitor',
          options: {
            interval: seconds(script.intervalMs),
            timeout: seconds(script.timeoutMs + agentOverheadMs),
          },
        },
        { name: 'start', options: { timeout: seconds(script.timeoutMs + agentOverheadMs) } },
      ],
      meta: {},
      origin,
    };
    return [agent, { kind: 'clone', id: `${id}-clone`, of: id, meta: { interleave: 'true' }, origin }];
  });
}

function agentAttributes(script: VrrpScript, attribute: string): Record<string, string> {
  return {
    command: joinArguments(script.argv),
    name: attribute,
    rise: String(script.rise),
    fall: String(script.fall),
    timeout: String(script.timeoutMs / 1000),
    ...(script.user && { user: script.user.user }),
    ...(script.user?.group !== undefined && { group: script.user.group }),
  };
}

function seconds(milliseconds: number): string {
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}

/** A node that defines the script otherwise, or not at all, does not run this agent. */
function confine(check: ScriptCheck, { cluster }: RuleContext): Constraint[] {
  return check.variants.flatMap(({ id, nodes, script }) =>
    cluster.nodes
      .filter(({ name: node }) => !nodes.includes(node))
      .map(
        ({ name: node }): Constraint => ({
          kind: 'avoids',
          id: locationId(`${id}-clone`, node, '-INFINITY'),
          resource: `${id}-clone`,
          node,
          origin: originOf(name, 'exact', `${node} does not define the script ${check.name} like this`, [
            script.directive,
          ]),
        }),
      ),
  );
}

/** A check with its place among all of them, which is the order of rules. */
type PlacedChecks = ReadonlyMap<string, { readonly check: ScriptCheck; readonly place: number }>;

function weightRules(group: MovingGroup, checks: PlacedChecks): Constraint[] {
  const { effects } = trackingOf(group.source);
  const nodes = configuredNodes(group);
  const tracked = effectsByName(effects.filter(({ kind }) => kind === 'script'));
  const placed = [...tracked].flatMap(([script, own]) => {
    const known = checks.get(script);
    return known ? [{ ...known, own }] : [];
  });
  return placed
    .sort((a, b) => a.place - b.place)
    .flatMap(({ check, own }) =>
      rulesPerNode(nodes, own).map(({ effect, node, from }): Constraint => {
        const { score, when } = conditionOf(effect);
        const suffix = node === undefined ? '' : `-${node}`;
        return {
          kind: 'rule',
          id: `${group.id}-${check.variants[0]?.id}${suffix}`,
          resource: group.id,
          score,
          attribute: check.attribute,
          operation: 'eq',
          value: when === 'down' ? '1' : '0',
          ...(node !== undefined && { node }),
          origin: originOf(name, 'exact', weightInWords(effect, check.name), from),
        };
      }),
    );
}

function weightInWords(effect: TrackEffect, script: string): string {
  const { score, when } = conditionOf(effect);
  const state = when === 'down' ? 'fails' : 'succeeds';
  return score === '-INFINITY'
    ? `not where ${script} ${state}`
    : `${score > 0 ? '+' : ''}${score} where ${script} ${state}`;
}

function entryFates(group: MovingGroup): RuleFate[] {
  const { effects, dropped, partial } = trackingOf(group.source);
  const blocks = blocksOf(group);
  return [
    ...fatesOf(blocks, 'exact', `Its entries are location rules of ${group.id}.`),
    ...effects
      .filter(({ kind }) => kind === 'script')
      .flatMap((effect) =>
        effect.from.flatMap((line) =>
          fatesOf(
            [line],
            partial.includes(line) ? 'approximate' : 'exact',
            `Location rule of ${group.id}: ${weightInWords(effect, effect.name)}.${partial.includes(line) ? ` ${partialReason}` : ''}`,
          ),
        ),
      ),
    ...dropped.flatMap(({ from, reason }) => fatesOf([from], 'ignored', reason)),
  ];
}

function blocksOf(group: MovingGroup): BoundDirective[] {
  const instances = group.source.instances.flatMap(({ members }) =>
    members.map(({ configured }) => configured.directive),
  );
  const groups = group.source.syncGroups.map(({ configured }) => configured.directive);
  return [...instances, ...groups].flatMap((block) => childrenNamed(block, 'track_script'));
}

function scriptFates({ cluster, checks }: RuleContext): RuleFate[] {
  const used = new Map(checks.scripts.map((check) => [check.name, check]));
  return cluster.configurations.flatMap(({ scripts, node }) =>
    scripts.flatMap((script) => {
      const check = used.get(script.name);
      const lines = childrenNamed(
        script.directive,
        'script',
        'interval',
        'timeout',
        'rise',
        'fall',
        'weight',
        'user',
        'init_fail',
      );
      if (!check) {
        const reason = 'No instance with addresses tracks it: there is nothing it could influence.';
        return fatesOf([script.directive, ...lines], 'not-needed', reason);
      }
      const id = check.variants.find(({ nodes }) => nodes.includes(node))?.id ?? check.name;
      return [
        ...fatesOf(
          [script.directive],
          'equivalent',
          `The agent ${id} runs it on each node and keeps the attribute ${check.attribute}.`,
        ),
        ...lines.flatMap((line) => fatesOf([line], lineFate(line), lineReason(line, id))),
      ];
    }),
  );
}

function lineFate(line: BoundDirective): 'exact' | 'not-needed' {
  return line.directive.words[0].value === 'init_fail' ? 'not-needed' : 'exact';
}

function lineReason(line: BoundDirective, id: string): string {
  const reasons: Record<string, string> = {
    script: `The command that ${id} runs, word for word, without a shell.`,
    interval: `The monitor interval of ${id}.`,
    timeout: `${id} ends the script after this time and counts a failure.`,
    weight: 'The score of the location rule, unless the track_script entry gives its own.',
    user: `The user as whom ${id} runs the command.`,
    init_fail: 'Without effect in keepalived 2: the first result decides, here as there.',
  };
  return reasons[line.directive.words[0].value] ?? `A parameter of ${id}.`;
}

function definitionsDiffer(check: ScriptCheck): Diagnostic[] {
  const [first, second] = check.variants;
  if (!first || !second) return [];
  return [
    report(pacemakerFindings.checkDiffers, {
      summary: `vrrp_script ${check.name} differs between ${first.nodes[0]} and ${second.nodes[0]}`,
      detail: 'Each node keeps its own command and timing.',
      at: first.script.directive.directive.span,
      notes: [{ text: `${second.nodes[0]} has it here`, at: second.script.directive.directive.span }],
      help: 'if they are meant to be one check, make them the same on all nodes',
    }),
  ];
}
