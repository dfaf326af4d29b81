import type { BoundDirective } from '../../keepalived/bound-directive.ts';
import type { TrackedProcess } from '../../keepalived/tracked-objects.ts';
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
import { originOf, type Rule } from '../rule.ts';
import { joinArguments } from '../script-arguments.ts';

const name = 'track-process';
const keyword = 'vrrp_track_process';

const processes: TrackedObjectKind = {
  rule: name,
  kind: 'process',
  keyword: 'track_process',
  fidelity: 'equivalent',
  up: { operation: 'eq', value: '0', words: 'runs' },
  down: { operation: 'eq', value: '1', words: 'does not run' },
};

export const trackProcess: Rule = {
  name,
  sentence:
    'a tracked process becomes a cloned agent that counts the processes each second and keeps a node attribute; its weight becomes a location rule',
  apply({ checks, cluster, groups }) {
    const managed = new Set(
      [...checks.managed.services, ...checks.covered.checks]
        .filter(({ kind }) => kind === 'process')
        .map((one) => one.name),
    );
    const ids = new Map(checks.processes.map(({ name: tracked, variants }) => [tracked, variants]));
    return {
      resources: checks.processes.flatMap((check) => buildVariants(check, buildAgent)),
      constraints: [
        ...checks.processes.flatMap((check) => confineVariants(name, 'process', check, cluster)),
        ...weightRules(groups, processes, checks.processes),
      ],
      files: agentFiles(name, checks.processes.length > 0, 'agent that counts the tracked processes'),
      fates: [
        ...definitionFates(
          cluster,
          ({ trackProcesses }) => trackProcesses,
          undefined,
          (tracked, node) => {
            const variant = ids.get(tracked.name)?.find(({ nodes }) => nodes.includes(node));
            if (variant) return fateOf(variant.id);
            return managed.has(tracked.name) ? 'elsewhere' : undefined;
          },
        ),
        ...groups.flatMap((group) => blockFates(group, processes)),
        ...entryFates(groups, processes, checks.processes),
      ],
      diagnostics: checks.processes.flatMap((check) => differing(keyword, check)),
    };
  },
};

function fateOf(id: string): DefinitionFate {
  const counts = `How many processes ${id} wants to find.`;
  const waits = `How long ${id} waits before it takes a change seriously, to the second.`;
  return {
    fate: 'equivalent',
    reason: `The agent ${id} counts such processes each second. Keepalived hears of each start and end at once, so that it also acts on an end and a new start within a second.`,
    lines: {
      process: `The process that ${id} looks for.`,
      param_match: `How ${id} compares the arguments.`,
      full_command: `${id} compares the command line, not the name that the kernel gives it.`,
      weight: 'The score of the location rule, unless the track_process entry gives its own.',
      quorum: counts,
      quorum_max: counts,
      delay: waits,
      terminate_delay: waits,
      fork_delay: waits,
    },
  };
}

function buildAgent(
  id: string,
  tracked: TrackedProcess,
  attribute: string,
  directives: readonly BoundDirective[],
): Primitive {
  const { quorum, quorumMax, terminateDelayMs, forkDelayMs } = tracked;
  return {
    kind: 'primitive',
    id,
    agent: 'ocf:kp2pcm:track-process',
    attributes: {
      process: joinArguments(tracked.argv),
      name: attribute,
      ...(tracked.fullCommand && { match: tracked.argumentMatch ?? 'command' }),
      ...(quorum !== 1 && { quorum: String(quorum) }),
      ...(quorumMax !== undefined && { quorum_max: String(quorumMax) }),
      ...(terminateDelayMs > 0 && { terminate_delay: String(terminateDelayMs / 1000) }),
      ...(forkDelayMs > 0 && { fork_delay: String(forkDelayMs / 1000) }),
    },
    operations: [{ name: 'monitor', options: { interval: '1s', timeout: '20s' } }],
    meta: {},
    origin: originOf(
      name,
      'equivalent',
      `counts the processes of vrrp_track_process ${tracked.name} and sets ${attribute}: 0 enough, 1 not`,
      directives,
    ),
  };
}
