import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { VrrpScript } from '../../keepalived/node-configuration.ts';
import { agentFiles } from '../agent-files.ts';
import { type DefinitionFate, definitionFates, differing } from '../definition-fates.ts';
import {
  blockFates,
  buildVariants,
  confineVariants,
  entryFates,
  type TrackedObjectKind,
  weightRules,
} from '../object-rules.ts';
import type { Primitive } from '../plan.ts';
import { fatesOf, originOf, type Rule, type RuleContext, type RuleFate } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';
import { trackingOf } from '../tracking.ts';

const name = 'track-script';

const scripts: TrackedObjectKind = {
  rule: name,
  kind: 'script',
  keyword: 'track_script',
  fidelity: 'exact',
  up: { operation: 'eq', value: '0', words: 'succeeds' },
  down: { operation: 'eq', value: '1', words: 'fails' },
};

/** Time that the agent itself may need beside the script: two seconds between TERM and KILL, and the attribute's update. */
const agentOverheadMs = 10_000;

export const trackScript: Rule = {
  name,
  sentence:
    'a vrrp_script becomes a cloned agent that runs it and keeps a node attribute; its weight becomes a location rule',
  apply(context) {
    const { checks, groups, cluster } = context;
    return {
      resources: checks.scripts.flatMap((check) => buildVariants(check, buildAgent)),
      constraints: [
        ...checks.scripts.flatMap((check) => confineVariants(name, 'script', check, cluster)),
        ...weightRules(groups, scripts, checks.scripts),
      ],
      files: agentFiles('track', checks.scripts.length > 0, 'agent that runs the track scripts'),
      fates: [
        ...scriptFates(context),
        ...groups.flatMap((group) => blockFates(group, scripts)),
        ...entryFates(groups, scripts, checks.scripts),
        ...groups.flatMap(({ source }) =>
          trackingOf(source).dropped.flatMap(({ from, reason }) => fatesOf([from], 'ignored', reason)),
        ),
      ],
      diagnostics: checks.scripts.flatMap((check) => differing('vrrp_script', check)),
    };
  },
};

function buildAgent(
  id: string,
  script: VrrpScript,
  attribute: string,
  directives: readonly BoundDirective[],
): Primitive {
  const timeout = seconds(script.timeoutMs + agentOverheadMs);
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:track',
    attributes: agentAttributes(script, attribute),
    operations: [
      { name: 'monitor', options: { interval: seconds(script.intervalMs), timeout } },
      { name: 'start', options: { timeout } },
    ],
    meta: {},
    origin: originOf(
      name,
      'equivalent',
      `runs vrrp_script ${script.name} and sets ${attribute}: 0 good, 1 bad`,
      directives,
    ),
  };
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

function scriptFates({ cluster, checks }: RuleContext): RuleFate[] {
  const used = new Map(checks.scripts.map((check) => [check.name, check]));
  const { services, pings } = checks.managed;
  const managed = new Set(
    [...[...services, ...checks.covered.checks].filter(({ kind }) => kind === 'script'), ...pings].map(
      (one) => one.name,
    ),
  );
  return definitionFates(
    cluster,
    (configuration) => configuration.scripts,
    undefined,
    (script, node) => {
      const check = used.get(script.name);
      if (!check) return managed.has(script.name) ? 'elsewhere' : undefined;
      const id = check.variants.find(({ nodes }) => nodes.includes(node))?.id ?? check.name;
      return {
        fate: 'equivalent',
        reason: `The agent ${id} runs it on each node and keeps the attribute ${check.attribute}.`,
        lines: linesOf(id),
      };
    },
  );
}

function linesOf(id: string): DefinitionFate['lines'] {
  const exact = (reason: string) => ({ fate: 'exact' as const, reason });
  const parameter = exact(`A parameter of ${id}.`);
  return {
    script: exact(`The command that ${id} runs, word for word, without a shell.`),
    interval: exact(`The monitor interval of ${id}.`),
    timeout: exact(`${id} ends the script after this time and counts a failure.`),
    rise: parameter,
    fall: parameter,
    weight: exact('The score of the location rule, unless the track_script entry gives its own.'),
    user: exact(`The user as whom ${id} runs the command.`),
    init_fail: {
      fate: 'not-needed',
      reason: 'Without effect in keepalived 2: the first result decides, here as there.',
    },
  };
}
